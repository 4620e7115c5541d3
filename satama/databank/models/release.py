"""Release: the step of Wagtail's workflow between what a partner wrote and its readers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from .entry import Entry

PUBLISH = "databank.publish_entry"


class Release(Task):
    """Whoever may publish the very entry releases it or sends it back."""

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not user.has_perm(PUBLISH, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """(name, label, whether a comment is asked for)"""
        if not user.has_perm(PUBLISH, obj):
            return []
        return [
            ("approve", _("Release"), False),
            ("approve", _("Release with a comment"), True),
            ("reject", _("Send back with a comment"), True),
        ]

    def get_task_states_user_can_moderate(
        self, user: Any, **options: Any
    ) -> QuerySet[TaskState, TaskState]:
        from ..roles.scope import scope  # who may what needs the models first

        entries = scope(user, PUBLISH).within(Entry.objects.order_by())
        return TaskState.objects.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=Entry.get_base_content_type(),
            workflow_state__object_id__in=entries.values(number=Cast("pk", CharField())),
        )

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **options: Any) -> Any:
        """Wagtail asks for the right to the entry in the address, which need not be the one that
        the state is about; and a partner may take words back at this very moment."""
        number = task_state.workflow_state.object_id
        entry = Entry.objects.select_for_update().filter(pk=number).first()
        if entry is None or not user.has_perm(PUBLISH, entry):
            raise PermissionDenied
        now = TaskState.objects.get(pk=task_state.pk)
        return super().on_action(now, user, action_name, **options)

    class Meta:
        verbose_name = _("release by an editor of the region")
