"""The words of an entry that answer a question, and answers in an order that helps. No database."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TypeVar

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from satama.base import languages
from satama.base.html import PLACEHOLDER
from satama.databank import facts
from satama.databank.models import Text
from satama.databank.reading import Reader

from .engine import analysis
from .engine.lines import LONGEST, Line, lines_of, plain, words_in
from .engine.phrases import WORD

SHORT = 40  # characters of a price
# A word that the title says, and one that only the heading above a line says, count less.
TITLE = 0.3
HEADING = 0.5
# A written word is like an asked one of five letters or more when it has this share of its
# 4-grams: endings and compounds. Shorter ones meet by chance ("rent" is in "parent").
ALIKE = 0.6
LETTERS_ALIKE = 5
# A passage says clearly more than the summary, much of what the entry has of the question, and
# with the title half of the question's words.
BETTER = 1.2
ENOUGH = 0.35
COVERED = 0.5
# Titles that share this much of their words are near-copies.
COPY = 0.8

# In a sentence of another direction, numbers and addresses keep theirs.
LEFT_TO_RIGHT, AS_IT_BEGINS, END = "\u2066", "\u2068", "\u2069"
ISOLATED = dict.fromkeys(("phone", "email", "url"), LEFT_TO_RIGHT) | {"text": AS_IT_BEGINS}

T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """Some words of a passage; a hit is what was asked for."""

    text: str
    hit: bool = False


class Question:
    """What is asked, as words of one language; knows how well any written word fits."""

    def __init__(self, query: str, language: str) -> None:
        self.language = language
        meant = set(analysis.words(query, language))
        self.terms = {
            stem: frozenset(analysis.grams(token))
            for token in analysis.tokens(query)
            for stem in analysis.words(token, language)
            if stem in meant
        }
        self._grams = frozenset[str]().union(*self.terms.values())
        self._seen: set[str] = set()
        self._hits: dict[str, dict[str, float]] = {}

    def fits(self, written: frozenset[str]) -> dict[str, float]:
        """The asked words that are among the written ones, each with how well (up to 1)."""
        for word in written - self._seen:
            if hits := self._fit(word):
                self._hits[word] = hits
        self._seen |= written
        best: dict[str, float] = {}
        for word in written & self._hits.keys():
            for term, fit in self._hits[word].items():
                best[term] = max(fit, best.get(term, 0))
        return best

    def _fit(self, word: str) -> dict[str, float]:
        stems, grams = _known(word, self.language)
        found = {stem: 1.0 for stem in stems if stem in self.terms}
        if found or grams.isdisjoint(self._grams):
            return found
        shares = {
            term: len(own & grams) / len(own)
            for term, own in self.terms.items()
            if len(own) >= LETTERS_ALIKE - 1
        }
        return {term: share for term, share in shares.items() if share >= ALIKE}


@dataclass(frozen=True)
class PlainFacts:
    """Gives the value of a fact as `facts.html` does, in plain words of a text's language."""

    known: dict[str, facts.Shown]
    language: str
    reader: Reader

    def __call__(self, key: str) -> str:
        if key not in self.known:
            return ""
        fact = self.known[key]
        with translation.override(languages.plain(self.language)):
            shown = facts.html(
                fact, self.language, [self.language, *self.reader.order], self.reader.on
            )
        begin = ISOLATED.get(fact.type, "") if fact.value is not None else AS_IT_BEGINS
        return f"{begin}{unescape(strip_tags(shown))}{END if begin else ''}"


def best(text: Text, question: Question) -> str:
    """The line of an entry's words that answers best, with the names of facts in it; nothing when
    the summary does as well."""
    if not question.terms:
        return ""
    lines = [line for part in _parts(text) for line in part]
    fits = [_fits_of(line, question) for line in lines]
    summary = question.fits(words_in(text.summary))
    rarity = _rarity([summary, *fits])
    said = question.fits(words_in(text.title))
    weights = {term: rare * (TITLE if term in said else 1) for term, rare in rarity.items()}

    def worth(found: dict[str, float]) -> float:
        return sum(weights[term] * fit for term, fit in found.items())

    top, answer = max(BETTER * worth(summary), ENOUGH * sum(rarity.values())), ""
    for line, found in zip(lines, fits, strict=True):
        covered = len(found.keys() | said.keys())
        if (score := worth(found)) > top and covered >= COVERED * len(question.terms):
            top, answer = score, line.text
    return answer


