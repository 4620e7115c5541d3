"""Words, tokens and 4-grams of a text."""

from __future__ import annotations

from functools import cache, lru_cache

from .letters import WORD, folded, plain_word
from .stems import stem
from .unspaced import RUN, bigrams, unspaced, without_particles
from .wordlists import listed

LONGEST_WORD = 40
GRAM = 4


def tokens(text: str) -> list[str]:
    """The words as written, folded to one form of each letter; runs without blanks as bigrams."""
    found: list[str] = []
    for piece, is_run in _pieces(text):
        found += bigrams(piece) if is_run else (piece[:LONGEST_WORD],)
    return found


def words(text: str, language: str) -> list[str]:
    """The stems of what carries meaning; of every word when there is nothing but stop words."""
    language = language.split("-")[0]
    every, stop_words = tokens(without_particles(text, language)), _stop_words(language)
    kept = [word for word in every if word not in stop_words] or every or tokens(text)
    return [stem(word, language) for word in kept]


def grams(text: str) -> list[str]:
    """Character 4-grams of each ``_word_`` without accents; bigrams of runs without blanks."""
    found: list[str] = []
    for piece, is_run in _pieces(text):
        found += bigrams(piece) if is_run else _word_grams(piece)
    return found


@lru_cache(maxsize=4)
def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Each word, or run of a script without blanks, and whether it is such a run."""
    one_form = folded(text)
    if not unspaced(one_form):
        return tuple((word, False) for word in WORD.findall(one_form))
    return tuple(
        (piece, place % 2 == 1)
        for word in WORD.findall(one_form)
        for place, piece in enumerate(RUN.split(word))
        if piece
    )


@lru_cache(maxsize=20_000)
def _word_grams(word: str) -> tuple[str, ...]:
    framed = f"_{plain_word(word[:LONGEST_WORD])}_"
    return tuple(framed[i : i + GRAM] for i in range(max(1, len(framed) - GRAM + 1)))


@cache
def _stop_words(language: str) -> frozenset[str]:
    spaced = [line for line in listed(language) if not unspaced(line)]
    said = {token for line in spaced for token in tokens(line)}
    return frozenset(said | {plain_word(token) for token in said})
