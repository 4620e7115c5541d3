"""The Desk in Wagtail's menu, its addresses, its card on the first page, and its script, which also
forgets drafts when somebody signs out."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from satama.accounts import typed
from satama.databank.board.items import HOOK, Item
from satama.web.staff import Entrance

from . import around, views
from .acts import ACTS
from .doors import may_answer, threads_of
from .forms import AnswerForm, DeskForm, WalkInForm
from .phrases import Phrases

register_snippet(Phrases)
typed.FORMS |= {
    views.ONE: lambda **_: AnswerForm,
    "desk_act": lambda act, **_: ACTS.get(act),
    around.WALK_IN: lambda **_: WalkInForm,
    around.SETTINGS: lambda **_: DeskForm,
}


@hooks.register("register_admin_menu_item")
def in_the_menu() -> Entrance:
    where = reverse_lazy(views.INBOX)
    return Entrance(views.TITLE, where, may_answer, name="desk", icon="mail", order=90)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("desk/", views.inbox, name=views.INBOX),
        path("desk/walk-in/", around.walk_in, name=around.WALK_IN),
        path("desk/elsewhere/", around.wrong, name=around.WRONG),
        path("desk/settings/<slug:region>/", around.settle, name=around.SETTINGS),
        path("desk/choose/<slug:noun>/", around.choose, name="desk_choose"),
        path("desk/<int:pk>/", views.thread, name=views.ONE),
        path("desk/<int:pk>/state/", views.state, name="desk_state"),
        path("desk/<int:pk>/hold/", views.hold, name="desk_hold"),
        path("desk/<int:pk>/given/", around.given, name="desk_given"),
        path("desk/<int:pk>/<slug:act>/", views.act, name="desk_act"),
    ]


@hooks.register(HOOK)
def waiting(request: HttpRequest) -> Iterator[Item]:
    """What waits for an answer, and how much of it is past its promise."""
    if not may_answer(request.user):
        return
    found = threads_of(request.user).filter(state="waiting")
    number = found.count()
    late = found.filter(promised__lt=timezone.localdate(), answered=None).count()
    sentence = ngettext("%(count)d waits for us.", "%(count)d wait for us.", number)
    said = sentence % {"count": number}
    address = reverse(views.INBOX)
    if late:
        more = ngettext("%(late)d is past its promise.", "%(late)d are past their promise.", late)
        said, address = f"{said} {more % {'late': late}}", f"{address}?promise=late"
    yield Item(5, _("Desk"), number, said, address)


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("office/desk.js"))