def _fits_of(line: Line, question: Question) -> dict[str, float]:
    """How well a line fits, by its own words and by its heading's."""
    found = question.fits(line.words)
    for term, fit in question.fits(line.heading).items():
        found[term] = max(HEADING * fit, found.get(term, 0))
    return found


def marked(line: str, question: Question, value_of: Callable[[str], str]) -> list[Piece]:
    """The line as it is shown: facts filled in, at most 200 characters, what was asked marked."""
    text = _filled(line, value_of)
    hits = list(_hits(text, question))
    begin, end = _window(text, hits[0][0] if hits else 0)
    pieces = [Piece("… ")] if begin else []
    at = begin
    for first, last in hits:
        if begin <= first and last <= end:
            pieces += [Piece(text[at:first]), Piece(text[first:last], hit=True)]
            at = last
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return [piece for piece in pieces if piece.text]


def short(markdown: str, value_of: Callable[[str], str]) -> str:
    """What is said in a few words, facts filled in; nothing when it takes more."""
    if len(markdown) > 2 * SHORT:
        return ""
    said = _filled(plain(markdown), value_of)
    return said if len(said) <= SHORT else ""


def apart(found: list[T], copies: Callable[[T, T], bool], first: int = 5) -> list[T]:
    """Near-copies are not right after each other in the first places: the later one comes below."""
    top: list[T] = []
    moved: list[T] = []
    for number, one in enumerate(found):
        if len(top) == first:
            return top + moved + found[number:]
        (moved if top and copies(top[-1], one) else top).append(one)
    return top + moved


def nearly_same(one: str, other: str, language: str) -> bool:
    """Whether two titles have nearly the same words."""
    first, second = set(analysis.words(one, language)), set(analysis.words(other, language))
    return len(first & second) >= COPY * len(first | second) > 0


def _filled(words: str, value_of: Callable[[str], str]) -> str:
    return " ".join(PLACEHOLDER.sub(lambda m: value_of(m[1]), words).split())


def _parts(text: Text) -> Iterator[tuple[Line, ...]]:
    """What may be quoted of a text, in the order of its page."""
    yield lines_of(text.eligibility)
    yield lines_of(text.fees, _("Cost"))
    if text.documents:
        yield lines_of(f"{_('Bring')}: {' · '.join(text.documents)}")
    yield lines_of(text.application)
    yield lines_of(text.body)


@lru_cache(maxsize=10_000)
def _known(word: str, language: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """A written word's stems (several where a script has no blanks) and 4-grams."""
    return tuple(analysis.words(word, language)), frozenset(analysis.grams(word))


def _rarity(lines: list[dict[str, float]]) -> dict[str, float]:
    """How much a word tells one line from the others (inverse document frequency)."""
    seen = Counter(term for fits in lines for term in fits)
    return {term: math.log(1 + (len(lines) - n + 0.5) / (n + 0.5)) for term, n in seen.items()}


def _hits(text: str, question: Question) -> Iterator[tuple[int, int]]:
    """Where words that were asked for begin and end."""
    for found in WORD.finditer(text):
        word = found[0]
        if not analysis.unspaced(word):
            if question.fits(frozenset([analysis.normalise(word)])):
                yield found.span()
            continue
        pairs = [i for i in range(len(word) - 1) if word[i : i + 2].lower() in question.terms]
        inside = {i for pair in pairs for i in (pair, pair + 1)}
        yield from _runs(word, inside, found.start())


def _runs(word: str, inside: set[int], start: int) -> Iterator[tuple[int, int]]:
    """The runs of marked characters; a vowel sign is never parted from its letter."""
    begin = None
    for i, letter in enumerate([*word, ""]):
        on = bool(letter) and (
            i in inside or (begin is not None and unicodedata.category(letter) in ("Mn", "Mc"))
        )
        if on and begin is None:
            begin = i
        elif not on and begin is not None:
            yield start + begin, start + i
            begin = None


def _window(text: str, hit: int) -> tuple[int, int]:
    """The part to show: all, or at most 200 characters around a place, between words."""
    if len(text) <= LONGEST:
        return 0, len(text)
    room = LONGEST - 4  # for the dots
    begin = 0
    if hit > room * 3 // 4:
        near = text.find(" ", hit - room // 4, hit)
        begin = (near if near >= 0 else text.rfind(" ", 0, hit)) + 1
    if len(text) - begin <= room:
        return begin, len(text)
    end = text.rfind(" ", begin + 1, begin + room + 1)
    return begin, end if end > begin else (text + " ").find(" ", begin)
