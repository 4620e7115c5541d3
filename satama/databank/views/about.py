"""Pages about the service itself: what it is, how accessible, and what it knows of visitors."""

from django.db.models import Max
from django.http import HttpRequest, HttpResponse

from satama.web.pages import show

from .. import shelf
from ..models import Organisation
from ..reading import Reader
from .public import public


@public()
def about(request: HttpRequest, reader: Reader) -> HttpResponse:
    found = shelf.entries(reader)
    page = {
        "count": found.count(),
        "organisations": Organisation.objects.filter(region_id__in=reader.lineage).count(),
        "checked": found.aggregate(last=Max("checked"))["last"],
    }
    return show(request, "databank/about.html", page)


@public()
def accessibility(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(request, "databank/accessibility.html")


@public()
def privacy(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(request, "databank/privacy.html")
