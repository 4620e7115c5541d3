"""A question as it is put to one shelf: any of its words counts, and what all would score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import tantivy

from satama.finder.engine import analysis

from .shelf import Shelf

MOST_WORDS = 40
MOST_GRAMS = 150
MOST_CORRECTIONS = 8
SHORTEST_JOINED = 7
# Of a shelf this large only the likeliest documents are weighed in full. Measured: below, weighing
# all of them is quicker.
LARGE, CANDIDATES = 200_000, 300

# Weights beside the words of the text, which count 1. Measured: 4-grams mend endings, compounds
# and slips; more for the title makes one of its words outweigh the text.
KEYWORDS = 1.0
PARTS = 0.25
# How far a near word, or a part of a compound, shows that a document has the word.
OF_NEAR, OF_PART = 0.85, 0.4
GRAMS = 0.2
TITLE_GRAMS = 0.1

Translations = Mapping[str, Iterable[tuple[str, float]]]
# Clauses that show that a document has a word, each with how far it does.
Ways = list[tuple[float, tantivy.Query]]


class Question:
    """Clauses for one shelf. `mend`: replace words that it does not know by near ones.

    `ideal` is what all words and 4-grams together would score, so that shelves can be compared.
    """

    def __init__(
        self, shelf: Shelf, query: str, mend: bool, translations: Translations | None = None
    ) -> None:
        self._shelf = shelf
        self._mends_left = MOST_CORRECTIONS if mend else 0
        self._translations = translations
        self._rare: list[tuple[int, tantivy.Query]] = []
        self._words: list[tuple[float, Ways]] = []
        self._ways: dict[str, Ways] = {}
        self._credits: Ways = []
        self.clauses: list[tantivy.Query] = []
        self._named: list[str] = []
        self.ideal = 0.0
        for word, like in list((translations or {}).items())[:MOST_WORDS]:
            self._ask_translated(word, like)
        for word in list(dict.fromkeys(analysis.words(query, shelf.language)))[:MOST_WORDS]:
            self._ask_word(word)
        if not mend and not self.clauses:
            return  # another language, in which no word of the question means anything
        for gram in list(dict.fromkeys(analysis.grams(query)))[:MOST_GRAMS]:
            self._ask_gram(gram)
        if mend:
            for one, other in list(pairwise(analysis.tokens(query)))[:MOST_WORDS]:
                self._ask_joined(one, other)

    def best(self, limit: int, places: Iterable[int]) -> list[tuple[int, float]]:
        """Keys and scores. On a large shelf only the likeliest are weighed with all 4-grams."""
        if not self.clauses or not self.ideal:
            return []
        within = [self._shelf.among("r", places)] if places else []
        if self._shelf.size > LARGE:
            likely = [query for _, query in sorted(self._rare, key=lambda pair: pair[0])[:12]]
            found = self._shelf.best(_any(likely, within), CANDIDATES)
            within = [self._shelf.among("n", [key for key, _ in found])]
        hits = self._shelf.best(_any(self.clauses, within), limit)
        return [(key, score / self.ideal) for key, score in hits]

    @property
    def length(self) -> int:
        """How many words are asked for."""
        return len(self._words)

    def coverage(self, key: int) -> float:
        """The share of the question's words, by their rarity, that one document has."""
        within = [self._shelf.among("n", [key])]
        had = 0.0
        for rarity, ways in self._words:
            if ways:
                shares = [tantivy.Query.const_score_query(way, share) for share, way in ways]
                best = tantivy.Query.disjunction_max_query(shares)
                had += rarity * sum(s for _, s in self._shelf.best(_any([best], within), 1))
        whole = sum(rarity for rarity, _ in self._words)
        return had / whole if whole else 0.0

    def parts(self, key: int) -> list[tuple[str, float]]:
        """What each clause gives one document, for people who ask why."""
        within = [self._shelf.among("n", [key])]
        found = [self._shelf.best(_any([clause], within), 1) for clause in self.clauses]
        scored = zip(self._named, found, strict=True)
        return [(name, hits[0][1] / self.ideal) for name, hits in scored if hits and hits[0][1]]

    def _ask_word(self, word: str) -> None:
        seen = self._seen(word)
        if not seen and self._translations:
            return  # it was asked for as what it means
        self._credits = []
        if seen:
            self._add_word(word, seen)
        else:
            seen = self._ask_nearest(word)
            self._ask_parts(word)
        rarity = self._shelf.rarity(seen)
        self.ideal += rarity
        self._words.append((rarity, self._credits))
        self._ways[word] = self._credits

    def _ask_nearest(self, word: str) -> int:
        """What an unknown word may be a slip for; how often the commonest of that occurs."""
        if not self._mends_left:
            return 0
        self._mends_left -= 1
        near = self._shelf.near(word)
        for field, weight in (("w", 1.0), ("k", KEYWORDS)):
            terms = [self._shelf.term(field, known, weight * like) for known, like in near]
            self._add_any(f"near to {word} in {field}", terms, OF_NEAR)
        return max((self._seen(known) for known, _ in near), default=0)

    def _ask_parts(self, word: str) -> None:
        """A compound that no document has, by the words it is made of."""
        for part in analysis.parts(word, self, self._shelf.language):
            for field in ("w", "k"):
                self._add(
                    f"part {part} in {field}", self._shelf.term(field, part, PARTS), 0, OF_PART
                )

    def __contains__(self, word: object) -> bool:
        """Whether the shelf knows a word."""
        return isinstance(word, str) and bool(self._seen(word))

    def _ask_gram(self, gram: str) -> None:
        seen = self._shelf.seen("g", gram)
        if seen or not self._translations:  # a translated word shares no letters
            self.ideal += GRAMS * self._shelf.rarity(seen)
        if seen:
            self._add(f"letters {gram}", self._shelf.term("g", gram, GRAMS), seen)
        if self._shelf.seen("tg", gram):
            self._add(f"letters {gram} in the title", self._shelf.term("tg", gram, TITLE_GRAMS))

    def _ask_joined(self, one: str, other: str) -> None:
        """A compound that was typed apart ("vero kortti"): what has it, has both words."""
        self._credits = []
        for stem in analysis.words(one + other, self._shelf.language)[:1]:
            if seen := self._seen(stem):
                self._add_word(stem, seen)
            elif len(stem) >= SHORTEST_JOINED:
                self._ask_nearest(stem)
        for stem in analysis.words(f"{one} {other}", self._shelf.language):
            self._ways.get(stem, []).extend(self._credits)

    def _ask_translated(self, asked: str, like: Iterable[tuple[str, float]]) -> None:
        """A word of another language by what it was translated to, if the shelf has that."""
        known = [(word, likely) for word, likely in like if self._seen(word)]
        if not known and self._seen(asked):
            return  # a name that is the same here
        rarest = min((self._seen(word) for word, _ in known), default=0)
        rarity = self._shelf.rarity(rarest)
        self.ideal += rarity
        self._credits = []
        for field, weight in (("w", 1.0), ("k", KEYWORDS)):
            terms = [self._shelf.term(field, word, weight * likely) for word, likely in known]
            share = max((likely for _, likely in known), default=0.0)
            self._add_any(f"translated as {known[0][0] if known else ''} in {field}", terms, share)
        self._words.append((rarity, self._credits))

    def _seen(self, word: str) -> int:
        return max(self._shelf.seen("w", word), self._shelf.seen("k", word))

    def _add_word(self, word: str, seen: int) -> None:
        # A word counts five times a 4-gram: among the likeliest it comes first.
        self._add(f"word {word}", self._shelf.term("w", word), seen // 20, 1.0)
        self._add(f"keyword {word}", self._shelf.term("k", word, KEYWORDS), seen // 20, 1.0)

    def _add_any(self, what: str, terms: list[tantivy.Query], share: float) -> None:
        if terms:
            self._add(what, tantivy.Query.disjunction_max_query(terms), 0, share)

    def _add(
        self, what: str, clause: tantivy.Query, rare: int | None = None, share: float = 0.0
    ) -> None:
        """`share`: how far it shows that a document has the word that is being asked."""
        self.clauses.append(clause)
        self._named.append(what)
        if rare is not None:
            self._rare.append((rare, clause))
        if share:
            self._credits.append((share, clause))


def _any(clauses: Iterable[tantivy.Query], within: Iterable[tantivy.Query]) -> tantivy.Query:
    """Whatever fits best, within what is asked."""
    should = [(tantivy.Occur.Should, clause) for clause in clauses]
    if not (must := [(tantivy.Occur.Must, query) for query in within]):
        return tantivy.Query.boolean_query(should)
    either = (tantivy.Occur.Must, tantivy.Query.boolean_query(should))
    return tantivy.Query.boolean_query([either, *must])
