"""The Welcome Office's page."""

from django.http import HttpRequest, HttpResponse

from satama.databank import shelf
from satama.databank.reading import Reader
from satama.databank.views.entry import context
from satama.databank.views.public import public
from satama.threads import actions as threads
from satama.web.pages import show

from ..desk.measure import measured
from ..doors import switched_on
from . import network
from .data import office_data
from .days import openings, spoken


@public("municipality")
@switched_on
def office(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Where, when and how; and the offices of a municipality that the reader chooses."""
    own = shelf.full_entry(reader, reader.region.office)
    towns, chosen = network.municipalities(reader), request.GET.get("municipality", "")
    town = next((one for one in towns if one.slug == chosen), None)
    found = network.offices(reader, own)
    page = {
        "towns": [(one.slug, reader.say(one.names)) for one in towns],
        "town": town,
        "offices": network.ordered(found, town) if town else found,
        **_promise(reader),
    }
    response = show(request, "office/office.html", page | _own(request, reader, own))
    if chosen and not town:
        response.headers["Cache-Control"] = "private, no-store"  # it would make pages without end
    return response


def _promise(reader: Reader) -> dict:
    """What is promised to who asks today, and how it was kept."""
    found = measured(reader.region, reader.on)
    until = threads.promise(reader.region, "question", on=reader.on, days=found.days)
    return {"measured": found, "until": until}


def _own(request: HttpRequest, reader: Reader, own) -> dict:
    """What the region's own office says of itself; nothing when it has no entry."""
    if own is None:
        return {}
    page = context(request, reader, own)
    page["title"] = shelf.title_of(page["words"].head, reader)
    page["openings"] = openings(page["doors"], reader)
    page["spoken"] = spoken(page["openings"])
    return page | {"data": office_data(page, request.frame)}
