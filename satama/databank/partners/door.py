"""`partner`: the door of a partner's pages. They are for members alone, and nobody keeps them."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from satama.web.pages import show

from ..models import Entry, Member, Organisation
from ..reading import Reader
from ..roles.scope import memberships
from ..views.public import public


class NotYours(Exception):
    """Of another organisation, or not there: strangers are told the same."""


def partner(view: Callable) -> Callable:
    """A view of `/<region>/<language>/partner…` for a signed-in person."""

    @public(kept=False)
    @wraps(view)
    def guarded(request: HttpRequest, reader: Reader, **parts: str) -> HttpResponse:
        if not request.user.is_authenticated:
            back = request.path if request.method == "GET" else f"{reader.base}partner"
            response: HttpResponse = redirect_to_login(back, reverse("account_login"))
        else:
            try:
                response = view(request, reader, **parts)
            except NotYours:
                response = show(request, "databank/partner/refused.html", status=403)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def organisations(request: HttpRequest) -> list[Organisation]:
    """Those that the person is a member of, in all regions."""
    keys = [one.organisation_id for one in memberships(request.user) if one.organisation_id]
    found = Organisation.objects.filter(pk__in=keys).select_related("region", "phone", "email")
    return list(found.order_by("slug"))


def organisation_of(
    request: HttpRequest, reader: Reader, slug: str, right: str = "databank.add_entry"
) -> Organisation:
    """The person's own organisation of this name, if they have the right for it."""
    found = next((one for one in organisations(request) if one.slug == slug), None)
    if found is None or found.region_id not in reader.lineage:
        raise NotYours
    row = {
        "databank.add_entry": Entry(region=found.region, organisation=found),
        "databank.add_member": Member(organisation=found),
    }.get(right, found)
    if not request.user.has_perm(right, row):
        raise NotYours
    return found


def entry_of(request: HttpRequest, reader: Reader, slug: str) -> Entry:
    """The entry of this name, if it is of the person's own organisation."""
    found = (
        Entry.objects.filter(slug=slug, region__in=reader.lineage)
        .filter(organisation__in=organisations(request))
        .select_related("region", "organisation__region")
        .first()
    )
    if found is None or not request.user.has_perm("databank.change_entry", found):
        raise NotYours
    return found
