"""Upkeep among Wagtail's pages: the report, acts on many rows, and what histories say of them."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from satama.web.staff import Entrance

from . import actions
from .bulk import Close, Confirm, HandOver, Retopic
from .people import DOUBT
from .staff import REPORT, TITLE, may_look, the_report

for act in (Confirm, Retopic, Close, HandOver):
    hooks.register("register_bulk_action", act)


@hooks.register("register_reports_menu_item")
def in_the_menu() -> Entrance:
    return Entrance(TITLE, reverse(REPORT), may_look, name="due", icon="time", order=80)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("reports/due/", the_report, name=REPORT)]


@hooks.register("register_log_actions")
def histories(registry: LogActionRegistry) -> None:
    said = {
        actions.CONFIRM: (gettext_lazy("Confirm"), gettext_lazy("Found it still true")),
        actions.RETOPIC: (gettext_lazy("Change the topic"), gettext_lazy("Changed its topic")),
        actions.CLOSE: (gettext_lazy("Close"), gettext_lazy("Closed it")),
        actions.HAND_OVER: (gettext_lazy("Hand over"), gettext_lazy("Gave it another keeper")),
    }
    for action, (label, message) in said.items():
        registry.register_action(action, label, message)

    @registry.register_action(DOUBT)
    class Doubted(LogFormatter):
        label = gettext_lazy("Say that it is not true")

        def format_message(self, log_entry: Any) -> str:
            return _("Said that it is no longer true, or needs a change")

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("note", ""))
