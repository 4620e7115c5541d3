"""Our search and four that people use instead, each over the same texts and asked the same way.

A baseline knows no languages within an entry: all its texts are one title and one body.
"""

import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import count
from typing import Any, Protocol

import Stemmer
import tantivy
from babel import Locale

from satama.finder.engine.answer import Akin
from satama.finder.engine.index import Document, Index


class System(Protocol):
    """Built from documents; `ask` gives their keys, best first, each once."""

    name: str

    def __init__(self, documents: Sequence[Document]) -> None: ...

    def ask(self, query: str, language: str, limit: int) -> list[int]: ...


class Satama:
    """Our own: the one place here that knows how the engine is built and asked."""

    name = "Satama"

    def __init__(self, documents: Sequence[Document]) -> None:
        self._index = Index(documents)
        lines: dict[str, dict[int, list[str]]] = {}
        for one in documents:
            said = f"{one.title}\n{one.body}".split("\n")
            lines.setdefault(one.language, {}).setdefault(one.key, said)
        self._index.learn(lines)

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        return [hit.key for hit in self._index.search(query, language=language, limit=limit)]

    def confident(self, query: str, language: str, akin: Akin) -> bool:
        """Whether it says that something fits."""
        answer = self._index.ask(query, language=language)
        return answer.confident(answer.hits, akin)


class Postgres:
    """OR of the words in the query language's configuration, `ts_rank` with body .5, title 1."""

    name = "PostgreSQL"
    _shelves = count()

    def __init__(self, documents: Sequence[Document]) -> None:
        from django.db import connection

        self._texts = joined(documents)
        self._connection = connection
        self._shelf_of: dict[str, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS measured"
                " (shelf integer, key integer, words tsvector)"
            )
            cursor.execute("SELECT cfgname FROM pg_ts_config")
            self._configurations = {name for (name,) in cursor.fetchall()}

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        named = english(language)
        configuration = named if named in self._configurations else "simple"
        if configuration not in self._shelf_of:
            self._shelf_of[configuration] = self._fill(configuration)
        with self._connection.cursor() as cursor:
            cursor.execute(ASK, [configuration, query, self._shelf_of[configuration], limit])
            return [key for (key,) in cursor.fetchall()]

    def _fill(self, configuration: str) -> int:
        shelf = next(self._shelves)
        rows = [
            (shelf, key, configuration, title, configuration, body)
            for key, title, body in self._texts
        ]
        with self._connection.cursor() as cursor:
            cursor.executemany(KEEP, rows)
        return shelf


KEEP = """
INSERT INTO measured VALUES (%s, %s, setweight(to_tsvector(%s::regconfig, %s), 'A')
    || setweight(to_tsvector(%s::regconfig, %s), 'D'))
"""
ASK = r"""
WITH asked AS (
    SELECT string_agg(
        '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery AS words
    FROM unnest(tsvector_to_array(to_tsvector(%s::regconfig, %s))) AS word
)
SELECT key FROM measured, asked
WHERE shelf = %s AND measured.words @@ asked.words
ORDER BY ts_rank('{0.5, 0.5, 0.5, 1}', measured.words, asked.words) DESC, key LIMIT %s
"""


class Fts5:
    """SQLite: `unicode61 remove_diacritics 2`, OR of the words, each once, `bm25()`."""

    name = "SQLite FTS5"

    def __init__(self, documents: Sequence[Document]) -> None:
        self._store = sqlite3.connect(":memory:")
        self._store.execute(
            "CREATE VIRTUAL TABLE measured"
            " USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')"
        )
        self._store.executemany(
            "INSERT INTO measured (rowid, title, body) VALUES (?, ?, ?)", joined(documents)
        )

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        words = dict.fromkeys(re.findall(r"\w+", query.lower()))
        if not words:
            return []
        found = self._store.execute(
            "SELECT rowid FROM measured WHERE measured MATCH ? ORDER BY bm25(measured), rowid"
            " LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), limit),
        )
        return [key for (key,) in found]


class Bm25s:
    """bm25s as it comes, with Snowball's stemmer and its own stop words where there are any."""

    name = "bm25s"

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = joined(documents)
        self._kept: dict[str, Any] = {}

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        if language not in self._kept:
            self._kept[language] = self._built(language)
        (words,) = self._words([query], language)
        if not words:
            return []
        values = self._kept[language].get_scores(words)
        order = sorted(range(len(values)), key=lambda place: (-values[place], place))
        return [self._texts[place][0] for place in order[:limit] if values[place] > 0]

    def _built(self, language: str) -> Any:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        built = bm25s.BM25()
        texts = [f"{title}\n{body}" for _key, title, body in self._texts]
        built.index(self._words(texts, language), show_progress=False)
        return built

    def _words(self, texts: list[str], language: str) -> list[list[str]]:
        import bm25s

        named = english(language)
        stemmer = Stemmer.Stemmer(named) if named in Stemmer.algorithms() else None
        options = {"stemmer": stemmer, "return_ids": False, "show_progress": False}
        stop_words = "english_plus" if named == "english" else named  # the better of its two lists
        try:
            return bm25s.tokenize(texts, stopwords=stop_words, **options)
        except ValueError:  # no stop words for this language
            return bm25s.tokenize(texts, stopwords=None, **options)


class Tantivy:
    """The engine below ours as it comes: default analyser, title and body, OR, each word once."""

    name = "tantivy"

    def __init__(self, documents: Sequence[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", stored=True)
        for field in ("title", "body"):
            builder.add_text_field(field)
        self._schema = builder.build()
        store = tantivy.Index(self._schema)
        writer = store.writer(15_000_000, 1)
        for key, title, body in joined(documents):
            kept = tantivy.Document(title=title, body=body)
            kept.add_unsigned("key", key)
            writer.add_document(kept)
        writer.commit()
        writer.wait_merging_threads()
        store.reload()
        self._searcher = store.searcher()

    def ask(self, query: str, language: str, limit: int) -> list[int]:
        asked = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, word))
                for word in dict.fromkeys(default_analyser().analyze(query))
                for field in ("title", "body")
            ]
        )
        hits = self._searcher.search(asked, limit, count=False).hits
        return [self._searcher.doc(address)["key"][0] for _score, address in hits]


BASELINES: tuple[type[System], ...] = (Postgres, Fts5, Bm25s, Tantivy)


def joined(documents: Sequence[Document]) -> list[tuple[int, str, str]]:
    """Each key once with all its titles, and all its texts and keywords."""
    of: dict[int, list[Document]] = {}
    for document in documents:
        of.setdefault(document.key, []).append(document)
    return [
        (
            key,
            "\n".join(one.title for one in these),
            "\n".join(part for one in these for part in (one.body, one.keywords) if part),
        )
        for key, these in of.items()
    ]


def english(language: str) -> str:
    """What PostgreSQL and Snowball call a language: `german` for `de`."""
    return Locale("en").languages[language.split("-")[0]].lower()


def versions() -> Iterator[str]:
    """The systems that were measured, as people name them."""
    from django.db import connection

    server = connection.cursor().connection.info.server_version
    yield f"PostgreSQL {server // 10000}.{server % 10000}"
    yield f"SQLite {sqlite3.sqlite_version}"
    for package in ("bm25s", "PyStemmer", "tantivy"):
        yield f"{package} {version(package)}"


@cache
def default_analyser() -> tantivy.TextAnalyzer:
    """What tantivy's tokenizer `default` does, to ask for terms without its query language."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .build()
    )
