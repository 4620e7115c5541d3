"""The one door to tantivy: what is indexed, how it is asked, how answers are ranked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import tantivy

from satama.finder.engine import analysis

LONGEST_QUERY = 300
MOST_WORDS = 40
MOST_CORRECTIONS = 8
MOST_HITS = 200
SHORTEST_JOINED = 7

# Weights beside the words of the text, which count 1. Measured: 4-grams mend endings, compounds
# and slips; more for the title makes one of its words outweigh the text.
KEYWORDS = 1.0
GRAMS = 0.2
TITLE_GRAMS = 0.1
# At equal fit the reader's own language wins.
OTHER_LANGUAGE = 0.85
# Below these a hit shares no more than an ending or a common word with the question.
WEAK = 0.1
WEAK_BESIDE_BEST = 0.3


@dataclass(frozen=True)
class Document:
    """An entry's words in one language; keywords: one phrase a line, said twice to count more."""

    key: int
    language: str
    title: str
    body: str
    keywords: str = ""


@dataclass(frozen=True)
class Hit:
    """An entry found; the score is about 1 where all of the question is in it, 0 for nothing."""

    key: int
    score: float
    language: str


class Index:
    """Built once from documents, kept in memory, then read from any number of threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        by_language: dict[str, list[Document]] = {}
        for document in documents:
            by_language.setdefault(_primary(document.language), []).append(document)
        self._shelves = {name: Shelf(name, these) for name, these in by_language.items()}

    def search(self, query: str, *, language: str, limit: int = 50) -> list[Hit]:
        """Best first, each key once, with the language of its best document."""
        query = _capped(query)
        best: dict[int, Hit] = {}
        for shelf in self._shelves_for(query, language):
            own = shelf.language == _primary(language)
            for hit in shelf.find(query, mend=own, weight=1 if own else OTHER_LANGUAGE):
                if hit.key not in best or hit.score > best[hit.key].score:
                    best[hit.key] = hit
        hits = sorted(best.values(), key=lambda hit: (-hit.score, hit.key))
        return _without_weak(hits)[: max(limit, 0)]

    def suggest(self, prefix: str, *, language: str, limit: int = 6) -> list[str]:
        """Titles and keywords that go on from what is typed, the reader's own language first."""
        typed = analysis.plain(_capped(prefix))
        found: dict[str, str] = {}
        for shelf in self._shelves_for(typed, language) if typed else ():
            for phrase in shelf.phrases_with(typed):
                found.setdefault(analysis.plain(phrase), phrase)
            if len(found) >= limit:
                break
        return list(found.values())[: max(limit, 0)]

    def _shelves_for(self, text: str, language: str) -> list[Shelf]:
        own, scripts = _primary(language), analysis.scripts(text)
        fit = [s for s in self._shelves.values() if s.language == own or s.scripts & scripts]
        return sorted(fit, key=lambda s: (s.language != own, s.language))


class Shelf:
    """The documents of one language: how rare a word is, is never mixed across languages."""

    def __init__(self, language: str, documents: list[Document]) -> None:
        self.language = language
        self.scripts = _main_scripts(documents)
        self._found = [(document.key, document.language) for document in documents]
        self._phrases = _phrases(documents)
        self._schema = _schema()
        known: set[str] = set()
        store = tantivy.Index(self._schema)
        writer = store.writer(15_000_000, 1)
        for number, document in enumerate(documents):
            fields = _fields(document)
            known.update(fields["w"], fields["k"])
            writer.add_document(_stored(number, fields))
        writer.commit()
        writer.wait_merging_threads()
        store.reload()
        self._searcher = store.searcher()
        self._vocabulary = analysis.Vocabulary(known)

    def find(self, query: str, *, mend: bool, weight: float) -> list[Hit]:
        """Documents with their fit times weight; ``mend`` replaces words that none here has."""
        question = Question(self, query, mend)
        if not question.clauses:
            return []
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, c) for c in question.clauses])
        weight /= question.ideal
        hits = []
        for score, address in self._searcher.search(asked, MOST_HITS, count=False).hits:
            key, language = self._found[self._searcher.doc(address)["n"][0]]
            hits.append(Hit(key, score * weight, language))
        return hits

    def phrases_with(self, typed: str) -> list[str]:
        """Phrases that begin with what is typed, then those where each typed word begins one."""
        parts = typed.split()
        spaced = not analysis.unspaced(typed)
        found = [
            (not plain.startswith(typed), -count, len(phrase), phrase)
            for plain, phrase, count in self._phrases
            if (all(f" {p}" in f" {plain}" for p in parts) if spaced else typed in plain)
        ]
        return [phrase for *_, phrase in sorted(found)]

    def near(self, word: str) -> list[tuple[str, float]]:
        """Known words that an unknown one may be a slip for."""
        return self._vocabulary.near(word)

    def seen(self, field: str, term: str) -> int:
        """In how many documents the term occurs."""
        return self._searcher.doc_freq(field, term)

    def rarity(self, seen: int) -> float:
        """The inverse document frequency that tantivy uses, in nats."""
        return math.log(1 + (len(self._found) - seen + 0.5) / (seen + 0.5))

    def term(self, field: str, text: str, weight: float) -> tantivy.Query:
        """One term in one field, weighted."""
        term = tantivy.Query.term_query(self._schema, field, text, index_option="freq")
        return tantivy.Query.boost_query(term, weight)


