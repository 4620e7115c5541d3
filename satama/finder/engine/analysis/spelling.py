"""Words that a misspelt one may stand for."""

from __future__ import annotations

from collections.abc import Iterable

from .letters import plain_word


def distance(one: str, other: str, most: int) -> int:
    """Edits between two words, a swap of neighbours being one; ``most + 1`` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for col, b in enumerate(other, 1):
            now.append(min(last[col] + 1, now[-1] + 1, last[col - 1] + (a != b)))
            if row > 1 and col > 1 and a == other[col - 2] and one[row - 2] == b:
                now[-1] = min(now[-1], before[col - 2] + 1)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


class Vocabulary:
    """The words an index knows, to find those that a misspelt one may stand for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in sorted(set(known)):
            self._by_length.setdefault(len(word), []).append((_letters(word), word))

    def near(self, word: str, limit: int = 5) -> list[tuple[str, float]]:
        """The nearest known words with their weights ``1 - edits/length``, best first."""
        if len(word) < 4 or word.isdigit():
            return []
        most = 2 if len(word) >= 8 else 1
        letters = _letters(word)
        found = []
        for length in range(len(word) - most, len(word) + most + 1):
            for other_letters, other in self._by_length.get(length, ()):
                # One edit changes at most two of the letters that occur: most words end here.
                if (letters ^ other_letters).bit_count() <= 2 * most:
                    edits = distance(plain_word(word), plain_word(other), most)
                    if edits <= most:
                        found.append((other, 1 - max(edits, 0.5) / len(word)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _letters(word: str) -> int:
    bits = 0
    for letter in plain_word(word):
        bits |= 1 << ord(letter) % 61
    return bits
