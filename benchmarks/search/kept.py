"""Our search and the same four as in systems.py, each kept in a folder, as a service keeps it.

Opened empty, filled once, opened again. Every text is one document of one language: where a system
needs to know the language, it is told that of the text; a question is asked of all texts.
"""

import sqlite3
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import psutil
import tantivy

from satama.finder.engine.document import Document
from satama.finder.engine.index import Index

from . import systems


class Kept:
    """What is measured: `most`, the texts up to which it is affordable."""

    name: str
    most = 10**9

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, documents: Iterable[Document]) -> None: ...

    def ask(self, query: str, language: str, limit: int) -> list[int]: ...

    def others(self) -> list[psutil.Process]:
        """Processes beside our own that do the work."""
        return []

    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


class Satama(Kept):
    """Our own."""

    name = systems.Satama.name

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.index = Index((), folder)

    def fill(self, documents: Iterable[Document]) -> None:
        self.index = Index(documents, self.folder)

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        return [hit.key for hit in self.index.search(query, language=language, limit=limit)]


class Postgres(Kept):
    """As for quality, with the index that is made for it (GIN); one process of its own answers."""

    name = systems.Postgres.name
    most = 100_000

    def __init__(self, folder: Path) -> None:
        import psycopg

        from satama.config.database import start_embedded

        super().__init__(folder)
        address = start_embedded(folder / "postgres").get_uri()
        self._connection = psycopg.connect(address, autocommit=True)

    def fill(self, documents: Iterable[Document]) -> None:
        ask = self._connection.execute
        ask("CREATE TABLE measured (shelf integer, key integer, words tsvector)")
        rows = (
            (0, one.key, configuration, one.title, configuration, _body(one))
            for one in documents
            for configuration in [systems.english(one.language)]
        )
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(systems.KEEP, rows)
        ask("CREATE INDEX ON measured USING gin (words)")
        ask("VACUUM ANALYZE measured")

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        asked = [systems.english(language), query, 0, limit]
        return [key for (key,) in self._connection.execute(systems.ASK, asked)]

    def others(self) -> list[psutil.Process]:
        return [psutil.Process(self._connection.info.backend_pid)]

    def size(self) -> int:
        found = self._connection.execute("SELECT pg_total_relation_size('measured')")
        return next(found)[0]


class Fts5(systems.Fts5, Kept):
    def __init__(self, folder: Path) -> None:
        Kept.__init__(self, folder)
        self._store = sqlite3.connect(folder / "texts.sqlite")

    def fill(self, documents: Iterable[Document]) -> None:
        self._store.execute(
            "CREATE VIRTUAL TABLE measured"
            " USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')"
        )
        self._store.executemany(
            "INSERT INTO measured (rowid, title, body) VALUES (?, ?, ?)",
            ((one.key, one.title, _body(one)) for one in documents),
        )
        self._store.commit()


class Bm25s(systems.Bm25s, Kept):
    """Its own choice of the best, not the full ranking that quality needs."""

    most = 100_000

    def __init__(self, folder: Path) -> None:
        import bm25s

        Kept.__init__(self, folder)
        self._texts = []
        if any(folder.iterdir()):
            self._store = bm25s.BM25.load(folder, show_progress=False)

    def fill(self, documents: Iterable[Document]) -> None:
        import bm25s

        words: dict[int, list[str]] = {}
        ordered = sorted(documents, key=lambda one: one.language)
        for language, group in groupby(ordered, key=lambda one: one.language):
            these = list(group)
            said = self._words([f"{one.title}\n{_body(one)}" for one in these], language)
            words |= dict(zip((one.key for one in these), said, strict=True))
        self._store = bm25s.BM25()
        self._store.index([words[key] for key in sorted(words)], show_progress=False)
        self._store.save(self.folder, show_progress=False)

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        (words,) = self._words([query], language)
        if not words:
            return []
        found = self._store.retrieve([words], k=limit, show_progress=False, return_as="documents")
        return [int(key) for key in found[0]]


class Tantivy(systems.Tantivy, Kept):
    def __init__(self, folder: Path) -> None:
        Kept.__init__(self, folder)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", stored=True)
        for field in ("title", "body"):
            builder.add_text_field(field)
        self._schema = builder.build()
        self._store = tantivy.Index(self._schema, str(folder))
        self._searcher = self._store.searcher()

    def fill(self, documents: Iterable[Document]) -> None:
        writer = self._store.writer(15_000_000, 1)
        for one in documents:
            kept = tantivy.Document(title=one.title, body=_body(one))
            kept.add_unsigned("key", one.key)
            writer.add_document(kept)
        writer.commit()
        writer.wait_merging_threads()


KEPT: tuple[type[Kept], ...] = (Satama, Postgres, Fts5, Bm25s, Tantivy)


def _body(document: Document) -> str:
    return f"{document.body}\n{document.keywords}"
