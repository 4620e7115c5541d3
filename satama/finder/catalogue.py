"""Everything a region shows on a day, held in memory for one content version: what search reads."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from satama.databank import facts, hours, shelf, version
from satama.databank.closures import known as closures
from satama.databank.models import Channel, Entry, Municipality, Topic
from satama.databank.reading import Reader

from .engine import analysis

KEPT = 6  # catalogues in one process: a few regions, today and the days that staff rehearse

_lock = threading.Lock()
_kept: OrderedDict[tuple[int, int, date], "Catalogue"] = OrderedDict()


@dataclass(frozen=True)
class Item:
    """An entry with what filters ask; the topic it is at home in, and all with those above."""

    entry: Entry
    home: str
    topics: frozenset[str]
    municipalities: frozenset[str]
    hours: tuple[tuple[Channel, str], ...]

    def is_open(self, reader: Reader) -> bool:
        """Any of its ways at this moment."""
        moment, country = reader.now(), reader.region.country
        return any(
            hours.now(said, moment, country, closures.spans(reader, channel)).open
            for channel, said in self.hours
        )


@dataclass
class Catalogue:
    items: dict[int, Item]
    topics: dict[int, Topic]
    facts: dict[str, facts.Shown]
    """Of cards; those that answers name are added when they are first shown."""
    towns: dict[str, frozenset[str]]
    """The names of each municipality, folded, by its slug."""

    @cached_property
    def employer_words(self) -> frozenset[str]:
        """Words that people use only of topics that are at home with employers."""
        homes: dict[int, set[bool]] = {}
        for item in self.items.values():
            for row in list(item.entry.topic_rows.all())[:1]:
                homes.setdefault(row.topic_id, set()).add(item.entry.audiences == ["employer"])
        theirs = {pk for pk, only in homes.items() if only == {True}}
        words = {pk: _words(topic) for pk, topic in self.topics.items()}
        others = frozenset[str]().union(*(words[pk] for pk in words.keys() - theirs))
        return frozenset[str]().union(*(words[pk] for pk in words.keys() & theirs)) - others


def _words(topic: Topic) -> frozenset[str]:
    phrases = [*topic.labels.values(), *(said for many in topic.synonyms.values() for said in many)]
    return frozenset(word for said in phrases for word in analysis.plain(said).split())


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
    places = Municipality.objects.filter(region_id__in=reader.lineage)
    towns = {town.slug: frozenset(map(analysis.plain, town.names.values())) for town in places}
    return Catalogue(items, topics, known, towns)


def _item(entry: Entry, topics: dict[int, Topic], known: dict[str, facts.Shown]) -> Item:
    own = [topics[row.topic_id] for row in entry.topic_rows.all() if row.topic_id in topics]
    above = [topics[topic.parent_id] for topic in own if topic.parent_id in topics]
    opening = (
        (channel, known[fact.key].value)
        for channel in entry.channels.all()
        if entry.kind not in shelf.ADVICE
        and (fact := shelf.hours_fact(channel))
        and fact.key in known
    )
    return Item(
        entry=entry,
        home=own[0].slug if own else "",
        topics=frozenset(topic.slug for topic in own + above),
        municipalities=frozenset(town.slug for town in entry.municipalities.all()),
        hours=tuple((channel, said) for channel, said in opening if said),
    )
