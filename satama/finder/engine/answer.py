"""What the index found for a question, and whether any of it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .document import Hit
from .question import Question

# How well one of the first hits has to fit. Measured on questions that nobody had seen before, 360
# about our content and 300 about other things: docs/search-quality.md.
SURE, LOOKED_AT = 1.1, 3
BESIDE = 6  # first hits among which the others about the same thing are counted

Akin = Callable[[int, int], bool]


@dataclass(frozen=True)
class Answer:
    """Hits, best first, each key once; the question as the shelf of each language was asked it."""

    hits: list[Hit]
    asked: Mapping[str, Question]

    def confident(self, hits: Sequence[Hit], akin: Akin = lambda one, other: False) -> bool:
        """Whether one of the first of these fits well. `akin`: whether two keys are about the same
        thing; words that meet by chance lead to hits that have nothing to do with each other."""
        return any(
            self._fit(hit) * (1 + _company(hit, hits, akin)) >= SURE for hit in hits[:LOOKED_AT]
        )

    def _fit(self, hit: Hit) -> float:
        """A good score, with the rare words in it; much is shared by chance with a short one."""
        question = self.asked[hit.language]
        return hit.score * question.coverage(hit.key) * (1 + question.length) ** 0.5


def _company(hit: Hit, hits: Sequence[Hit], akin: Akin) -> float:
    """The share of the other first hits that are akin to one."""
    others = [other for other in hits[:BESIDE] if other is not hit]
    return sum(akin(hit.key, other.key) for other in others) / max(len(others), 1)
