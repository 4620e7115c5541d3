"""How fresh a region's content is on a day, in figures: for everybody to read."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max

from .. import shelf, version
from ..models import Entry, FactValue, Link, Text
from ..models.shared import in_force
from ..models.text import is_unread
from ..reading import Reader, region_of, regions
from ..translating.desk import sources
from ..translating.words import digest, words_of
from .due import due_on, is_hidden, is_past


@dataclass(frozen=True)
class InLanguage:
    """Of the pages with words in a language: how many are `fresh` (inside their date, and made from
    the source as it is), and how many a machine made and nobody has read."""

    code: str
    pages: int
    fresh: int
    machine: int

    @property
    def share(self) -> int:
        return percent(self.fresh, self.pages)


@dataclass(frozen=True)
class Freshness:
    """`on`: the day; `oldest`: the day of the oldest look at a page."""

    on: date
    pages: int
    fresh: int
    facts: int
    fresh_facts: int
    hidden: int
    oldest: date | None
    languages: list[InLanguage]

    @property
    def share(self) -> int:
        return percent(self.fresh, self.pages)

    @property
    def fact_share(self) -> int:
        return percent(self.fresh_facts, self.facts)


def percent(part: int, whole: int) -> int:
    """Whole ones, rounded down: a hundred means all."""
    return 100 * part // whole if whole else 0


def freshness_of(reader: Reader) -> Freshness:
    """Of what is public and has not ended; read again when the content or the day changes."""
    return _read(version.current(), reader.region.slug, reader.on)


def links_asked() -> datetime | None:
    """When links were last asked whether they still work; that is no change of the content."""
    last: datetime | None = Link.objects.aggregate(last=Max("asked"))["last"]
    return last


@lru_cache(maxsize=16)
def _read(_version: int, region: str, on: date) -> Freshness:
    """Five queries, whatever the content."""
    row = regions()[region]
    reader = Reader(row, row.languages[0], on)
    entries = list(shelf.lasting(reader).order_by())
    for entry in entries:
        entry.region = region_of(entry.region_id)
    fresh = {entry.pk for entry in entries if not is_past(due_on(entry, entry.checked), on)}
    values = FactValue.objects.filter(in_force(on), fact__region__in=reader.lineage)
    facts = [(value.fact, value) for value in values.select_related("fact")]
    return Freshness(
        on=on,
        pages=len(entries),
        fresh=len(fresh),
        facts=len(facts),
        fresh_facts=sum(not is_past(due_on(fact, v.checked), on) for fact, v in facts),
        hidden=sum(is_hidden(fact, value, on) for fact, value in facts),
        oldest=min((entry.checked for entry in entries if entry.checked), default=None),
        languages=_by_language(entries, fresh, row.languages),
    )


def _by_language(entries: list[Entry], fresh: set[int], spoken: list[str]) -> list[InLanguage]:
    made_from = {pk: digest(words_of(text)) for pk, text in sources(entries).items()}
    pages, good, machine = Counter[str](), Counter[str](), Counter[str]()
    texts = Text.objects.filter(entry__in=[entry.pk for entry in entries], language__in=spoken)
    for pk, code, made, checked, source in texts.values_list(
        "entry", "language", "made", "checked", "made_from__digest"
    ):
        pages[code] += 1
        good[code] += pk in fresh and source in (None, made_from.get(pk))
        machine[code] += is_unread(made, checked)
    return [InLanguage(code, pages[code], good[code], machine[code]) for code in spoken]
