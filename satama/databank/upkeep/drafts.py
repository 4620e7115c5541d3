"""What will be published of entries later keeps step with what changes on the public row now."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision, TaskState

from ..models import Entry


def in_step(entries: Iterable[int], change: Callable[[int, dict[str, Any]], None]) -> None:
    """Change the drafts of these entries, those planned for a day, and those that wait for a
    release; `change` gets the entry's key and what the draft says. Within a transaction."""
    keys = list(entries)
    drafts = Entry.objects.filter(pk__in=keys, has_unpublished_changes=True)
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    of_entries = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Entry),
        object_id__in=[str(key) for key in keys],
    )
    found = list(
        of_entries.filter(
            Q(approved_go_live_at__isnull=False)
            | Q(pk__in=drafts.values("latest_revision"))
            | Q(pk__in=waiting.values("revision"))
        ).select_for_update()
    )
    for revision in found:
        change(int(revision.object_id), revision.content)
    Revision.objects.bulk_update(found, ["content"])
