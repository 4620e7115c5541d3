"""Release among Wagtail's pages: what waits, in one click; and who is told of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from satama.web.staff import Entrance

from ..models.release import PUBLISH
from ..roles.scope import memberships
from . import mails

# Wagtail's mails lead partners to pages that are closed to them, and wait for the mail server.
workflow_submitted.disconnect(
    sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
)
workflow_approved.disconnect(
    sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
)
workflow_rejected.disconnect(
    sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
)
task_submitted.connect(mails.waits)
workflow_approved.connect(mails.released)
workflow_cancelled.connect(mails.released)  # an editor published it without pressing Release
workflow_rejected.connect(mails.sent_back)


class Waiting(WorkflowObjectsToModeratePanel):
    """Wagtail's panel with titles, and a button for the common case."""

    template_name = "databank/staff/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        found = super().get_context_data(parent_context)
        for state in found["states"]:
            draft = state["revision"].as_object()
            state["text"] = draft.source_of(draft.texts.all())
        return found


@hooks.register("construct_homepage_panels")
def what_waits(_request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [
        Waiting() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels
    ]


@hooks.register("construct_snippet_action_menu")
def no_detour(items: list[Any], request: HttpRequest, context: Mapping[str, Any]) -> None:
    """Who may publish need not ask for release; when something waits, releasing comes first."""
    instance = context.get("instance")
    if instance is None or not request.user.has_perm(PUBLISH, instance):
        return
    items[:] = [item for item in items if item.name != "action-submit"]
    for item in items:
        if item.name == "approve" and not item.launch_modal:
            item.label = _("Release")
    items.sort(key=lambda item: getattr(item, "label", "") != _("Release"))


@hooks.register("register_admin_menu_item")
def own_organisation() -> Entrance:
    def may(user: Any) -> bool:
        return any(member.organisation_id for member in memberships(user))

    label, where = gettext_lazy("Your organisation"), reverse_lazy("partner")
    return Entrance(label, where, may, icon="group", order=160)
