"""What is asked of what: our own content with judged queries, and the independent corpus."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from satama.finder.engine.index import Document
from satama.finder.tests import test_queries as packs

from .measures import RELEVANT

# Our own content is asked three sets of queries; then the others get its texts alone.
OWN = {"dev": "own content", "second": "own content, second set", "unseen": "own content, unseen"}
BARE = "own content, texts alone for the others"
ALL_TOWNS, OWN_TOWN = "all towns", "own town"
ALONE = "documents of one language only"
TRANSLATED, UNTRANSLATED = "other pages translated", "counting untranslated pages"
VARIANTS = ("clean", "typo")
CROSSED = (("ar", "de"), ("uk", "de"), ("en", "de"), ("fr", "de"))
FOLDS = 5


@dataclass(frozen=True)
class Question:
    """`grades` by key of the documents; `within`, the keys that count, when not all do."""

    task: str
    group: str
    text: str
    language: str
    kind: str
    grades: dict[int, int]
    variant: str = ""
    within: frozenset[int] | None = None


@dataclass
class Collection:
    """Documents, for the baselines too unless they get others, and what is asked of them. `akin`:
    whether two keys are about the same thing."""

    documents: list[Document]
    questions: list[Question] = field(default_factory=list)
    for_baselines: list[Document] | None = None
    akin: Callable[[int, int], bool] = lambda one, other: False


def own_content() -> Iterator[Collection]:
    """The packs that we ship, and tests/data/queries-*.jsonl; grade 1 counts as 0."""
    yaml = YAML(typ="safe")
    files = (file for pack in packs.PACKS for file in sorted(pack.glob("entries/*.yaml")))
    entries = [yaml.load(file) for file in files]
    key_of = {entry["slug"]: key for key, entry in enumerate(entries)}
    questions = [
        Question(
            task=task,
            group=query["language"],
            text=query["query"],
            language=query["language"],
            kind=query["kind"],
            grades={key_of[s]: g for s, g in query["relevant"].items() if g >= RELEVANT},
        )
        for name, task in OWN.items()
        for query in packs.queries(name)
    ]
    akin = packs.akin(entries)
    documents = list(packs.documents(entries))
    yield Collection(documents, questions, akin=akin)
    said = packs.documents([{**entry, "keywords": {}} for entry in entries])
    alone = [replace(one, keywords="") for one in said if one.title]
    bare = [replace(one, task=BARE, group=one.task) for one in questions if one.grades]
    yield Collection(documents, bare, alone, akin)


def independent(corpus: Path) -> Iterator[Collection]:
    """All collections of a folder as shared/data/retrieval-dev is, one after the other."""
    for file in sorted((corpus / "corpus").glob("*.jsonl")):
        yield _of_one_language(corpus, file.stem)
    for asked, answered in CROSSED:
        yield _crossed(corpus, asked, answered)
        for fold in range(FOLDS):
            yield _mostly_translated(corpus, asked, answered, fold)


def _of_one_language(corpus: Path, language: str) -> Collection:
    """Monolingual: clean and typo, in all towns and in the asker's own."""
    rows = _lines(corpus / "corpus" / f"{language}.jsonl")
    key_of = {row["id"]: key for key, row in enumerate(rows)}
    made = Collection([_document(key_of[row["id"]], row) for row in rows])
    towns = {row["city"]: frozenset(_of_town(rows, key_of, row["city"])) for row in rows}
    pair = f"{language}-{language}"
    for task, folder in ((ALL_TOWNS, "qrels"), (OWN_TOWN, "qrels-city")):
        grades = _grades(corpus / folder / f"{pair}.tsv", key_of)
        for variant in VARIANTS:
            for query in _lines(corpus / "queries" / f"{language}.{variant}.jsonl"):
                if query["id"] in grades:
                    within = towns[query["city"]] if task == OWN_TOWN else None
                    made.questions.append(
                        _question(query, task, language, grades[query["id"]], within)
                    )
    return made


def _of_town(rows: list[dict], key_of: dict[str, int], town: str) -> Iterator[int]:
    return (key_of[row["id"]] for row in rows if row["city"] == town)


def _crossed(corpus: Path, asked: str, answered: str) -> Collection:
    """Questions in one language, documents in another, and nothing else to learn from."""
    rows = _lines(corpus / "corpus" / f"{answered}.jsonl")
    key_of = {row["id"]: key for key, row in enumerate(rows)}
    made = Collection([_document(key, row) for key, row in enumerate(rows)])
    grades = _grades(corpus / "qrels" / f"{asked}-{answered}.tsv", key_of)
    for query in _lines(corpus / "queries" / f"{asked}.clean.jsonl"):
        made.questions.append(_question(query, ALONE, f"{asked} → {answered}", grades[query["id"]]))
    return made


def _mostly_translated(corpus: Path, asked: str, answered: str, fold: int) -> Collection:
    """A fifth of the pages loses its translation and is asked for; the translations of the others
    stand beside them, under one key, as in a databank: something to learn from, and rivals."""
    rows = _lines(corpus / "corpus" / f"{answered}.jsonl")
    key_of = {row["id"]: key for key, row in enumerate(rows)}
    page_of = {row["page"]: key for key, row in enumerate(rows)}
    grades = _grades(corpus / "qrels" / f"{asked}-{answered}.tsv", key_of)
    queries = [
        query
        for query in _lines(corpus / "queries" / f"{asked}.clean.jsonl")
        if max(grades[query["id"]], key=grades[query["id"]].__getitem__) % FOLDS == fold
    ]
    hidden = {key for query in queries for key in grades[query["id"]]}
    hidden |= {key for key in key_of.values() if key % FOLDS == fold}
    made = Collection([_document(key, row) for key, row in enumerate(rows)])
    for row in _lines(corpus / "corpus" / f"{asked}.jsonl"):
        if (key := page_of.get(row["page"])) is not None and key not in hidden:
            made.documents.append(_document(key, row))
    translated = {one.key for one in made.documents if one.language == asked}
    untranslated = frozenset(key_of.values()) - translated
    for task, within in ((TRANSLATED, None), (UNTRANSLATED, untranslated)):
        made.questions += [
            _question(query, task, f"{asked} → {answered}", grades[query["id"]], within)
            for query in queries
        ]
    return made


def _document(key: int, row: dict) -> Document:
    return Document(key, row["language"], row["title"], row["text"])


def _question(
    query: dict,
    task: str,
    group: str,
    grades: dict[int, int],
    within: frozenset[int] | None = None,
) -> Question:
    text, language, kind = query["text"], query["language"], query["kind"]
    return Question(task, group, text, language, kind, grades, query["variant"], within)


def _grades(file: Path, key_of: dict[str, int]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        found.setdefault(query, {})[key_of[document]] = int(grade)
    return found


def _lines(file: Path) -> list[dict[str, Any]]:
    # Not splitlines(): a text may hold a line separator of Unicode.
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
