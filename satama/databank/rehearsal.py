"""What readers will see differently on a day to come, in every language of a region."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from satama.base import html, languages

from . import facts, hours, shelf
from .models import Entry, Fact, FactValue, Organisation, Region
from .reading import Reader, Said
from .upkeep.due import due_on, is_hidden

FARTHEST = timedelta(days=3653)


class NotAhead(ValueError):
    """The day is today, past, or too far away to be rehearsed."""


@dataclass(frozen=True)
class Turn:
    """The words for a fact and their language: as they are today, and as they will be on the
    day."""

    before: str
    after: str
    language: str


@dataclass(frozen=True)
class Gap:
    """Days on which a fact has a value no more; `last` is None when none follows."""

    first: date
    last: date | None


@dataclass(frozen=True)
class FactChange:
    """A fact that differs or has a gap; its turns by the reader's language. `hides`: the first day
    on which it hides itself, because nobody has found it true."""

    fact: Fact
    turns: dict[str, Turn]
    gap: Gap | None
    hides: date | None = None


@dataclass(frozen=True)
class PageChange:
    """A page that differs: its titles by the reader's language, and the facts on it that differ.
    `begins` is its first day, `ends` its last."""

    row: Entry | Organisation
    titles: dict[str, Said]
    facts: list[FactChange]
    begins: date | None
    ends: date | None

    def differs(self) -> bool:
        return bool(self.facts or self.begins or self.ends)

    def keys(self, language: str) -> list[str]:
        """The facts that make the page differ in a language."""
        return [change.fact.key for change in self.facts if language in change.turns]


@dataclass(frozen=True)
class Rehearsal:
    facts: list[FactChange]
    entries: list[PageChange]
    organisations: list[PageChange]

    @property
    def loose(self) -> list[FactChange]:
        """The facts that no page shows."""
        pages = [*self.entries, *self.organisations]
        on_pages = {change.fact for page in pages for change in page.facts}
        return [change for change in self.facts if change.fact not in on_pages]


def rehearse(
    region: Region, today: date, day: date, spoken: Sequence[str] | None = None
) -> Rehearsal:
    """What differs between two days, in all languages of the region or in those `spoken`;
    NotAhead unless the second day is one of the next ten years."""
    if day <= today:
        raise NotAhead(_("Choose a day after today."))
    if day - today > FARTHEST:
        raise NotAhead(_("Choose a day within the next ten years."))
    readers = [
        (Reader(region, code, today), Reader(region, code, day))
        for code in spoken or region.languages
    ]
    then = readers[0][1]
    known = Fact.objects.filter(region_id__in=then.lineage).select_related("owner")
    days = _Days(readers, known.prefetch_related("values"))
    entries = shelf.entries(then).prefetch_related("texts", shelf.DOORS)
    offices = Organisation.objects.filter(region_id__in=then.lineage)
    pages = map(days.of_entry, entries)
    contacts = map(days.of_organisation, offices.select_related("phone", "email"))
    return Rehearsal(
        days.of_facts(),
        [page for page in pages if page.differs()],
        [page for page in contacts if page.differs()],
    )


class _Days:
    """Two days of a region, for a reader of each of its languages; compares, and asks nothing."""

    def __init__(self, readers: list[tuple[Reader, Reader]], known: Iterable[Fact]) -> None:
        self.readers = readers
        self.today, self.day = (reader.on for reader in readers[0])
        gaps = {fact: gap_of(fact.values.all(), self.today, self.day) for fact in known}
        self.turning = {
            fact.key: (fact, gap)
            for fact, gap in gaps.items()
            if gap or _may_differ(fact, self.today, self.day)
        }

    def of_facts(self) -> list[FactChange]:
        return self._changes(lambda reader: [(key, reader.language) for key in self.turning])

    def of_entry(self, entry: Entry) -> PageChange:
        """A page that begins is not there today; one that ends stays, and says so."""
        begins = entry.valid_from if entry.valid_from and entry.valid_from > self.today else None
        return PageChange(
            row=entry,
            titles={
                reader.language: shelf.title_of(shelf.head_of(entry, reader), reader)
                for _now, reader in self.readers
            },
            facts=self._changes(lambda reader: _on_page(entry, reader)),
            begins=begins,
            ends=None if entry.status == "ended" else self._end_of(entry),
        )

    def of_organisation(self, row: Organisation) -> PageChange:
        keys = [fact.key for fact in (row.phone, row.email) if fact]
        return PageChange(
            row=row,
            titles={then.language: then.say(row.names) for _now, then in self.readers},
            facts=self._changes(lambda reader: [(key, reader.language) for key in keys]),
            begins=None,
            ends=self._end_of(row),
        )

    def _end_of(self, row: Entry | Organisation) -> date | None:
        last = row.valid_until
        return last if last and self.today <= last < self.day else None

    def _changes(self, named: Callable[[Reader], Iterable[tuple[str, str]]]) -> list[FactChange]:
        """The facts among the `named` that differ. A reader's page names a key with the language
        of the words around it."""
        found: dict[str, FactChange] = {}
        for now, then in self.readers:
            for key, spoken in named(then):
                if key in self.turning:
                    fact, gap = self.turning[key]
                    hides = _hides(fact, self.today, self.day)
                    change = found.setdefault(key, FactChange(fact, {}, gap, hides))
                    turn = Turn(_said(fact, now, spoken), _said(fact, then, spoken), spoken)
                    if turn.before != turn.after:
                        change.turns.setdefault(then.language, turn)
        return [change for change in found.values() if change.turns or change.gap]


def gap_of(values: Iterable[FactValue], today: date, day: date) -> Gap | None:
    """The first days until `day` on which nothing holds any more; no two hold on one day."""
    known = list(values)
    ends = sorted(v.valid_until for v in known if v.valid_until and today <= v.valid_until < day)
    begins = sorted(v.valid_from for v in known if v.valid_from)
    for first in (end + timedelta(days=1) for end in ends):
        later = next((begin for begin in begins if begin >= first), None)
        if later != first:
            return Gap(first, later - timedelta(days=1) if later else None)
    return None


def _value(fact: Fact, on: date) -> FactValue | None:
    for value in fact.values.all():
        if (value.valid_from or date.min) <= on <= (value.valid_until or date.max):
            return value
    return None


def _hides(fact: Fact, today: date, day: date) -> date | None:
    """The first day on which what holds on the day hides itself, if it does so after today."""
    value = _value(fact, day)
    if value is None or not is_hidden(fact, value, day):
        return None
    due = due_on(fact, value.checked) if value.confirmed else None
    first = max(value.valid_from or date.min, due + timedelta(days=1) if due else date.min)
    return first if first > today else None


def _may_differ(fact: Fact, today: date, day: date) -> bool:
    """Quick, and never wrongly false; one value of hours may have seasons."""
    now, then = _value(fact, today), _value(fact, day)
    if now is None or then is None:
        return now is not then
    if (now.value, now.confirmed) != (then.value, then.confirmed) or fact.hurts:
        return True
    return fact.type == "hours" and hours.week(now.value, today) != hours.week(then.value, day)


def _said(fact: Fact, reader: Reader, spoken: str) -> str:
    """A fact in plain words of a language: links whole, hours with what holds on holidays."""
    value = _value(fact, reader.on)
    shown = shelf.shown(fact, value, reader)
    value = value if shown.value else None
    if value and fact.type == "url":
        shown = replace(shown, type="text")
    with translation.override(languages.plain(spoken)):
        said = facts.html(shown, spoken, [spoken, *reader.order], reader.on)
        words = unescape(strip_tags(said)).strip()
        if value and fact.type == "hours":
            words = words or _("closed")
            if "PH off" in value.value:
                words = f"{words}. {_('Closed on public holidays.')}"
    return words


def _on_page(entry: Entry, reader: Reader) -> Iterator[tuple[str, str]]:
    """The facts on an entry's page, each with the language of the words around it."""
    head, full = shelf.head_of(entry, reader), shelf.body_of(entry, reader)
    yield from ((key, head.language) for key in html.placeholders(head.summary))
    yield from ((key, full.language) for key in shelf.named(full))
    for channel in entry.channels.all():
        for fact in (channel.fact, shelf.hours_fact(channel)):
            if fact:
                yield fact.key, reader.language
