"""How a record lies flat: its columns are the keys of its shape, words have one per language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from satama.databank.packs.files import Node
from satama.databank.packs.shapes import (
    FACT,
    FACT_VALUE,
    KEYS,
    SHAPES,
    TEXT,
    Field,
    Record,
    Shape,
    digest,
)

from .cells import node, written

SHEETS = {"entries": "entry", "organisations": "organisation", "facts": "fact"}
VERSION = "version"
IN_LANGUAGES = {"words": Field(), "word_lists": Field("texts"), "value": Field()}
Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column's name, where its value stands in a record, and what it may be."""

    name: str
    path: tuple[str, ...]
    field: Field

    @property
    def language(self) -> str:
        return self.name.partition(".")[2]


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a row: a fact has one row for each of its values."""
    if kind == "fact":
        return {**{key: field for key, field in FACT.items() if key != "values"}, **FACT_VALUE}
    return SHAPES[kind]


@cache
def column(kind: str, name: str) -> Column | None:
    """The column of this name; None when no sheet of this kind has it."""
    key, _, language = name.partition(".")
    field = shape_of(kind).get(key)
    if language and kind == "entry" and key in TEXT:
        return Column(name, ("texts", language, key), TEXT[key])
    if field is None or field.type == "by_language":
        return None
    if language:
        found = IN_LANGUAGES.get(field.type)
        return Column(name, (key, language), found) if found else None
    return None if field.type in {"words", "word_lists"} else Column(name, (key,), field)


def row_id(kind: str, cells: Cells) -> str:
    """What no two rows of a sheet share: the slug, or a fact's key and the start of a period."""
    slug = cells.get(KEYS[kind], "")
    since = cells.get("valid_from", "") if kind == "fact" else ""
    return f"{slug} from {since}" if since else slug


def version(cells: Cells) -> str:
    """The same for two rows that say the same; tells whether a row was edited since."""
    said = {name: text for name, text in cells.items() if text}
    return f"v{digest(said)[:16]}"  # without the letter, a spreadsheet would make 1.2E+15 of some


def flat(kind: str, record: Record) -> list[Cells]:
    """A record as rows of cells, without what is empty."""
    rows = [{**record, **value} for value in record.get("values", ())]
    rows = rows if kind == "fact" else [record] if record else []
    return [dict(_cells(shape_of(kind), row)) for row in rows]


def _cells(shape: Shape, record: Record) -> Iterator[tuple[str, str]]:
    for key, field in shape.items():
        value = record.get(key)
        if field.type == "by_language" and field.shape:
            for language, words in (value or {}).items():
                for name, text in _cells(field.shape, words):
                    yield f"{name}.{language}", text
        elif isinstance(value, dict) and field.type in IN_LANGUAGES:
            for language, text in value.items():
                yield f"{key}.{language}", written(IN_LANGUAGES[field.type], text)
        elif value is not None:
            yield key, written(field, value)


def names(kind: str, rows: Iterable[Cells], languages: list[str]) -> list[str]:
    """The columns of a sheet: those of the region's languages, and of others that it uses."""
    used = dict.fromkeys(chain.from_iterable(rows))
    spoken: dict[str, list[str]] = {}
    for name in used:
        key, _, language = name.partition(".")
        if language and language not in languages:
            spoken.setdefault(key, []).append(language)
    found: list[str] = []
    for key, field in shape_of(kind).items():
        if field.type == "by_language":
            others = sorted({one for text in TEXT for one in spoken.get(text, ())})
            found += [f"{text}.{one}" for one in [*languages, *others] for text in TEXT]
            continue
        if field.type not in {"words", "word_lists"}:
            found.append(key)
        if field.type in IN_LANGUAGES:
            found += [f"{key}.{one}" for one in [*languages, *sorted(spoken.get(key, ()))]]
    return [*found, VERSION]


def tree(kind: str, rows: list[tuple[int, Cells, dict[str, int]]]) -> Node:
    """The rows of one record as a node; each row comes with its line and those of its cells."""
    if kind != "fact":
        return _tree(kind, *rows[0])
    values = [_tree(kind, *row) for row in rows]
    fact = Node({key: one for key, one in values[0].value.items() if key in FACT}, rows[0][0])
    for value in values:
        value.value = {key: one for key, one in value.value.items() if key in FACT_VALUE}
    fact.value["values"] = Node(values, rows[0][0])
    return fact


def _tree(kind: str, line: int, cells: Cells, lines: dict[str, int]) -> Node:
    root = Node({}, line)
    for name, text in cells.items():
        found = column(kind, name)
        if not text or not found:
            continue
        at = root
        for key in found.path[:-1]:
            at = at.value.setdefault(key, Node({}, line))
        at.value[found.path[-1]] = node(found.field, text, lines.get(name, line))
    return root
