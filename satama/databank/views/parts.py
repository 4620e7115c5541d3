"""All parts of the look on one page, with examples: for staff, and while debugging."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from satama.web.pages import show

from .. import shelf
from ..reading import Reader
from .public import public
from .topic import tree


@public(kept=False)
def parts(request: HttpRequest, reader: Reader) -> HttpResponse:
    if not (settings.DEBUG or request.user.is_staff):
        raise PermissionDenied
    cards = shelf.cards(reader, shelf.with_heads(shelf.entries(reader))[:3])
    return show(request, "databank/parts.html", {"cards": cards, "tree": tree(reader)[:3]})