class Question:
    """A query put to one shelf: any term counts; ``ideal`` is what all together would score."""

    def __init__(self, shelf: Shelf, query: str, mend: bool) -> None:
        self._shelf = shelf
        self._mends_left = MOST_CORRECTIONS if mend else 0
        self.clauses: list[tantivy.Query] = []
        self.ideal = 0.0
        for word in list(dict.fromkeys(analysis.words(query, shelf.language)))[:MOST_WORDS]:
            self._ask_word(word)
        for gram in dict.fromkeys(analysis.grams(query)):
            self._ask_gram(gram)
        if mend:
            for one, other in list(pairwise(analysis.tokens(query)))[:MOST_WORDS]:
                self._ask_joined(one + other)

    def _ask_word(self, word: str) -> None:
        seen = max(self._shelf.seen("w", word), self._shelf.seen("k", word))
        self.ideal += self._shelf.rarity(seen)
        if seen:
            self.clauses += self._in_both(word, 1.0)
        elif self._mends_left:
            self._mends_left -= 1
            self._ask_nearest(word)

    def _ask_nearest(self, word: str) -> None:
        near = self._shelf.near(word)
        for field, weight in (("w", 1.0), ("k", KEYWORDS)):
            terms = [self._shelf.term(field, known, weight * like) for known, like in near]
            if terms:
                self.clauses.append(tantivy.Query.disjunction_max_query(terms))

    def _ask_gram(self, gram: str) -> None:
        seen = self._shelf.seen("g", gram)
        self.ideal += GRAMS * self._shelf.rarity(seen)
        if seen:
            self.clauses.append(self._shelf.term("g", gram, GRAMS))
        if self._shelf.seen("tg", gram):
            self.clauses.append(self._shelf.term("tg", gram, TITLE_GRAMS))

    def _ask_joined(self, word: str) -> None:
        """A compound that was typed apart ("vero kortti")."""
        for stem in analysis.words(word, self._shelf.language)[:1]:
            if self._shelf.seen("w", stem) or self._shelf.seen("k", stem):
                self.clauses += self._in_both(stem, 1.0)
            elif self._mends_left and len(stem) >= SHORTEST_JOINED:
                self._mends_left -= 1
                self._ask_nearest(stem)

    def _in_both(self, word: str, weight: float) -> list[tantivy.Query]:
        return [
            self._shelf.term("w", word, weight),
            self._shelf.term("k", word, weight * KEYWORDS),
        ]


def _primary(language: str) -> str:
    """zh-Hans and zh-hant are read together; a hit keeps the code of its document."""
    return language.replace("_", "-").split("-")[0].lower()


def _capped(query: str) -> str:
    return analysis.normalise(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]


def _without_weak(hits: list[Hit]) -> list[Hit]:
    floor = max(WEAK, WEAK_BESIDE_BEST * hits[0].score) if hits else 0.0
    return [hit for hit in hits if hit.score >= floor]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", stored=True)
    for field in ("w", "k", "g", "tg"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _fields(document: Document) -> dict[str, list[str]]:
    """w: words of title (twice) and body; k: of keywords; g: 4-grams of all; tg: of the title."""
    language = _primary(document.language)
    text = f"{document.title}\n{document.title}\n{document.body}"
    return {
        "w": analysis.words(text, language),
        "k": analysis.words(document.keywords, language),
        "g": analysis.grams(text) + analysis.grams(document.keywords),
        "tg": analysis.grams(document.title),
    }


def _stored(number: int, fields: dict[str, list[str]]) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_unsigned("n", number)
    for field, terms in fields.items():
        stored.add_text(field, " ".join(terms))
    return stored


def _phrases(documents: list[Document]) -> list[tuple[str, str, int]]:
    """Each title and keyword once: as compared, as shown, and how many documents have it."""
    shown: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for document in documents:
        lines = {document.title, *re.split(r"[\n,;،、]", document.keywords)}
        for phrase in sorted(" ".join(line.split()) for line in lines):
            if plain := analysis.plain(phrase):
                shown.setdefault(plain, phrase.encode(errors="ignore").decode())
                counts[plain] += 1
    return [(plain, phrase, counts[plain]) for plain, phrase in shown.items()]


def _main_scripts(documents: list[Document]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(analysis.scripts(f"{document.title} {document.keywords}"[:500]))
    return frozenset(script for script, n in counts.items() if n * 4 >= len(documents))
