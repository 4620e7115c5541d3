"""A file against what the databank holds: what it would write, and what is left out. No database.

A text goes in when all of its items have words and are sure. What somebody else wrote here
meanwhile stays; what the source says by now changes only the state that the text arrives in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satama.databank.models import Entry, Text, Wording

from .. import tokens
from ..actions import wording_of
from ..differences import Piece, pieces
from ..words import FIELDS, ON_ONE_LINE, Words, digest, in_one, words_of
from .out import NONE, SHORT
from .po import Catalogue, Item

OVERTAKEN = gettext_lazy("Somebody changed this text here since the file was made. Theirs stays.")
LOST = gettext_lazy(
    "The source changed since, and the file does not have all that it said then. Download it again."
)
NEEDED = ("title", "summary")
FIELD: dict[str, Any] = {name: Text._meta.get_field(name) for name in FIELDS}


@dataclass
class Held:
    """What the databank has of the entries that a file names: sources, the texts in its language,
    and wordings that are kept, by the beginnings of their digests."""

    language: str
    entries: dict[str, Entry]
    sources: dict[int, Text]
    texts: dict[int, Text]
    wordings: dict[tuple[int, str, str], Wording]


@dataclass(frozen=True)
class Change:
    """A text with the words of the file. `cells`: what differs, by field; `reason`: why it is left
    out; `whole`: it has all that its source has; `outdated`: the source says something else by
    now."""

    text: Text
    source: Text
    seen: str = ""
    of: Wording | None = None
    cells: dict[str, list[Piece]] = field(default_factory=dict)
    whole: bool = False
    outdated: bool = False
    reason: Any = ""


@dataclass
class Difference:
    """`faults` stop all of it. `left` are left out, each with its reason; `same` only wait to be
    marked as checked; `untouched` have no work of the file's in them."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    untouched: int = 0

    @property
    def has_work(self) -> bool:
        return bool(not self.faults and (self.new or self.changed or self.same))


def compare(file: Catalogue, held: Held) -> Difference:
    """What the file would do."""
    found = Difference(faults=list(file.faults))
    by_entry: dict[str, list[Item]] = {}
    for item in file.items:
        by_entry.setdefault(item.mark.entry, []).append(item)
    for items in by_entry.values():
        _Read(items, held, found).judge()
    return found


