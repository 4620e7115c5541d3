"""The public list of what changed because somebody told us."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from satama.databank import shelf
from satama.databank.models import Entry
from satama.databank.reading import Reader
from satama.databank.views.public import public
from satama.web.pages import show

from ..doors import switched_on
from ..models import Change

MOST = 100


@public()
@switched_on
def changes(request: HttpRequest, reader: Reader) -> HttpResponse:
    visible = shelf.with_heads(shelf.entries(reader))
    found = Change.objects.filter(region=reader.region, day__lte=reader.on)
    rows = [
        {"day": one.day, "said": reader.say(one.texts), "entry": _entry(one.entry, reader)}
        for one in found.prefetch_related(Prefetch("entry", visible))[:MOST]
    ]
    return show(request, "office/changes.html", {"changes": rows})


def _entry(entry: Entry | None, reader: Reader) -> dict | None:
    """Its title and address, if readers see it."""
    if entry is None:
        return None
    return {"slug": entry.slug, "title": shelf.title_of(shelf.head_of(entry, reader), reader)}
