"""Nodes to records, by shape: `272` and `no` are what their key expects, not what YAML says."""

from dataclasses import dataclass, field
from typing import Any

from satama.databank.values import is_language

from .files import Fault, Node
from .readers import READERS, kind_of, nearest
from .shapes import SHAPES, Field, Record, Shape, canonical


@dataclass
class Item:
    """A record as its file has it, and the line of each of its values by dotted path."""

    kind: str
    slug: str
    record: Record
    file: str
    line: int
    lines: dict[str, int] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)

    def fault(self, path: str, reason: str, row: int = 0) -> Fault:
        """A fault where the value stands; `row` lines into a text."""
        line = self.lines.get(path, self.line)
        return Fault(self.file, line + (1 + row if path in self.blocks else 0), reason)


@dataclass
class Reading:
    """One record being read: what it says, where, and what is wrong with it."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)

    def record(self, node: Node, shape: Shape, path: str = "") -> Record:
        """A canonical record; what cannot be understood is left out and reported."""
        if not isinstance(node.value, dict):
            self._fault(node.line, f"{_at(path)}expected keys and values, not {kind_of(node)}")
            return {}
        self._repeats(node)
        self._keys(node, shape, path)
        found = {
            key: self._value(node.value[key], part, f"{path}{key}")
            for key, part in shape.items()
            if key in node.value and node.value[key].value is not None
        }
        return canonical(shape, found)

    def _keys(self, node: Node, shape: Shape, path: str) -> None:
        for key, value in node.value.items():
            if key not in shape:
                self._fault(value.line, f"{_at(path)}unknown key {key!r}{nearest(key, shape)}")
        for key, part in shape.items():
            given = node.value.get(key)
            if part.required and (given is None or given.value in (None, "", [], {})):
                line = given.line if given else node.line
                self._fault(line, f"{_at(path)}the key {key!r} is missing or empty")

    def _value(self, node: Node, part: Field, path: str) -> Any:
        self.lines[path] = node.line
        if node.block:
            self.blocks.add(path)
        if part.shape:
            read_many = self._rows if part.type == "rows" else self._by_language
            return read_many(node, part.shape, path)
        if isinstance(node.value, list):
            for number, one in enumerate(node.value):
                self.lines[f"{path}.{number}"] = one.line
        self._repeats(node)
        try:
            return READERS[part.type](node, part)
        except ValueError as error:
            self._fault(node.line, f"{path}: {error}")
            return None

    def _rows(self, node: Node, shape: Shape, path: str) -> list[Record]:
        if not isinstance(node.value, list):
            self._fault(node.line, f"{path}: expected a list, not {kind_of(node)}")
            return []
        for number, one in enumerate(node.value):
            self.lines[f"{path}.{number}"] = one.line
        return [self.record(one, shape, f"{path}.{n}.") for n, one in enumerate(node.value)]

    def _by_language(self, node: Node, shape: Shape, path: str) -> dict[str, Record]:
        if not isinstance(node.value, dict):
            self._fault(
                node.line, f"{path}: expected a language for each text, not {kind_of(node)}"
            )
            return {}
        self._repeats(node)
        for language, one in node.value.items():
            self.lines[f"{path}.{language}"] = one.line
            if not is_language(language):
                self._fault(one.line, f"{path}: unknown language {language!r}")
        return {
            language: self.record(one, shape, f"{path}.{language}.")
            for language, one in node.value.items()
        }

    def _repeats(self, node: Node) -> None:
        for key, line in node.twice:
            self._fault(line, f"the key {key!r} is written twice")

    def _fault(self, line: int, reason: str) -> None:
        self.faults.append(Fault(self.file, line, reason))


def read_item(kind: str, node: Node, file: str, key: str) -> tuple[Item, list[Fault]]:
    """One record of a kind; `key` is what its slug is called."""
    reading = Reading(file)
    record = reading.record(node, SHAPES[kind])
    item = Item(kind, record.get(key, ""), record, file, node.line, reading.lines, reading.blocks)
    return item, reading.faults


def _at(path: str) -> str:
    return f"{path.rstrip('.')}: " if path else ""
