"""Thai, Lao, Burmese, Khmer, kana and Han are written without blanks between words."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from .letters import folded
from .wordlists import listed

RUN = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+)")


def unspaced(text: str) -> bool:
    """Whether the text holds a script that is written without blanks."""
    return RUN.search(text) is not None


def bigrams(run: str) -> list[str]:
    """Each two neighbours, or the only character."""
    return [a + b for a, b in pairwise(run)] or [run]


def without_particles(text: str, language: str) -> str:
    """The text with blanks for its question words and particles, so that no bigram spans one."""
    particles = _particles(language)
    if particles is None:
        return text
    text = folded(text)
    return particles.sub(" ", text) if unspaced(text) else text


@cache
def _particles(language: str) -> re.Pattern[str] | None:
    longest_first = sorted((p for p in listed(language) if unspaced(p)), key=len, reverse=True)
    return (
        re.compile("|".join(map(re.escape, map(folded, longest_first)))) if longest_first else None
    )
