"""The board on Wagtail's first page, its lists, and our own items."""

from collections.abc import Iterator
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component

from satama.accounts.mails.views import LIST, may_see
from satama.accounts.mails.views import TITLE as MAILS
from satama.base.mail import stayed

from ..links.views import REPORT, SURE
from ..models import Link
from . import coverage, ending, freshness, partners, views, waiting
from .items import HOOK, Item, items

for room in (freshness, waiting, ending, coverage, partners):
    hooks.register(HOOK, room.items)


@hooks.register(HOOK)
def links(request: HttpRequest) -> Iterator[Item]:
    if request.user.has_perm("databank.view_link"):
        number = Link.objects.filter(state__in=SURE).count()
        said = ngettext(
            "%(count)d web address is broken or has moved.",
            "%(count)d web addresses are broken or have moved.",
            number,
        )
        yield Item(40, _("Links"), number, said % {"count": number}, reverse(REPORT))


@hooks.register(HOOK)
def mails(request: HttpRequest) -> Iterator[Item]:
    if may_see(request.user):
        number = stayed().count()
        said = ngettext("%(count)d mail did not leave.", "%(count)d mails did not leave.", number)
        yield Item(90, str(MAILS), number, said % {"count": number}, reverse(LIST))


class Board(Component):
    """What waits, as cards; below them, what does not."""

    name = "board"
    order = 100
    template_name = "databank/staff/board.html"
    media = Media(css={"all": ["databank/board.css"]})

    def __init__(self, found: list[Item]) -> None:
        self.found = found

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "waiting": [item for item in self.found if item.number],
            "done": [item for item in self.found if not item.number],
        }


@hooks.register("construct_homepage_panels")
def on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    if found := items(request):
        panels.append(Board(found))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("board/drafts/", views.drafts, name=waiting.LIST),
        path("board/facts/", views.facts, name=ending.LIST),
        path("board/partners/", views.silent, name=partners.LIST),
    ]
