"""The translators' list: every entry of a region in one language, and what state its text is in."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, Length

from satama.databank.models import Entry, Reach, Region, Text

from .status import Status, status

# What hurts readers most comes first.
WORK = (Status.OUTDATED, Status.MISSING, Status.HALF, Status.MACHINE, Status.CHECKED)
LATELY = timedelta(days=90)  # whose readers count
OWN = 3  # how many readers of another language one of the very language weighs


@dataclass(frozen=True)
class Row:
    """An entry's text in a language. made: when it was last made from the source, if it was;
    opened: how often people opened the entry's page lately, in any language."""

    entry: Entry
    source: Text
    status: Status
    made: datetime | None
    opened: int
    weight: int


class _Readers(NamedTuple):
    opened: int = 0
    weight: int = 0


class _Head(NamedTuple):
    """As much of a text as tells which one is the source."""

    pk: int
    language: str
    made: str
    body: int


def rows(region: Region, language: str) -> list[Row]:
    """Of the region's own entries, what needs work first, and of that what is most read and
    sought; the source language has none. Five queries."""
    entries = list(Entry.objects.filter(region=region).defer("keywords").order_by("slug"))
    for entry in entries:
        entry.region = region
    firsts = sources(entries)
    said = {
        text.entry_id: text
        for text in Text.objects.filter(entry__region=region, language=language)
        .select_related("made_from")
        .defer("made_from__words")
    }
    readers = _readers(region, language, region.today())
    found = [
        _row(entry, firsts[entry.pk], said.get(entry.pk), readers.get(entry.pk, _Readers()))
        for entry in entries
        if entry.pk in firsts and firsts[entry.pk].language != language
    ]
    return sorted(found, key=lambda row: (WORK.index(row.status), -row.weight))


def _row(entry: Entry, source: Text, text: Text | None, readers: _Readers) -> Row:
    made = text.made_from.at if text and text.made_from else None
    return Row(entry, source, status(text, source), made, readers.opened, readers.weight)


def _readers(region: Region, language: str, today: date) -> dict[int, _Readers]:
    """How much each entry was opened and found in all languages; one of this language counts
    more, for who asks in it is who would read it."""
    lately = Reach.objects.filter(entry__region=region, day__gt=today - LATELY)
    own = Q(language=language)
    return {
        entry: _Readers(opened, opened + found + (OWN - 1) * (own_opened + own_found))
        for entry, opened, found, own_opened, own_found in lately.values_list("entry_id").annotate(
            all_opened=Sum("opened"),
            all_found=Sum("found"),
            own_opened=Coalesce(Sum("opened", filter=own), 0),
            own_found=Coalesce(Sum("found", filter=own), 0),
        )
    }


def sources(entries: Collection[Entry]) -> dict[int, Text]:
    """For each entry, the text that the others are made from. Two queries."""
    heads: dict[int, list[_Head]] = {}
    for entry, *head in Text.objects.filter(entry__in=[entry.pk for entry in entries]).values_list(
        "entry_id", "pk", "language", "made", Length("body")
    ):
        heads.setdefault(entry, []).append(_Head(*head))
    firsts = [entry.source_of(heads[entry.pk]) for entry in entries if entry.pk in heads]
    return {text.entry_id: text for text in Text.objects.filter(pk__in=[f.pk for f in firsts if f])}


def counts(found: Iterable[Row]) -> list[tuple[Status, int]]:
    """How many are in each state, in the order of work."""
    counted = Counter(row.status for row in found)
    return [(state, counted[state]) for state in WORK]


def around(found: list[Row], entry: int) -> tuple[Row | None, Row | None]:
    """The rows before and after an entry's; those of the ends are beside each other."""
    places = [row.entry.pk for row in found]
    here = places.index(entry) if entry in places else 0
    others = [*found[here + (entry in places) :], *found[:here]]
    return (others[-1], others[0]) if others else (None, None)
