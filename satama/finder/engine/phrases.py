"""What people call things in one language: mends words by it, and tells what a question is near."""

from __future__ import annotations

import math
import re
from collections import Counter

from satama.finder.engine import analysis

# A word as it is written, with its signs and apostrophes.
WORD = re.compile(r"[^\s\-–—/.,;:!?¿¡…()\[\]{}«»\"“”„<>|·،؛؟、。！？।\u2066-\u2069]+")


class Spoken:
    """What people call things here in one language: the phrases of topics, and every word."""

    def __init__(self, language: str, topics: dict[int, list[str]], titles: list[str]) -> None:
        self.language = language
        self.topics = {
            pk: [frozenset(analysis.words(phrase, language)) for phrase in phrases]
            for pk, phrases in topics.items()
        }
        self._seen = Counter(
            stem for phrases in self.topics.values() for stem in frozenset().union(*phrases)
        )
        phrases = [*titles, *(phrase for named in topics.values() for phrase in named)]
        self._written: dict[str, str] = {}
        for word in WORD.findall(analysis.normalise(" ".join(phrases))):
            if len(tokens := analysis.tokens(word)) == 1:
                self._written[tokens[0]] = word
        self._stems = {stem for word in self._written for stem in analysis.words(word, language)}
        self._vocabulary = analysis.Vocabulary(self._written)

    def knows(self, word: str, meant: set[str]) -> bool:
        """Whether it has a form of the word, or passes over it in a question."""
        stems = set(analysis.words(word, self.language))
        return stems <= self._stems or not stems <= meant

    def nearest(self, word: str) -> str:
        """The word here that may have been meant, as it is written."""
        return next((self._written[near] for near, _ in self._vocabulary.near(word)), "")

    def nearness(self, topic: int, asked: set[str]) -> float:
        """How much the question shares with what a topic is called; rare words tell more."""
        return max(
            (
                sum(math.log(1 + len(self.topics) / self._seen[stem]) for stem in shared)
                * (len(shared) / len(phrase))
                for phrase in self.topics[topic]
                if (shared := phrase & asked)
            ),
            default=0.0,
        )
