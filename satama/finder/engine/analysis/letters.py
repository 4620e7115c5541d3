"""One form for each letter: what is typed with other marks, keys or habits is the same letter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from . import arabic


def _characters(*categories: str) -> str:
    """The characters of these Unicode categories but the blanks, as ranges of a regular expression:
    one by one they are slow to compare."""
    every = (*range(0x10000), *range(0xE0000, 0xE0080))
    kept = {n for n in every if unicodedata.category(chr(n)) in categories and not chr(n).isspace()}
    first = sorted(n for n in kept if n - 1 not in kept)
    last = sorted(n for n in kept if n + 1 not in kept)
    return "".join(rf"\U{a:08x}-\U{b:08x}" for a, b in zip(first, last, strict=True))


WORD = re.compile(rf"(?:[^\W_]|[{_characters('Mn', 'Mc', 'Me')}])+")
_CYRILLIC_APOSTROPHE = re.compile("(?<=[\u0400-\u052f])['’ʼ`´](?=[\u0400-\u052f])")
_UNSEEN = re.compile(f"[{_characters('Cc', 'Cf', 'Cs')}]")

# Nepali is typed with either sign for a nasal vowel, and often without the dot below.
_ONE_FORM: dict[str, str] = (
    arabic.ONE_FORM
    | {"ё": "е", "ґ": "г", "ँ": "ं", "़": ""}
    | {chr(base + n): str(n) for base in (0x0660, 0x06F0, 0x0966) for n in range(10)}
)
_FOLDABLE = re.compile(f"[{''.join(_ONE_FORM)}]")
_PLAIN_LATIN = str.maketrans("ıøłđæœß", "ioldaos")


def normalise(text: str) -> str:
    """NFKC, lower case, no zero-width or control characters, single blanks."""
    text = _UNSEEN.sub("", arabic.JOINT.sub(" ", text))
    text = unicodedata.normalize("NFKC", text).lower().replace("i̇", "i")
    return " ".join(text.split())


def folded(text: str) -> str:
    """Normalised, with one form of each letter."""
    text = _CYRILLIC_APOSTROPHE.sub("", normalise(text))
    return _FOLDABLE.sub(lambda found: _ONE_FORM[found[0]], text)


def plain(text: str) -> str:
    """For comparing what is typed with what is known: normalised, folded, without accents."""
    return " ".join(plain_word(match) for match in WORD.findall(folded(text)))


@lru_cache(maxsize=20_000)
def plain_word(word: str) -> str:
    """The word without the accents of Latin letters, as a hurried or foreign hand types it."""
    if word.isascii() or script(word[0]) != "LATIN":
        return word
    parted = unicodedata.normalize("NFD", word)
    bare = "".join(c for c in parted if unicodedata.category(c) != "Mn")
    return bare.translate(_PLAIN_LATIN)


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters, by their Unicode names: ``{"LATIN", "ARABIC"}``."""
    return frozenset(script(letter) for letter in set(text) if letter.isalpha())


@cache
def script(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name."""
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
