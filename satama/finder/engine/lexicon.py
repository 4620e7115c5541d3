"""A lexicon learnt from translations: which words of one language stand for those of another.

IBM model 1 (Brown et al., 1993) over lines that were translated one by one. No outside data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

Line = tuple[Sequence[str], Sequence[str]]
ROUNDS = 5
LONGEST = 40  # words of a line
MOST = 5  # translations of a word that are kept
LIKELY = 0.08


class Lexicon:
    """Translations by pair of languages: {(from, to): {word: [(word, likelihood)]}}."""

    def __init__(self) -> None:
        self.pairs: dict[tuple[str, str], dict[str, list[tuple[str, float]]]] = {}

    def knows(self, language: str, other: str) -> bool:
        return (language, other) in self.pairs

    def learn(self, language: str, other: str, lines: Iterable[Line]) -> None:
        """Forget what was known of this pair, and learn it from aligned lines of stems."""
        self.pairs[language, other] = model(list(lines))

    def told(self) -> dict[str, dict[str, list[tuple[str, float]]]]:
        """For a file: the pairs as one text each."""
        return {" ".join(pair): known for pair, known in self.pairs.items()}

    def recall(self, told: dict[str, dict[str, list[tuple[str, float]]]]) -> None:
        """What `told` gave."""
        for pair, known in told.items():
            language, other = pair.split(" ")
            self.pairs[language, other] = known

    def translate(
        self, words: Iterable[str], language: str, other: str
    ) -> dict[str, list[tuple[str, float]]]:
        """What each of the words may be in the other language; nothing when nothing was learnt."""
        known = self.pairs.get((language, other))
        return {word: known.get(word, []) for word in words} if known else {}


def aligned(
    one: Mapping[int, Sequence[str]], other: Mapping[int, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """What stands for what in two languages: all lines where they are as many, else the first two
    (title and summary)."""
    for key in one.keys() & other.keys():
        most = None if len(one[key]) == len(other[key]) else 2
        yield from zip(one[key][:most], other[key][:most], strict=False)


def model(lines: list[Line]) -> dict[str, list[tuple[str, float]]]:
    """For each word the likeliest translations: five rounds of expectation and maximisation."""
    kept = [(set(a[:LONGEST]), set(b[:LONGEST])) for a, b in lines if a and b]
    likelihood: dict[str, dict[str, float]] = defaultdict(dict)
    for sources, targets in kept:
        for source in sources:
            likelihood[source].update(dict.fromkeys(targets, 1.0))
    for _ in range(ROUNDS):
        likelihood = _maximised(kept, likelihood)
    best = {
        word: sorted(known.items(), key=lambda pair: -pair[1])[:MOST]
        for word, known in likelihood.items()
    }
    return {word: [p for p in pairs if p[1] >= LIKELY] for word, pairs in best.items()}


def _maximised(
    lines: list[tuple[set[str], set[str]]], before: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """One round: share each target among the sources of its line, then normalise by source."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sources, targets in lines:
        for target in targets:
            shares = [(source, before[source][target]) for source in sources]
            whole = sum(share for _, share in shares)
            for source, share in shares:
                counts[source][target] += share / whole
    for known in counts.values():
        whole = sum(known.values())
        for target in known:
            known[target] /= whole
    return counts
