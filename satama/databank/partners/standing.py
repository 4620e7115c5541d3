"""How a partner's entries stand: public, waiting, sent back; how often opened; what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from ..models import Entry, Organisation, Text
from ..reach import figures
from ..upkeep.due import due_on, is_past


class State(StrEnum):
    """In the order of who has to do something."""

    BACK = "back"
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLIC = "public"
    ENDED = "ended"


NAMES = {
    State.BACK: _("Sent back with a comment"),
    State.DRAFT: _("Draft, not sent"),
    State.WAITING: _("Waiting for release"),
    State.PUBLIC: _("Public"),
    State.ENDED: _("Ended"),
}


@dataclass(frozen=True)
class Line:
    """An entry on the list. `opened`: {language: times}, most first; never by whom."""

    entry: Entry
    text: Text
    state: State
    comment: str
    opened: Mapping[str, int]
    due: bool

    @property
    def name(self) -> str:
        return str(NAMES[self.state])

    @property
    def times(self) -> int:
        return sum(self.opened.values())

    @property
    def confirmable(self) -> bool:
        """Only what readers see can be found true."""
        return self.entry.live and self.state is not State.ENDED


def lines(organisation: Organisation, today: date, **which: Any) -> list[Line]:
    """Of one organisation, in the order of what is to be done. Four queries."""
    entries = list(
        Entry.objects.filter(organisation=organisation, **which)
        .defer("keywords")
        .select_related("region")
        .prefetch_related("texts")
    )
    states = _states(entries)
    opened = figures.opened([entry.pk for entry in entries], today=today)
    found = [
        _line(entry, states.get(str(entry.pk)), opened.get(entry.pk, {}), today)
        for entry in entries
    ]
    order = list(State)
    return sorted(found, key=lambda line: (order.index(line.state), not line.due, line.text.title))


def _line(
    entry: Entry, state: WorkflowState | None, opened: Mapping[str, int], today: date
) -> Line:
    text = entry.source_of(entry.texts.all()) or Text(language="", title=entry.slug)
    now = state_of(entry, state, today)
    said = state.current_task_state if state else None
    comment = said.comment if said and now is State.BACK else ""
    return Line(entry, text, now, comment, opened, now is not State.ENDED and due(entry, today))


def state_of(entry: Entry, state: WorkflowState | None, today: date) -> State:
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return State.WAITING
    if state and entry.has_unpublished_changes:
        return State.BACK
    if entry.status == "ended" or (entry.valid_until and entry.valid_until < today):
        return State.ENDED
    if entry.has_unpublished_changes or not entry.live:
        return State.DRAFT
    return State.PUBLIC


def due(entry: Entry, today: date) -> bool:
    """Whether somebody should look again whether it is true."""
    return entry.live and is_past(due_on(entry, entry.checked), today)


def _states(entries: Sequence[Entry]) -> dict[str, WorkflowState]:
    found = (
        WorkflowState.objects.active()
        .filter(
            base_content_type=Entry.get_base_content_type(),
            object_id__in=[str(entry.pk) for entry in entries],
        )
        .select_related("current_task_state")
    )
    return {state.object_id: state for state in found}
