"""An organisation's page: who it is, how to reach it, what it offers; an ended one leads on to its
successor."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from satama.base.html import web_address
from satama.web.pages import show

from .. import shelf
from ..linked import ORGANISATIONS, web_page
from ..models import Organisation
from ..reading import Reader
from .public import public


@public()
def organisation(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    found = (
        Organisation.objects.filter(slug=slug, region_id__in=reader.lineage)
        .select_related("part_of", "successor", "phone", "email")
        .first()
    )
    if found is None:
        raise Http404
    entries = shelf.entries(reader).filter(Q(organisation=found) | Q(also=found)).distinct()
    contacts = [fact.key for fact in (found.phone, found.email) if fact]
    about = {
        "@type": "GovernmentOrganization" if found.kind in ORGANISATIONS else "Organization",
        "name": str(reader.say(found.names)),
        **({"url": found.url} if web_address(found.url) else {}),
    }
    page = {
        "organisation": found,
        "ended": bool(found.valid_until and found.valid_until < reader.on),
        "contacts": list(shelf.known_facts(reader, contacts).values()),
        "places": found.place_set.select_related("municipality"),
        "parts": found.parts.all(),
        "cards": shelf.cards(reader, shelf.with_heads(entries)),
        "data": web_page(request.frame, about["name"], about, modified=found.checked),
    }
    return show(request, "databank/organisation.html", page)