class _Read:
    """The items of one text."""

    def __init__(self, items: list[Item], held: Held, found: Difference) -> None:
        self.items, self.held, self.found = items, held, found
        self.mark = items[0].mark
        self.said = {item.mark.field: _value(item.mark.field, item.words) for item in items}

    def judge(self) -> None:
        if self._is_torn():
            return
        entry = self.held.entries[self.mark.entry]
        self.source = self.held.sources[entry.pk]
        self.text = self.held.texts.get(entry.pk) or Text(entry=entry, language=self.held.language)
        of = self._made_from(entry)
        if of is None:
            self.found.left.append(Change(self.text, self.source, reason=LOST))
        elif not self._has_strange_sources(of):
            self._weigh(of)

    def _fault(self, item: Item, sentence: str) -> None:
        told = {"line": item.line, "name": f"{item.mark.entry}, {item.mark.field}"}
        place = _("Line %(line)s, %(name)s:") % told
        self.found.faults.append(f"{place} {sentence}")

    def _is_torn(self) -> bool:
        """Report what cannot be items of one text of ours."""
        before = len(self.found.faults)
        entry = self.held.entries.get(self.mark.entry)
        if entry is None or entry.pk not in self.held.sources:
            self._fault(self.items[0], _("There is no such entry in this region."))
        elif self.held.sources[entry.pk].language == self.held.language:
            self._fault(self.items[0], _("The file is in the language of the source itself."))
        seen: set[str] = set()
        for item in self.items:
            if item.mark.field not in FIELDS:
                self._fault(item, _("There is no such field."))
            if item.mark.field in seen:
                self._fault(item, _("The item is there twice."))
            if item.mark[2:] != self.mark[2:]:
                self._fault(item, _("The item is of another file than those of the same text."))
            seen.add(item.mark.field)
        return len(self.found.faults) > before

    def _made_from(self, entry: Entry) -> Wording | None:
        """What the source said when the file was made: as it is now, as it is kept, or as the file
        has it; a digest tells."""
        mark, now = self.mark, wording_of(self.source)
        if (now.language, now.digest[:SHORT]) == (mark.language, mark.of):
            return now
        if kept := self.held.wordings.get((entry.pk, mark.language, mark.of)):
            return kept
        words = {item.mark.field: _value(item.mark.field, item.source) for item in self.items}
        whole = digest(words)
        if whole[:SHORT] != mark.of:
            return None
        return Wording(entry=entry, language=mark.language, digest=whole, words=words)

    def _has_strange_sources(self, of: Wording) -> bool:
        before = len(self.found.faults)
        for item in self.items:
            name = item.mark.field
            there = {name: _value(name, item.source)}
            if digest(there) != digest({name: of.words.get(name)}):
                self._fault(item, _("The words of the source were changed in the file."))
        return len(self.found.faults) > before

    def _weigh(self, of: Wording) -> None:
        now = words_of(self.text) if self.text.pk else {}
        given = {name: value for name, value in self.said.items() if value}
        then = {**now, **given}
        unsure = {item.mark.field for item in self.items if not item.sure} & given.keys()
        unsure |= {name for name in self.said if name in now and name not in given}
        seen = digest(now) if now else ""
        if not given or (digest(then) == seen and unsure):
            self.found.untouched += 1
        elif digest(then) == seen:
            self._same(self._change(now, then, of))
        elif (seen[:SHORT] or NONE) != self.mark.seen:
            if digest(then)[:SHORT] == self.mark.seen:
                self.found.untouched += 1
            else:
                self.found.left.append(self._change(now, then, of, OVERTAKEN))
        elif unsure := unsure | {name for name in NEEDED if name not in then}:
            self.found.left.append(self._change(now, then, of, _unfinished(unsure)))
        else:
            self._write(self._change(now, then, of), given, of)

    def _change(self, now: Words, then: Words, of: Wording, reason: Any = "") -> Change:
        return Change(
            text=self.text,
            source=self.source,
            seen=digest(now) if now else "",
            of=of,
            cells={
                str(FIELD[name].verbose_name): list(
                    pieces(in_one(now.get(name)), in_one(then[name]))
                )
                for name in FIELDS
                if name in then and now.get(name) != then[name]
            },
            whole=of.words.keys() <= then.keys(),
            outdated=of.digest != digest(words_of(self.source)),
            reason=reason,
        )

    def _same(self, change: Change) -> None:
        """Words that need only somebody's word that they are right, or nothing."""
        made, of = change.text.made_from, change.of
        due = change.text.unread or made is None or (of and made.digest != of.digest)
        if change.whole and due:
            self.found.same.append(change)
        else:
            self.found.untouched += 1

    def _write(self, change: Change, given: Words, of: Wording) -> None:
        faults = len(self.found.faults)
        for item in self.items:
            name = item.mark.field
            for sentence in _faults(name, of.words.get(name), given.get(name)):
                self._fault(item, sentence)
        if len(self.found.faults) == faults:
            for name, value in given.items():
                setattr(self.text, name, value)
            (self.found.changed if self.text.pk else self.found.new).append(change)


def _value(name: str, words: str) -> Any:
    """What a file says, as the field keeps it."""
    if name == "documents":
        return [line.strip() for line in words.splitlines() if line.strip()]
    if name in ON_ONE_LINE:
        return " ".join(words.split())
    return words.replace("\r\n", "\n").strip()


def _faults(name: str, before: Any, after: Any) -> Iterator[str]:
    if not after:
        return
    longest = FIELD[name].max_length
    if longest and len(after) > longest:
        told = {"number": len(after), "longest": longest}
        yield _("%(number)s characters; at most %(longest)s") % told
    yield from tokens.faults(before, after)


def _unfinished(names: set[str]) -> str:
    labels = [str(FIELD[name].verbose_name) for name in FIELDS if name in names]
    return _("Not finished, without words or marked as fuzzy: %(fields)s.") % {
        "fields": ", ".join(labels)
    }
