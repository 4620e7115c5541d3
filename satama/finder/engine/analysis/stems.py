"""The stem of a word, by the family of its language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .arabic import arabic, persian
from .finnish import finnish
from .letters import plain_word
from .slavic import ukrainian
from .snowball import ALGORITHMS, snowball
from .somali import somali
from .swedish import swedish

FAMILIES: dict[str, Callable[[str], str]] = {
    "ar": arabic,
    "fa": persian,
    "fi": finnish,
    "so": somali,
    "sv": swedish,
    "uk": ukrainian,
    "vi": plain_word,  # its accents are often left out, and each word would be another
}


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What forms of one word share; the word itself in a language that we know nothing of."""
    family = FAMILIES.get(language)
    if family is not None:
        return family(word) or word
    algorithm = ALGORITHMS.get(language)
    return snowball(word, algorithm) if algorithm else word
