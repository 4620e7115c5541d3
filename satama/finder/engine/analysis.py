"""Text to search terms: pure functions, the same for what is indexed and for what is asked."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import Stemmer

WORD_LISTS = Path(__file__).parent / "words"
LONGEST_WORD = 40
GRAM = 4

SNOWBALL = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def _characters(*categories: str) -> str:
    """The characters of these Unicode categories but the blanks, for a regular expression."""
    every = map(chr, (*range(0x10000), *range(0xE0000, 0xE0080)))
    kept = [c for c in every if unicodedata.category(c) in categories and not c.isspace()]
    return re.escape("".join(kept))


_WORD = re.compile(rf"(?:[^\W_]|[{_characters('Mn', 'Mc', 'Me')}])+")
# Thai, Lao, Burmese, Khmer, kana and Han are written without blanks between words.
_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+)")
_ARABIC_JOINT = re.compile("(?<=[\u0600-\u06ff])\u200c(?=[\u0600-\u06ff])")
_CYRILLIC_APOSTROPHE = re.compile("(?<=[\u0400-\u052f])['’ʼ`´](?=[\u0400-\u052f])")
_UNSEEN = re.compile(f"[{_characters('Cc', 'Cf', 'Cs')}]")

# People leave out hamza, dots and marks, and keyboards differ: one form for each letter.
_ONE_FORM: dict[str, str] = (
    {**dict.fromkeys("أإآٱ", "ا"), "ة": "ه", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ک": "ك"}
    | {"ё": "е", "ґ": "г"}
    | dict.fromkeys(["ـ", "\u0670", *map(chr, range(0x064B, 0x0660))], "")
    | {chr(base + n): str(n) for base in (0x0660, 0x06F0, 0x0966) for n in range(10)}
)
_FOLDABLE = re.compile(f"[{''.join(_ONE_FORM)}]")
_PERSIAN = str.maketrans("يك", "یک")
_PLAIN_LATIN = str.maketrans("ıøłđæœß", "ioldaos")

# Consonant gradation and the endings that it hides; at least three letters stay.
_FINNISH_TAILS = [
    re.compile(tail)
    for tail in (
        "(.{3}[uy])(?:s|t|d|de|te|ks)$",
        "(.{3}i)[nsm]$",
        "(.{2}[^aeiouyäö])[aeiouyäö]+$",
        "(.{2}n)[tndkg]$",
        "(.{2}m)[pm]$",
        "(.{2}l)[tl]$",
        "(.{2}r)[tr]$",
        "(.{2}k)k$",
        "(.{2}p)p$",
        "(.{2}t)t$",
    )
]
_FINNISH_SOFT = str.maketrans("pt", "vd")


def normalise(text: str) -> str:
    """NFKC, lower case, no zero-width or control characters, single blanks."""
    text = _UNSEEN.sub("", _ARABIC_JOINT.sub(" ", text))
    text = unicodedata.normalize("NFKC", text).lower().replace("i̇", "i")
    return " ".join(text.split())


def tokens(text: str) -> list[str]:
    """The words as written, folded to one form of each letter; runs without blanks as bigrams."""
    found: list[str] = []
    for piece, is_run in _pieces(text):
        found += _bigrams(piece) if is_run else (piece[:LONGEST_WORD],)
    return found


def words(text: str, language: str) -> list[str]:
    """The stems of what carries meaning; of every word when there is nothing but stop words."""
    language = language.split("-")[0]
    every, stop_words = tokens(text), _stop_words(language)
    kept = [word for word in every if word not in stop_words] or every
    return [_stem(word, language) for word in kept]


def grams(text: str) -> list[str]:
    """Character 4-grams of each ``_word_`` without accents; bigrams of runs without blanks."""
    found: list[str] = []
    for piece, is_run in _pieces(text):
        found += _bigrams(piece) if is_run else _word_grams(piece)
    return found


def plain(text: str) -> str:
    """For comparing what is typed with what is known: normalised, folded, without accents."""
    return " ".join(_plain(match) for match in _WORD.findall(_folded(text)))


def unspaced(text: str) -> bool:
    """Whether the text holds a script that is written without blanks."""
    return _UNSPACED.search(text) is not None


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters, by their Unicode names: ``{"LATIN", "ARABIC"}``."""
    return frozenset(_script(letter) for letter in set(text) if letter.isalpha())


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
                    edits = distance(_plain(word), _plain(other), most)
                    if edits <= most:
                        found.append((other, 1 - max(edits, 0.5) / len(word)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _folded(text: str) -> str:
    text = _CYRILLIC_APOSTROPHE.sub("", normalise(text))
    return _FOLDABLE.sub(lambda found: _ONE_FORM[found[0]], text)


@lru_cache(maxsize=4)
def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Each word, or run of a script without blanks, and whether it is such a run."""
    folded = _folded(text)
    if not unspaced(folded):
        return tuple((word, False) for word in _WORD.findall(folded))
    return tuple(
        (piece, place % 2 == 1)
        for word in _WORD.findall(folded)
        for place, piece in enumerate(_UNSPACED.split(word))
        if piece
    )


def _bigrams(run: str) -> list[str]:
    return [a + b for a, b in pairwise(run)] or [run]


@lru_cache(maxsize=20_000)
def _word_grams(word: str) -> tuple[str, ...]:
    framed = f"_{_plain(word[:LONGEST_WORD])}_"
    return tuple(framed[i : i + GRAM] for i in range(max(1, len(framed) - GRAM + 1)))


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """The word without the accents of Latin letters, as a hurried or foreign hand types it."""
    if word.isascii() or _script(word[0]) != "LATIN":
        return word
    parted = unicodedata.normalize("NFD", word.translate(_PLAIN_LATIN))
    return "".join(c for c in parted if unicodedata.category(c) != "Mn")


def _letters(word: str) -> int:
    bits = 0
    for letter in _plain(word):
        bits |= 1 << ord(letter) % 61
    return bits


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]


@cache
def _listed(name: str) -> tuple[str, ...]:
    """The lines of a word list, or nothing where we have none of that name."""
    file = WORD_LISTS / f"{name}.txt"
    if not re.fullmatch("[a-z-]{2,12}", name) or not file.exists():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(token for line in _listed(language) for token in tokens(line))


_own = threading.local()  # Snowball's stemmers keep state: one set for each thread


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    if language == "uk":
        return _ukrainian(word)
    name = SNOWBALL.get(language)
    if name is None:
        return word
    stemmers: dict[str, Stemmer.Stemmer] = _own.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    if language == "fa":
        word = word.translate(_PERSIAN)
    stem: str = stemmers[name].stemWord(word) or word
    if language == "ar" and len(stem) > 3:
        return stem.removesuffix("ه")  # ta marbuta without dots: Snowball leaves it now and then
    return _finnish(stem) if language == "fi" else stem


def _ukrainian(word: str) -> str:
    """The longest ending off; three letters stay (no Snowball, and a dictionary costs 70 MB)."""
    if len(word) > 5 and word.endswith(("ся", "сь")):
        word = word[:-2]
    for ending in _listed("uk-endings"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("ьй")
    return word


def _finnish(stem: str) -> str:
    """Brings together what Snowball leaves apart: luva- and lupa, asunno- and asunto."""
    for tail in _FINNISH_TAILS:
        stem = tail.sub(r"\1", stem)
    return stem[:-1] + stem[-1:].translate(_FINNISH_SOFT)
