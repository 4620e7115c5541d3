"""The texts of entries: what they name must exist; what reads badly or grows old is warned of."""

import re
from collections.abc import Iterator

from satama.databank.models.shared import SLUG

from .files import Fault
from .readers import nearest
from .reading import Item
from .rules import Known

IN_BRACKETS = re.compile(r"\[\[(.*?)\]\]")
ENTRY_TARGET = re.compile(r"\]\(entry:([^)\s]*)\)")
FIGURES = {
    "an amount": re.compile(r"(€|EUR)\s?\d|\d\s?(€|EUR\b|euro)"),
    "a percentage": re.compile(r"\d\s?%"),
    "a phone number": re.compile(r"(?<![\d.])(\+\d|0\d{1,3} )[\d ]{4,}|\b116 ?1\d\d\b"),
    "a time": re.compile(r"(?<![\d.])([01]?\d|2[0-3])[:.][0-5]\d(?!\.?\d)"),
    "an address": re.compile(r"https?://|[\w.]+@[\w.]+\.\w+"),
}
LONG_TITLE, LONG_SUMMARY, LONG_SENTENCE = 70, 160, 25


def check_texts(item: Item, known: Known) -> Iterator[Fault]:
    """`[[key]]` and `entry:slug` must lead somewhere."""
    for path, text in texts_of(item):
        for row, line in enumerate(text.split("\n")):
            for reason in _dead_ends(line, known):
                yield item.fault(path, f"{path}: {reason}", row)


def warnings(item: Item, languages: list[str]) -> Iterator[Fault]:
    """What is allowed, but makes a text hard to read or to keep true."""
    for language, words in item.record.get("texts", {}).items():
        here = f"texts.{language}"
        if languages and language not in languages:
            yield item.fault(here, f"{here}: not one of the languages of this pack")
        for key, most in (("title", LONG_TITLE), ("summary", LONG_SUMMARY)):
            if len(words.get(key, "")) > most:
                yield item.fault(f"{here}.{key}", f"{here}.{key}: longer than {most} characters")
    for path, text in texts_of(item):
        for row, line in enumerate(text.split("\n")):
            bare = IN_BRACKETS.sub("", line)
            for what, pattern in FIGURES.items():
                if found := pattern.search(bare):
                    shown = bare[max(found.start() - 10, 0) : found.end() + 10].strip()
                    reason = f"{path}: {what} in the prose (…{shown}…); make it a fact"
                    yield item.fault(path, reason, row)
            if path.startswith("texts.en."):
                yield from _long_sentences(item, path, bare, row)


def texts_of(item: Item) -> Iterator[tuple[str, str]]:
    """All words of an entry with their paths."""
    for language, words in item.record.get("texts", {}).items():
        for key, value in words.items():
            if key == "made":
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
        if ("entry", slug) not in known:
            close = nearest(slug, [one for of, one in known if of == "entry"])
            yield f"the link entry:{slug} leads nowhere{close}"


def _long_sentences(item: Item, path: str, line: str, row: int) -> Iterator[Fault]:
    for sentence in re.split(r"(?<=[.!?:])\s", line):
        if len(sentence.split()) > LONG_SENTENCE:
            start = " ".join(sentence.split()[:5])
            yield item.fault(path, f"{path}: more than {LONG_SENTENCE} words: “{start} …”", row)
