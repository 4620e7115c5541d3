"""Drafts that readers do not see yet: planned, waiting for release, or with their writer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from satama.base import words

from ..models import Entry
from ..roles.policy import where_to_edit
from ..roles.scope import scope
from .items import ROWS, Item, Row

LIST = "board_waiting"
LATE = timedelta(minutes=5)  # publishing looks each minute


def entries(user: Any) -> QuerySet[Entry]:
    """The newest draft first."""
    rows = scope(user, "databank.change_entry").within(Entry.objects.all())
    waiting = rows.filter(has_unpublished_changes=True).select_related("region", "latest_revision")
    return waiting.order_by("-latest_revision__created_at", "pk")


def rows(found: QuerySet[Entry]) -> list[Row]:
    """What is known of each draft; three queries."""
    drafts = list(found)
    of_these = {
        "content_type": ContentType.objects.get_for_model(Entry),
        "object_id__in": [str(entry.pk) for entry in drafts],
    }
    planned = dict(
        Revision.objects.filter(**of_these, approved_go_live_at__isnull=False).values_list(
            "object_id", "approved_go_live_at"
        )
    )
    states = dict(
        WorkflowState.objects.active().filter(**of_these).values_list("object_id", "status")
    )
    return [
        Row(
            *_title(entry),
            said(entry, planned.get(str(entry.pk)), states.get(str(entry.pk), "")),
            where_to_edit(entry),
        )
        for entry in drafts
    ]


def _title(entry: Entry) -> tuple[str, str]:
    """As the draft has it, and its language."""
    revision = entry.latest_revision
    texts = revision.content.get("texts", []) if revision else []
    first = entry.source_of([SimpleNamespace(**text) for text in texts])
    return (first.title, first.language) if first else (entry.slug, "")


def said(entry: Entry, planned: datetime | None, state: str) -> str:
    if planned:
        here, language = timezone.localtime(planned), get_language() or "en"
        when = {"day": words.day(here, language), "time": words.clock(here.time(), language)}
        if timezone.now() - planned > LATE:
            return (
                _("Was to go out on %(day)s at %(time)s, and cannot: publish it to see why.") % when
            )
        return _("Goes out on %(day)s at %(time)s.") % when
    if state:
        held = state == WorkflowState.STATUS_IN_PROGRESS
        return _("Waits for release.") if held else _("Sent back with a comment.")
    return _("A draft of what is public.") if entry.live else _("A draft, not public yet.")


def items(request: Any) -> Iterator[Item]:
    if not scope(request.user, "databank.change_entry"):
        return
    waiting = entries(request.user)
    number = waiting.count()
    sentence = ngettext(
        "%(count)d draft waits to be published.",
        "%(count)d drafts wait to be published.",
        number,
    )
    told = sentence % {"count": number}
    if held := to_release(waiting):
        more = ngettext(
            "%(count)d of them waits for release.", "%(count)d of them wait for release.", held
        )
        told = f"{told} {more % {'count': held}}"
    yield Item(20, _("Drafts"), number, told, reverse(LIST), rows(waiting[:ROWS]))


def to_release(waiting: QuerySet[Entry]) -> int:
    """How many of them wait for somebody to release them."""
    return WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        content_type=ContentType.objects.get_for_model(Entry),
        object_id__in=waiting.order_by().values(number=Cast("pk", CharField())),
    ).count()
