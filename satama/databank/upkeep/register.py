"""What is kept, by whom, and until when: read with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ..models import Entry, Fact, FactValue, Organisation, Place
from ..models.shared import in_force
from ..roles.scope import scope
from .due import due_after, due_on, is_asked, is_hidden, is_past, usual_days
from .people import People

NOUNS: dict[str, Any] = {
    "entry": Entry,
    "fact": Fact,
    "organisation": Organisation,
    "place": Place,
}


@dataclass(frozen=True)
class Thing:
    """A row that somebody keeps, and what was last found of it. `value`: of a fact, what holds."""

    row: Any
    checked: date | None
    confirmed: bool
    value: FactValue | None = None

    @property
    def noun(self) -> str:
        found: str = self.row._meta.model_name
        return found

    @property
    def key(self) -> str:
        return f"{self.noun}-{self.row.pk}"

    @property
    def organisation(self) -> int | None:
        """Whose members keep it."""
        if self.noun == "organisation":
            return self.row.pk
        return self.row.owner_id if self.noun == "fact" else self.row.organisation_id

    @property
    def due(self) -> date | None:
        return due_on(self.row, self.checked)

    def is_past(self, on: date) -> bool:
        return is_past(self.due, on)

    def is_asked(self, on: date) -> bool:
        return is_asked(self.due, on)

    def is_hidden(self, on: date) -> bool:
        return self.value is not None and is_hidden(self.row, self.value, on)


def things(
    today: date, regions: Iterable[int] | None = None, noun: str = "", by: Any = None
) -> list[Thing]:
    """All that holds today and somebody keeps, what is due first; of some regions, of one noun, or
    what a person may change. One query a noun."""
    found = [
        thing
        for name in NOUNS
        if noun in ("", name)
        for thing in _things(name, _of(name, regions, by), today)
    ]
    return sorted(found, key=lambda thing: (thing.due or date.min, thing.key))


def _of(noun: str, regions: Iterable[int] | None, by: Any) -> QuerySet:
    rows = NOUNS[noun].objects.all()
    if regions is not None:
        rows = rows.filter(region__in=regions)
    return scope(by, f"databank.change_{noun}").within(rows) if by else rows


def _things(noun: str, rows: QuerySet, today: date) -> Iterable[Thing]:
    if noun == "fact":
        values = FactValue.objects.filter(in_force(today), fact__in=rows).select_related("fact")
        return [Thing(one.fact, one.checked, one.confirmed, one) for one in values]
    return [Thing(row, row.checked, row.confirmed) for row in _kept(noun, rows, today)]


def _kept(noun: str, rows: QuerySet, today: date) -> QuerySet:
    rows = rows.filter(in_force(today))
    if noun == "entry":
        rows = rows.filter(live=True).exclude(status="ended").defer("keywords")
    return rows


def freshness(today: date, by: Any) -> tuple[int, int]:
    """Of the entries that a person may change: how many are kept, and how many past their date.
    One light query, however many there are."""
    rows = _kept("entry", _of("entry", None, by), today)
    looked = list(rows.values_list("kind", "review_days", "checked"))
    due = (due_after(checked, days or usual_days("entry", kind)) for kind, days, checked in looked)
    return len(looked), sum(is_past(one, today) for one in due)


def asked_of(found: Iterable[Thing], today: date) -> dict[int, list[Thing]]:
    """What each person is to be asked about, by their primary key."""
    wanted = [thing for thing in found if thing.is_asked(today)]
    people = People.around(wanted)
    asked: dict[int, list[Thing]] = {}
    for thing in wanted:
        for person in people.asked(thing):
            asked.setdefault(person, []).append(thing)
    return asked


def due_for(user: Any, today: date) -> list[Thing]:
    """What one person is to be asked about."""
    return asked_of(things(today, by=user), today).get(user.pk, [])


def held(keys: Iterable[str], today: date, lock: bool = False) -> dict[str, Thing]:
    """Things by their keys, such as `entry-12`; what is no key of ours is left out. `lock` holds
    the rows until the transaction ends."""
    wanted: dict[str, set[int]] = {}
    for key in keys:
        noun, _, pk = key.partition("-")
        if noun in NOUNS and pk.isascii() and pk.isdigit() and len(pk) < 19:
            wanted.setdefault(noun, set()).add(int(pk))
    found: dict[str, Thing] = {}
    for noun in sorted(wanted):
        rows = NOUNS[noun].objects.filter(Q(pk__in=wanted[noun]))
        if lock:
            list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        found |= {thing.key: thing for thing in _things(noun, rows, today)}
    return found
