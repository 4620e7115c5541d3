"""When a thing should be looked at again, by its noun and kind. No database."""

from datetime import date, timedelta
from typing import Any

# Days between two looks, where nobody said otherwise (`review_days`). What changes by itself is
# looked at more often; a fact that hurts when wrong costs somebody money or a permit.
HURTS = 90
FACT = 180
ENTRY = {"event": 90, "opening": 90, "group": 180, "course": 180}
USUAL = 365  # guides, services, offices, organisations, places …
# People are asked so long before: a mail a week still comes before a dangerous fact hides itself.
AHEAD = timedelta(days=14)


def usual_days(noun: str, kind: str = "", hurts: bool = False) -> int:
    if noun == "fact":
        return HURTS if hurts else FACT
    return ENTRY.get(kind, USUAL) if noun == "entry" else USUAL


def days_of(row: Any) -> int:
    """Of an entry, a fact, an organisation or a place."""
    noun = row._meta.model_name
    kind, hurts = getattr(row, "kind", ""), getattr(row, "hurts", False)
    return row.review_days or usual_days(noun, kind, hurts)


def due_on(row: Any, checked: date | None) -> date | None:
    """The last day before another look is needed, from the day of the last, if there was one."""
    return due_after(checked, days_of(row))


def due_after(checked: date | None, days: int) -> date | None:
    return checked + timedelta(days=days) if checked else None


def is_past(due: date | None, on: date) -> bool:
    return due is None or on > due


def is_asked(due: date | None, on: date) -> bool:
    return due is None or on >= due - AHEAD


def is_hidden(fact: Any, value: Any, on: date) -> bool:
    """A fact that hurts when wrong is shown as long as somebody has found its value true."""
    if not fact.hurts:
        return False
    return not value.confirmed or is_past(due_on(fact, value.checked), on)
