"""YAML files as nodes that know their line. Only plain YAML: no aliases, no tags, one document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml import events as slow
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

LARGEST = 1_000_000
DEEPEST = 12
NULLS = {"", "~", "null"}
# Two readers know YAML: libyaml, which is quick, and ruamel, which says best what is wrong. What
# libyaml may read otherwise (line ends of YAML 1.1, tabs, lone tags, a comment after `|`) is left
# to the other.
DIFFERENT = re.compile(r"[\t\x85\u2028\u2029\ufeff]|(?:^|[\s,\[{])!|[|>][-+\d]*#")
QUICK = getattr(yaml, "CSafeLoader", None)  # a PyYAML that was built without libyaml has none
DOCUMENT = (yaml.DocumentStartEvent, slow.DocumentStartEvent)
MAPPING = (yaml.MappingStartEvent, slow.MappingStartEvent)
BEGINS = (yaml.CollectionStartEvent, slow.CollectionStartEvent)
ENDS = (yaml.CollectionEndEvent, slow.CollectionEndEvent)
ALIAS = (yaml.AliasEvent, slow.AliasEvent)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong on a line of a file, in words for the person who wrote it."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(slots=True)
class Node:
    """A text or null, a list or a mapping of nodes; a `block` text begins on the next line."""

    value: Any
    line: int
    block: bool = False
    twice: list[tuple[str, int]] = field(default_factory=list)


class Unreadable(Exception):
    """A file that cannot be read at all, from this line on."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def read_file(path: Path, within: Path) -> Node:
    """The file's content, or Unreadable. A file may not lead out of its pack."""
    if not path.resolve().is_relative_to(within.resolve()):
        raise Unreadable(1, "leads out of the pack's folder")
    if not path.is_file():
        raise Unreadable(1, "not a file")
    if path.stat().st_size > LARGEST:
        raise Unreadable(1, "larger than 1 MB")
    try:
        return read_text(_decoded(path.read_bytes()))
    except OSError as error:
        raise Unreadable(1, f"cannot be read: {error.strerror}") from None


def read_text(text: str) -> Node:
    """YAML as nodes. Values stay texts: the shape of a record says what they mean."""
    return _quickly(text) or _slowly(text)


def _quickly(text: str) -> Node | None:
    """None for what the slow reader has to judge."""
    if QUICK is None or DIFFERENT.search(text):
        return None
    try:
        return _document(yaml.parse(text, Loader=QUICK), text)
    except (yaml.YAMLError, ValueError, Unreadable):
        return None


def _slowly(text: str) -> Node:
    parser = YAML(typ="safe", pure=True)
    try:
        return _document(parser.parse(text), text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable(line, f"not YAML: {error.problem or error.context}") from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(line, "contains a character that YAML does not allow") from None
    except (YAMLError, ValueError, OverflowError, AttributeError, IndexError) as error:
        reason = (str(error) or repr(error)).splitlines()[0]
        raise Unreadable(1, f"not YAML: {reason}") from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "not in UTF-8: save the file with that encoding") from None


def _document(events: Iterator[Any], text: str) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, DOCUMENT):
            if root is not None:
                raise Unreadable(_line(event), "a second document; one file holds one")
            root = _tree(events)
    if root is None or root.value is None:
        raise Unreadable(1, "the file is empty")
    return root


def _tree(events: Iterator[Any]) -> Node:
    """Build without recursion, so that no nesting can exhaust the stack."""
    open_nodes: list[tuple[Node, list[Node]]] = []
    for event in events:
        node: Node | None
        if isinstance(event, BEGINS):
            _refuse_extras(event)
            if len(open_nodes) >= DEEPEST:
                raise Unreadable(_line(event), "nested too deeply")
            is_mapping = isinstance(event, MAPPING)
            open_nodes.append((Node({} if is_mapping else [], _line(event)), []))
            continue
        if isinstance(event, ENDS):
            node, parts = open_nodes.pop()
            _close(node, parts)
        else:
            node = _scalar(event)
        if not open_nodes:
            return node
        open_nodes[-1][1].append(node)
    raise Unreadable(1, "not YAML: the file ends too early")


def _close(node: Node, parts: list[Node]) -> None:
    if isinstance(node.value, list):
        node.value = parts
        return
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        if not isinstance(key.value, str):
            raise Unreadable(key.line, "a key must be one word")
        if key.value in node.value:
            node.twice.append((key.value, key.line))
        value.line = key.line
        node.value[key.value] = value


def _scalar(event: Any) -> Node:
    if isinstance(event, ALIAS):
        raise Unreadable(_line(event), "an alias (*): write the value out")
    _refuse_extras(event)
    plain = event.style is None or event.style == ""
    value = None if plain and event.value in NULLS else event.value
    return Node(value, _line(event), block=event.style == "|")


def _refuse_extras(event: Any) -> None:
    if event.anchor:
        raise Unreadable(_line(event), "an anchor (&): write the value out where it is needed")
    if event.tag and str(event.tag) != "!":
        raise Unreadable(_line(event), "a tag (!): values need none")


def _line(event: Any) -> int:
    return event.start_mark.line + 1
