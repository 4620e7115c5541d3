"""Markdown to lines that can be quoted alone: steps, short paragraphs, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from satama.base.html import PLACEHOLDER
from satama.finder.engine import analysis
from satama.finder.engine.phrases import WORD

LONGEST = 200  # characters of a line

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)")
_QUOTE = re.compile(r"^\s*>\s?")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
_ENDS = (".", ":", "!", "?", "…", "؟", "。", "।")
# Not after a digit: "1. tammikuuta" goes on. Not before a small letter: "e.g. this" goes on.
_SENTENCE = re.compile(r"(?<=[^\d\s][.!?…؟।])\s+|(?<=[。！？])")


@dataclass(frozen=True)
class Line:
    """A step, a short paragraph or a sentence, facts not yet filled in, and what is in it."""

    text: str
    words: frozenset[str]
    heading: frozenset[str] = frozenset()


@lru_cache(maxsize=1000)
def lines_of(markdown: str, heading: str = "") -> tuple[Line, ...]:
    """Steps with their number and paragraphs; long ones sentence by sentence."""
    found = []
    for above, block in _blocks(markdown, heading):
        for line in [block] if len(block) <= LONGEST else _sentences(block):
            found.append(Line(line, words_in(line), words_in(above)))
    return tuple(found)


def _blocks(markdown: str, heading: str) -> Iterator[tuple[str, str]]:
    """Each paragraph and list item as plain words, with the heading above it. Tables are left out:
    a row says nothing without its head."""
    number, block, lead = 0, "", ""
    for line in [*markdown.splitlines(), ""]:
        title, item = _HEADING.match(line), _ITEM.match(line)
        ends = title or item or not line.strip() or line.lstrip().startswith("|")
        if ends and block:
            yield heading, block
            lead = block if block.endswith(":") else lead
            block = ""
        if title:
            heading, number, lead = plain(title[1]), 0, ""
        elif item:
            number = (number + 1 if number else int(item[1])) if item[1] else 0
            block = f"{number}. {plain(item[2])}" if number else _led(lead, heading, plain(item[2]))
        elif not ends:
            if not block and not line[:1].isspace():
                number, lead = 0, ""
            block = f"{block} {plain(line)}".strip()


def _led(lead: str, heading: str, item: str) -> str:
    """An item of a list with what leads the list in; a bit of a sentence with its heading."""
    if not lead and heading and not item.endswith(_ENDS):
        lead = heading if heading.endswith(_ENDS) else f"{heading}:"
    return f"{lead} {item}".strip()


def plain(markdown: str) -> str:
    """Words without marks; links are reduced to theirs."""
    words = _LINK.sub(r"\1", _QUOTE.sub("", markdown))
    # The names of facts stay as they are until they are filled in.
    parts = PLACEHOLDER.split(words)
    parts[::2] = [_MARKS.sub("", part) for part in parts[::2]]
    parts[1::2] = [f"[[{key}]]" for key in parts[1::2]]
    return " ".join("".join(parts).split())


def _sentences(words: str) -> list[str]:
    found: list[str] = []
    for part in _SENTENCE.split(words):
        if found and part[:1].islower():
            found[-1] += f" {part}"
        elif part:
            found.append(part)
    return found


@lru_cache(maxsize=2000)
def words_in(text: str) -> frozenset[str]:
    """The words as they are written, in lower case; the names of facts are none."""
    return frozenset(WORD.findall(analysis.normalise(PLACEHOLDER.sub(" ", text))))
