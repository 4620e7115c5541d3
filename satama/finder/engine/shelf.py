"""A shelf: the documents of one language, in memory or in a folder. The one door to tantivy."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import tantivy

from satama.finder.engine import analysis

from .document import Document, merged

HEAP = 15_000_000  # bytes that a writer gathers before it writes, the least that tantivy takes
SMALL = 20_000  # documents, up to which all known words are held for spelling
PHRASES = 60  # of one document that can be suggested
ROTATIONS = 6  # words of a phrase from which typing may begin
APART = "\x1f"  # between a phrase as compared and as shown


class Shelf:
    """Words of the documents (`w`), of their keywords (`k`), 4-grams of all (`g`) and of the title
    (`tg`); phrases to suggest (`p`); the key (`n`), place (`r`) and digest (`d`)."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._schema = _schema()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._store = tantivy.Index(self._schema, str(folder) if folder else None)
        self.reload()

    def reload(self) -> None:
        """See what was committed since, also by another process."""
        self._store.reload()
        self._searcher = self._store.searcher()
        self.size = self._searcher.num_docs
        self.__dict__.pop("scripts", None)
        self._words_like = lru_cache(maxsize=64)(self._vocabulary)

    def replace(self, keys: Iterable[int], documents: Iterable[Document]) -> int:
        """Put documents in the place of all that these keys had; how many changed."""
        new = merged(documents)
        old = self._digests(keys) if self.size else {}
        gone = [key for key, digest in old.items() if key not in new]
        changed = [doc for key, doc in new.items() if old.get(key) != doc.digest()]
        if not gone and not changed:
            return 0
        writer = self._store.writer(HEAP, 1)
        if out := [*gone, *(doc.key for doc in changed if doc.key in old)]:
            writer.delete_documents_by_query(self.among("n", out))
        for document in changed:
            writer.add_document(_stored(document, self.language))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()
        return len(gone) + len(changed)

    def best(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        """Keys and scores of what fits, best first."""
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("n", [address for _, address in hits])
        return [(int(key or 0), score) for (score, _), key in zip(hits, keys, strict=True)]

    def seen(self, field: str, term: str) -> int:
        """In how many documents the term occurs."""
        return self._searcher.doc_freq(field, term)

    def rarity(self, seen: int) -> float:
        """The inverse document frequency that tantivy uses, in nats."""
        return math.log(1 + (self.size - seen + 0.5) / (seen + 0.5))

    def term(self, field: str, text: str, weight: float = 1.0) -> tantivy.Query:
        """One term in one field, weighted."""
        term = tantivy.Query.term_query(self._schema, field, text, index_option="freq")
        return tantivy.Query.boost_query(term, weight)

    def among(self, field: str, numbers: Iterable[int]) -> tantivy.Query:
        """Documents whose key (`n`) or place (`r`) is one of these; adds nothing to a score."""
        these = tantivy.Query.term_set_query(self._schema, field, list(numbers))
        return tantivy.Query.const_score_query(these, 0.0)

    def near(self, word: str) -> list[tuple[str, float]]:
        """Known words that an unknown one may be a slip for, with their likeness, best first."""
        return self._words_like("" if self.size <= SMALL else word[:1]).near(word)

    def phrases(self, typed: str, places: Iterable[int], limit: int) -> list[str]:
        """Phrases in which something typed begins a word; those that begin with it first."""
        within = self.among("r", places) if places else None
        terms = self._searcher.terms_with_prefix("p", typed, within, 8 * limit)
        shown: dict[str, tuple[bool, int, int]] = {}
        for term, count in terms:
            plain, _, phrase = term.partition(APART)
            rank = (not analysis.plain(phrase).startswith(typed), -count, len(plain))
            shown[phrase] = min(shown.get(phrase, rank), rank)
        return sorted(shown, key=lambda phrase: (shown[phrase], phrase))[:limit]

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts its words are written in, by their first letters."""
        found = self._searcher.terms_with_prefix("w", "", None, 3000)
        found += self._searcher.terms_with_prefix("k", "", None, 3000)
        some = found[:: max(1, len(found) // 400)]
        return frozenset(script for word, _ in some for script in analysis.scripts(word))

    def _vocabulary(self, prefix: str) -> analysis.Vocabulary:
        terms = (self._searcher.terms_with_prefix(field, prefix) for field in ("w", "k"))
        return analysis.Vocabulary(word for found in terms for word, _ in found)

    def _digests(self, keys: Iterable[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        every = list(keys)
        for start in range(0, len(every), 500):
            some = every[start : start + 500]
            hits = self._searcher.search(self.among("n", some), len(some), count=False).hits
            addresses = [address for _, address in hits]
            numbers = self._searcher.fast_field_values("n", addresses)
            digests = self._searcher.fast_field_values("d", addresses)
            found |= {int(n or 0): int(d or 0) for n, d in zip(numbers, digests, strict=True)}
        return found


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("n", "r"):
        builder.add_unsigned_field(field, indexed=True, fast=True)
    builder.add_unsigned_field("d", fast=True)
    for field in ("w", "k", "g", "tg"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("p", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _stored(document: Document, language: str) -> tantivy.Document:
    stored = tantivy.Document()
    for field, number in (("n", document.key), ("r", document.place), ("d", document.digest())):
        stored.add_unsigned(field, number)
    for field, terms in fields(document, language).items():
        stored.add_text(field, " ".join(terms))
    for phrase in list(dict.fromkeys(_phrases(document)))[:PHRASES]:
        for start in _starts(phrase):
            stored.add_text("p", f"{start}{APART}{phrase}")
    return stored


def fields(document: Document, language: str) -> dict[str, list[str]]:
    """w: words of title (twice) and body; k: of keywords; g: 4-grams of all; tg: of the title."""
    text = f"{document.title}\n{document.title}\n{document.body}"
    return {
        "w": analysis.words(text, language),
        "k": analysis.words(document.keywords, language),
        "g": analysis.grams(text) + analysis.grams(document.keywords),
        "tg": analysis.grams(document.title),
    }


def _phrases(document: Document) -> Iterator[str]:
    for line in (document.title, *re.split(r"[\n,;،、]", document.keywords)):
        phrase = " ".join(line.split()).encode(errors="ignore").decode()[:100]
        if phrase:
            yield phrase


@lru_cache(maxsize=50_000)  # the same synonyms stand beside many entries
def _starts(phrase: str) -> tuple[str, ...]:
    """A phrase, plain, from each of its first words; from each character without blanks."""
    plain = analysis.plain(phrase)
    words = plain.split()
    if len(words) == 1 and analysis.unspaced(plain):
        return tuple(plain[place:] for place in range(min(len(plain), 2 * ROTATIONS)))
    return tuple(" ".join(words[place:]) for place in range(min(len(words), ROTATIONS)))
