"""Long words that nobody wrote before, by the words in them: kausi + työntekijä."""

from __future__ import annotations

from collections.abc import Container

from .letters import normalise
from .stems import stem
from .terms import LONGEST_WORD

SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
LONGEST_PART = 20
# Between the parts: arbet-s-givare, Arbeit-s-platz. The Finnish -n- is an ending: stems lose it.
JOINTS = {"sv": ("s",), "de": ("s", "es", "n", "en"), "nb": ("s",), "da": ("s",)}


def parts(word: str, known: Container[str], language: str) -> list[str]:
    """The known stems that a long word is made of; none when more than half of it is unknown.

    The word is as written or a stem; ``known`` are stems. Linear in the length of the word.
    """
    word = normalise(word[: 2 * LONGEST_WORD])[:LONGEST_WORD]
    if len(word) < SHORTEST_COMPOUND or word in known:
        return []
    # For each place the best way to it: how much is unknown, in how many parts, and the parts.
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    joints = {0}  # a part begins where the word or the part before ends, or it ends the word
    for end in range(1, len(word) + 1):
        ways = [(best[-1][0] + 1, best[-1][1], best[-1][2])]
        for start in range(max(0, end - LONGEST_PART), end - SHORTEST_PART + 1):
            if start not in joints and end < len(word):
                continue
            unknown, count, found = best[start]
            part = _part(word, start, end, known, language)
            if part:
                ways.append((unknown, count + 1, (*found, part)))
                joints.add(end)
        best.append(min(ways))
    unknown, count, found = best[-1]
    return list(found) if 2 * unknown <= len(word) and count else []


def _part(word: str, start: int, end: int, known: Container[str], language: str) -> str:
    """The stem of a stretch, when it is known, with or without what joins it to the next."""
    piece = word[start:end]
    joints = ("", *JOINTS.get(language, ())) if end < len(word) else ("",)
    for joint in joints:
        bare = piece.removesuffix(joint)
        if len(bare) >= SHORTEST_PART and piece.endswith(joint):
            for candidate in (stem(bare, language), bare):
                if candidate in known:
                    return candidate
    return ""
