"""What the texts of entries name must exist."""

import re
from collections.abc import Iterator

from satama.databank.models.shared import SLUG

from .files import Fault
from .readers import nearest
from .reading import Item
from .rules import Known

IN_BRACKETS = re.compile(r"\[\[(.*?)\]\]")
ENTRY_TARGET = re.compile(r"\]\(entry:([^)\s]*)\)")


def check_texts(item: Item, known: Known) -> Iterator[Fault]:
    """`[[key]]` and `entry:slug` must lead somewhere."""
    for path, text in texts_of(item):
        for row, line in enumerate(text.split("\n")):
            for reason in _dead_ends(line, known):
                yield item.fault(path, f"{path}: {reason}", row)


def texts_of(item: Item) -> Iterator[tuple[str, str]]:
    """All words of an entry with their paths."""
    for language, words in item.record.get("texts", {}).items():
        for key, value in words.items():
            if key in {"made", "checked"}:
                continue
            for one in value if isinstance(value, list) else [value]:
                yield f"texts.{language}.{key}", one


def _dead_ends(line: str, known: Known) -> Iterator[str]:
    keys = IN_BRACKETS.findall(line)
    if line.count("[[") != len(keys):
        yield "'[[' without ']]' on the same line"
    for key in keys:
        if not re.fullmatch(SLUG, key):
            yield f"[[{key}]] is not a fact's key"
        elif ("fact", key) not in known:
            close = nearest(key, [one for of, one in known if of == "fact"])
            yield f"unknown fact [[{key}]]{close}"
    for slug in ENTRY_TARGET.findall(line):
        if known.keys().isdisjoint({("entry", slug), ("redirect", f"entries/{slug}")}):
            close = nearest(slug, [one for of, one in known if of == "entry"])
            yield f"the link entry:{slug} leads nowhere{close}"
