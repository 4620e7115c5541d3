"""In which values two records differ, in one readable line. No database."""

from collections.abc import Iterator
from typing import Any

from .shapes import Record

MOST = 3
LONGEST = 50


def differences(here: Record, pack: Record) -> str:
    """`texts.fi.title is “A”, the pack says “B”; … and 2 more`."""
    ours, theirs = dict(_leaves(here)), dict(_leaves(pack))
    paths = [path for path in dict.fromkeys([*ours, *theirs]) if ours.get(path) != theirs.get(path)]
    parts = [f"{path} {_both(ours.get(path, ''), theirs.get(path, ''))}" for path in paths[:MOST]]
    more = f"; and {len(paths) - MOST} more" if len(paths) > MOST else ""
    return "; ".join(parts) + more


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, one in enumerate(value):
            yield from _leaves(one, f"{path}.{number}")
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value))
    else:
        yield path, str(value)


def _both(here: str, pack: str) -> str:
    ours, theirs = parting(here, pack)
    return f"is {ours}, the pack says {theirs}"


def parting(one: str, other: str) -> tuple[str, str]:
    """Two texts as shown to people: of long ones, the place where they part."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    start = max(start - 10, 0) if max(len(one), len(other)) > LONGEST else 0
    return _shown(one, start), _shown(other, start)


def _shown(text: str, start: int) -> str:
    if not text:
        return "empty"
    cut = text[start : start + LONGEST].replace("\n", " ")
    return f"“{'…' if start else ''}{cut}{'…' if len(text) > start + LONGEST else ''}”"
