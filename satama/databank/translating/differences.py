"""What differs between two texts, word by word. No database."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from .words import FIELDS, Words, in_one

PIECES = re.compile(r"\[\[[^\[\]]+\]\]|\w+|\s+|[^\w\s]")
MOST = 20_000  # characters of a field that are compared by words; above, as one piece


class Piece(NamedTuple):
    """Some words: kept (`same`), taken away (`gone`) or added (`new`)."""

    state: str
    text: str


def by_field(before: Words, after: Words) -> dict[str, list[Piece]]:
    """The pieces of each field that is not the same."""
    return {
        name: list(pieces(in_one(before.get(name)), in_one(after.get(name))))
        for name in FIELDS
        if before.get(name) != after.get(name)
    }


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The words of both, in order; a fact is one word."""
    if len(before) + len(after) > MOST:
        yield from (Piece("gone", before), Piece("new", after))
        return
    old, new = PIECES.findall(before), PIECES.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("gone", "".join(old[a:b]))
        if c < d:
            yield Piece("new", "".join(new[c:d]))
