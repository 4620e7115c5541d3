"""One cell: a text that no spreadsheet takes for a formula, and lists within a text."""

import re
from typing import Any

from satama.databank.packs.files import Node
from satama.databank.packs.readers import tidy
from satama.databank.packs.shapes import Field, Shape

BETWEEN = "|"
LISTS = {"list", "languages", "texts"}
LONGEST = 32_767  # of a cell, in every spreadsheet
# What spreadsheets begin a formula with, also as typed on a Japanese keyboard.
RISKY = tuple("=+-@＝＋－＠")
GUARD = "'"
GUARDED = tuple(f"{GUARD}{character}" for character in (*RISKY, GUARD))


def guarded(text: str, risky: tuple[str, ...] = RISKY) -> str:
    """The text with the apostrophe that keeps a spreadsheet from computing it; a workbook has
    nothing `risky`, its cells are texts by type."""
    return f"{GUARD}{text}" if text.startswith((*risky, *GUARDED)) else text


def bare(text: str) -> str:
    """A cell's text without the apostrophe of `guarded`, which people may have written too."""
    text = tidy(text)
    return text[1:] if text.startswith(GUARDED) else text


def written(field: Field, value: Any) -> str:
    """A value of a record in one cell: `a | b`, or `kind: phone, fact: k, languages: ar so |
    kind: …`."""
    if field.type == "rows":
        return _joined([_pairs(row) for row in value], BETWEEN)
    if isinstance(value, list):
        return _joined([str(one) for one in value], BETWEEN)
    return str(value).lower() if isinstance(value, bool) else str(value)


def node(field: Field, text: str, line: int) -> Node:
    """A cell as the readers of content packs want it."""
    if field.type == "rows":
        return Node([_row(one, line, field.shape or {}) for one in _parts(text, BETWEEN)], line)
    if field.type in LISTS:
        return Node([Node(one, line) for one in _parts(text, BETWEEN)], line)
    # Spreadsheets write TRUE as they like.
    return Node(text.lower() if field.type == "yes_no" else text, line)


def _pairs(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)  # as staff once wrote it; reading will say what is wrong
    told = {key: " ".join(one) if isinstance(one, list) else one for key, one in row.items()}
    return _joined([f"{key}: {value}" for key, value in told.items()], ",")


def _row(text: str, line: int, shape: Shape) -> Node:
    row = Node({}, line)
    for part in _parts(text, ","):
        key, _, value = part.partition(":")
        name = key.strip()
        if name in row.value:
            row.twice.append((name, line))
        listed = name in shape and shape[name].type in LISTS
        said = [Node(one, line) for one in value.split()] if listed else value.strip()
        row.value[name] = Node(said, line)
    return row


def _joined(texts: list[str], mark: str) -> str:
    space = " " if mark == BETWEEN else ""
    return f"{space}{mark} ".join(
        re.sub(rf"[\\{re.escape(mark)}]", lambda found: f"\\{found[0]}", text) for text in texts
    )


def _parts(text: str, mark: str) -> list[str]:
    """The texts that `_joined` joined; a backslash takes the next character as it is."""
    parts = [""]
    for token in re.findall(r"\\.|.", text, re.DOTALL):
        if token == mark:
            parts.append("")
        else:
            # Only its own mark is taken off: a text that has the other is split once more.
            parts[-1] += token[1] if token in ("\\\\", f"\\{mark}") else token
    return [part.strip() for part in parts]
