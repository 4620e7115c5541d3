"""Wagtail's acts on many at once begin and end here; what histories say of drafts that wait."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from .actions import Lost
from .planned import HELD_BACK
from .staff import after_many, before_many

hooks.register("before_bulk_action", before_many)
hooks.register("after_bulk_action", after_many)


@hooks.register("register_log_actions")
def histories(registry: LogActionRegistry) -> None:
    @registry.register_action(HELD_BACK)
    class HeldBack(LogFormatter):
        label = gettext_lazy("Hold back")

        def format_message(self, log_entry: Any) -> str:
            return _("Could not be published as planned")

        def format_comment(self, log_entry: Any) -> str:
            lost = log_entry.data.get("lost")
            return str(Lost(lost)) if lost else ""
