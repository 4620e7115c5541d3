"""The index: a shelf for each language, in memory or in a folder, searched together.

How rare a word is, is never mixed across languages. Measured reasons: docs/finder.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from satama.finder.engine import analysis

from .answer import Answer
from .document import Document, Hit, primary
from .lexicon import Lexicon, aligned
from .question import Question
from .shelf import Shelf

LONGEST_QUERY = 300
MOST_HITS = 200
BATCH = 5_000  # documents that are written together
# At equal fit the reader's own language wins.
OTHER_LANGUAGE = 0.85
# Below these a hit shares no more than an ending or a common word with the question.
WEAK = 0.1
WEAK_BESIDE_BEST = 0.3
# Languages that others are translated to, and how much less these must have to need it.
TARGETS, FEWER, FEWEST_LINES = 3, 0.95, 50

__all__ = ["Document", "Hit", "Index"]


class Index:
    """Read from any number of threads; written by one at a time."""

    def __init__(self, documents: Iterable[Document] = (), folder: Path | None = None) -> None:
        self._folder = folder
        self._shelves: dict[str, Shelf] = {}
        self.lexicon = Lexicon()
        self._open()
        self.replace((), documents)

    def replace(self, keys: Collection[int], documents: Iterable[Document]) -> int:
        """Put documents in the place of all that these keys had, in every language."""
        changed = 0
        batch: dict[str, list[Document]] = {}
        for document in documents:
            of_language = batch.setdefault(primary(document.language), [])
            of_language.append(document)
            if not keys and len(of_language) >= BATCH:
                changed += self._write((), {primary(document.language): of_language})
                batch[primary(document.language)] = []
        return changed + self._write(keys, batch)

    def _write(self, keys: Collection[int], batch: dict[str, list[Document]]) -> int:
        changed = 0
        for language in {*batch, *(self._shelves if keys else ())}:
            if language not in self._shelves:
                self._shelves[language] = Shelf(
                    language, self._folder / language if self._folder else None
                )
            changed += self._shelves[language].replace(keys, batch.get(language, ()))
        return changed

    def sizes(self) -> dict[str, int]:
        """How many documents each language has."""
        return {language: shelf.size for language, shelf in self._shelves.items()}

    def learn(self, lines: Mapping[str, Mapping[int, Sequence[str]]]) -> None:
        """From languages with fewer words to those with the most: there may be the only answer.
        `lines` of each document by language and key."""
        sizes = {code: sum(map(len, of.values())) for code, of in lines.items()}
        for other in sorted(sizes, key=lambda code: (-sizes[code], code))[:TARGETS]:
            for code in sizes:
                if sizes[code] < FEWER * sizes[other]:
                    pairs = list(aligned(lines[code], lines[other]))
                    self._learn(code, other, pairs)

    def _learn(self, code: str, other: str, pairs: list[tuple[str, str]]) -> None:
        if len(pairs) >= FEWEST_LINES:
            stems = ((analysis.words(a, code), analysis.words(b, other)) for a, b in pairs)
            self.lexicon.learn(code, other, stems)

    def reload(self) -> None:
        """See what another process committed."""
        for shelf in self._shelves.values():
            shelf.reload()
        self._open()

    def _open(self) -> None:
        """The shelves of the folder that are not open yet."""
        for path in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if path.is_dir() and path.name not in self._shelves:
                self._shelves[path.name] = Shelf(path.name, path)

    def search(
        self, query: str, *, language: str, limit: int = 50, places: Collection[int] = ()
    ) -> list[Hit]:
        """Best first, each key once, with the language of its best document."""
        return self.ask(query, language=language, places=places).hits[: max(limit, 0)]

    def ask(self, query: str, *, language: str, places: Collection[int] = ()) -> Answer:
        """All hits, and how well they fit."""
        asked: dict[str, Question] = {}
        best: dict[int, Hit] = {}
        for shelf, question, weight in self.questions(query, language):
            asked[shelf.language] = question
            for key, score in question.best(MOST_HITS, places):
                if key not in best or score * weight > best[key].score:
                    best[key] = Hit(key, score * weight, shelf.language)
        hits = sorted(best.values(), key=lambda hit: (-hit.score, hit.key))
        page = primary(language)
        translated = {to for of, to in self.lexicon.pairs if of == page}
        return Answer(_without_weak(hits, translated), asked)

    def questions(self, query: str, language: str) -> Iterable[tuple[Shelf, Question, float]]:
        """The question as each fitting shelf is asked it, and what its answers weigh."""
        query = _capped(query)
        page = primary(language)
        typed = primary(analysis.language_of(query, self._shelves, page))
        asked = analysis.words(query, typed)
        for shelf in self._shelves_for(query, typed):
            own = shelf.language in (page, typed)
            translations = self.lexicon.translate(asked, typed, shelf.language)
            question = Question(shelf, query, own, None if own else translations)
            yield shelf, question, 1 if own else OTHER_LANGUAGE

    def has(self, word: str, language: str) -> bool:
        """Whether a document in the language has a form of the word."""
        shelf = self._shelves.get(primary(language))
        stems = analysis.words(word, primary(language))
        return bool(shelf and stems and all(shelf.seen("w", stem) for stem in stems))

    def suggest(
        self, prefix: str, *, language: str, limit: int = 6, places: Collection[int] = ()
    ) -> list[str]:
        """Titles and keywords that go on from what is typed, the reader's own language first."""
        typed = analysis.plain(_capped(prefix))
        found: dict[str, str] = {}
        for shelf in self._shelves_for(typed, language) if typed else ():
            for phrase in shelf.phrases(typed, places, limit):
                found.setdefault(analysis.plain(phrase), phrase)
            if len(found) >= limit:
                break
        return list(found.values())[: max(limit, 0)]

    def _shelves_for(self, text: str, language: str) -> list[Shelf]:
        own, scripts = primary(language), analysis.scripts(text)
        fit = [
            shelf
            for shelf in self._shelves.values()
            if shelf.language == own
            or shelf.scripts & scripts
            or self.lexicon.knows(own, shelf.language)
        ]
        return sorted(fit, key=lambda s: (s.language != own, s.language))


def _capped(query: str) -> str:
    return analysis.normalise(query[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]


def _without_weak(hits: list[Hit], translated: Collection[str]) -> list[Hit]:
    """Beside the best of all; what was found by translation, beside the best of its language."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.language if hit.language in translated else "", hit.score)
    return [
        hit
        for hit in hits
        if hit.score
        >= max(WEAK, WEAK_BESIDE_BEST * best[hit.language if hit.language in translated else ""])
    ]
