"""Everything a region shows on a day, held in memory for one content version: what search reads."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from satama.base.html import ENTRY_LINK, PLACEHOLDER
from satama.databank import facts, hours, shelf, version
from satama.databank.models import Entry, Text, Topic
from satama.databank.reading import Reader

from .engine.index import Document, Index

KEPT = 6  # catalogues in one process: a few regions, today and the days that staff rehearse

_lock = threading.Lock()
_kept: OrderedDict[tuple[int, int, date], "Catalogue"] = OrderedDict()


@dataclass(frozen=True)
class Item:
    """An entry with what filters ask."""

    entry: Entry
    topics: frozenset[str]
    municipalities: frozenset[str]
    hours: tuple[str, ...]

    def open_at(self, moment: datetime, country: str) -> bool:
        return any(hours.now(expression, moment, country).open for expression in self.hours)


@dataclass
class Catalogue:
    items: dict[int, Item]
    topics: dict[int, Topic]
    facts: dict[str, facts.Shown]
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def index(self) -> Index:
        with self._guard:
            return Index(self.documents())

    def documents(self) -> Iterator[Document]:
        """One for each entry and language that it, or what people call its topics, speaks."""
        for item in self.items.values():
            texts = {text.language: text for text in item.entry.texts.all()}
            keywords = self.keywords(item.entry)
            for language in texts.keys() | keywords.keys():
                text = texts.get(language)
                yield Document(
                    key=item.entry.pk,
                    language=language,
                    title=text.title if text else "",
                    body=_plain(text) if text else "",
                    keywords="\n".join(keywords.get(language, [])),
                )

    def keywords(self, entry: Entry) -> dict[str, list[str]]:
        """Labels and everyday words of the entry's topics, those of its home twice, by language."""
        found: dict[str, list[str]] = {}
        rows = list(entry.topic_rows.all())
        for row in rows[:1] + rows:
            topic = self.topics[row.topic_id]
            for language, label in topic.labels.items():
                found.setdefault(language, []).append(label)
            for language, phrases in topic.synonyms.items():
                found.setdefault(language, []).extend(phrases)
        for names in [entry.organisation.names] if entry.organisation else []:
            for language, name in names.items():
                found.setdefault(language, []).append(name)
        return found


def _plain(text: Text) -> str:
    """A text's words without its marks and facts."""
    joined = "\n".join(
        [text.summary, text.eligibility, text.application, *text.documents, text.body]
    )
    return PLACEHOLDER.sub(" ", ENTRY_LINK.sub(r"\1", joined)).replace("#", " ").replace("*", " ")


def catalogue(reader: Reader) -> Catalogue:
    """The catalogue of the reader's region and day, made when the content changed."""
    key = (version.current(), reader.region.pk, reader.on)
    with _lock:
        if key not in _kept:
            _kept[key] = _made(reader)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return _kept[key]


def _made(reader: Reader) -> Catalogue:
    topics = shelf.topics(reader)
    found = list(
        shelf.with_heads(shelf.entries(reader))
        .prefetch_related(None)
        .prefetch_related("texts", shelf.DOORS, "topic_rows", "municipalities")
    )
    known = shelf.known_facts(reader, shelf.card_facts(found))
    items = {entry.pk: _item(entry, topics, known) for entry in found}
    return Catalogue(items, topics, known)


def _item(entry: Entry, topics: dict[int, Topic], known: dict[str, facts.Shown]) -> Item:
    own = [topics[row.topic_id] for row in entry.topic_rows.all() if row.topic_id in topics]
    above = [topics[topic.parent_id] for topic in own if topic.parent_id in topics]
    expressions = [
        known[fact.key].value
        for channel in entry.channels.all()
        if entry.kind not in shelf.ADVICE
        and (fact := shelf.hours_fact(channel))
        and fact.key in known
    ]
    return Item(
        entry=entry,
        topics=frozenset(topic.slug for topic in own + above),
        municipalities=frozenset(town.slug for town in entry.municipalities.all()),
        hours=tuple(expression for expression in expressions if expression),
    )
