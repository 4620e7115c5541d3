"""What stands on the board. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail import hooks

HOOK = "satama_board_item"
ROWS = 5  # of a list, shown on the board


@dataclass(frozen=True)
class Row:
    """One thing that waits: its name, in a language if it has one, what is the matter, and where
    to act."""

    name: str
    language: str
    sentence: str
    address: str


@dataclass(frozen=True)
class Item:
    """`number`: how many wait, 0 when nothing does; `address`: the list of all of them."""

    order: int
    title: str
    number: int
    sentence: str
    address: str
    rows: Sequence[Row] = ()


def items(request: Any) -> list[Item]:
    """All that the person may see. Functions of the hook take the request and give items, none
    without the right."""
    found = [item for give in hooks.get_hooks(HOOK) for item in give(request)]
    return sorted(found, key=lambda item: item.order)
