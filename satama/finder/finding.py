"""Ask the index, weigh what it found by what the question wants, and say how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

from satama.databank import shelf
from satama.databank.models import Entry
from satama.databank.reading import Reader

from . import library, ranking
from .catalogue import Catalogue, Item, catalogue

MOST = 200


@dataclass(frozen=True)
class Found:
    """An entry with its score, the language of the words that fit, and what weighed beside them."""

    entry: Entry
    score: float
    language: str
    weighed: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Findings:
    """Best first. Not confident: nothing fits well, a person knows more."""

    found: list[Found]
    confident: bool


def ask(reader: Reader, words: str, fitting: Mapping[int, Item]) -> Findings:
    """What of the fitting items answers the words."""
    answer = library.index().ask(words, language=reader.language, places=reader.lineage)
    hits = [hit for hit in answer.hits[:MOST] if hit.key in fitting]
    known = catalogue(reader)
    wants = ranking.asked(words, known.employer_words, known.towns)
    found = []
    for hit in hits:
        weighed = weigh(fitting[hit.key], wants, reader, known)
        score = hit.score * prod(weighed.values())
        found.append(Found(fitting[hit.key].entry, score, hit.language, weighed))
    found.sort(key=lambda one: (-one.score, one.entry.slug))
    return Findings(found, answer.confident(hits, lambda a, b: akin(fitting[a], fitting[b])))


def akin(one: Item, other: Item) -> bool:
    """Whether one is at home in a topic of the other."""
    return one.home in other.topics or other.home in one.topics


def weigh(
    item: Item, wants: ranking.Asked, reader: Reader, known: Catalogue
) -> Mapping[str, float]:
    entry = item.entry
    return ranking.factors(
        entry,
        wants,
        towns=item.municipalities,
        home=reader.region.slug if reader.region.slug in known.towns else "",
        ended=shelf.ended(entry, reader),
        open_now=wants.today and is_open(item, reader),
        on=reader.on,
    )


def is_open(item: Item, reader: Reader) -> bool:
    running = shelf.running(item.entry, reader)
    return running and item.is_open(reader)
