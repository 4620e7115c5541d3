"""The translators' list: every entry of a region in one language, and what state its text is in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Length

from satama.databank.models import Entry, Region, Text

from .status import Status, status

# What hurts readers most comes first.
WORK = (Status.OUTDATED, Status.MISSING, Status.HALF, Status.MACHINE, Status.CHECKED)


@dataclass(frozen=True)
class Row:
    """An entry's text in a language. made: when it was last made from the source, if it was."""

    entry: Entry
    source: Text
    status: Status
    made: datetime | None


class _Head(NamedTuple):
    """As much of a text as tells which one is the source."""

    pk: int
    language: str
    made: str
    body: int


def rows(region: Region, language: str) -> list[Row]:
    """Of the region's own entries, what needs work first; the source language has none. Four
    queries."""
    entries = list(Entry.objects.filter(region=region).defer("keywords").order_by("slug"))
    for entry in entries:
        entry.region = region
    sources = _sources(entries)
    said = {
        text.entry_id: text
        for text in Text.objects.filter(entry__region=region, language=language)
        .select_related("made_from")
        .defer("made_from__words")
    }
    found = [
        _row(entry, sources[entry.pk], said.get(entry.pk))
        for entry in entries
        if entry.pk in sources and sources[entry.pk].language != language
    ]
    return sorted(found, key=lambda row: WORK.index(row.status))


def _row(entry: Entry, source: Text, text: Text | None) -> Row:
    made = text.made_from.at if text and text.made_from else None
    return Row(entry, source, status(text, source), made)


def _sources(entries: Iterable[Entry]) -> dict[int, Text]:
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
