"""How texts read: what makes them hard to read, or hard to keep true. Nothing here stops a load.

The rules are those of docs/content.md.
"""

import re
from collections.abc import Iterator

from satama.base import languages

from .files import Fault
from .glossary import Glossary
from .prose import ENTRY_TARGET, IN_BRACKETS, texts_of
from .reading import Item

LONGEST = {"title": 70, "summary": 160}  # characters
LONGEST_SENTENCE, LONGEST_EASY_SENTENCE = 20, 14  # words
LONGEST_BODY = 450  # words
# LIX (C. H. Björnsson, Läsbarhet, 1968): words in a sentence + percentage of words over 6 letters.
# Finnish and Russian words are longer; each limit is the hard end of our own good texts.
LIX = {"en": 38, "sv": 42, "fi": 56, "fi-simple": 48, "ru": 58}
SHORTEST_FOR_LIX = 100  # words; the measure says little about less

_LIST_MARK = re.compile(r"^\s*(?:\d+\.|[-*]|#+)\s+")
_LEVEL = re.compile(r"\b[ABC][12](?:\.\d)?\b")
_FIGURE = re.compile(r"\d")
_ADDRESS = re.compile(r"https?://|[\w.]+@[\w.]+\.\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?:؟])\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_NUMBERS = {
    "en": "two|three|four|five|six|seven|eight|nine|ten|twelve",
    "fi": "kaksi|kahden|kahta|kolmen?|kolmea|neljän?|neljää|viisi|viiden|viittä|kuusi|kuuden|kuutta"
    "|kymmenen|kymmentä",
    "sv": "två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv",
}
_UNITS = {
    "en": "minutes?|hours?|days?|weeks?|months?|years?(?! old)",
    "fi": "minuut\\w+|tun\\w+|päiv\\w+|viik[ko]\\w+|kuukau\\w+|vuo[td]\\w+(?! ikä| iän| vanha)",
    "sv": "minut\\w*|timm\\w+|dag\\w*|dygn|vecko\\w+|månad\\w*|år",
}
_DURATIONS = {
    code: re.compile(rf"\b(?:{_NUMBERS[code]})\s(?:{_UNITS[code]})\b", re.IGNORECASE)
    for code in _NUMBERS
}


def warnings(item: Item, glossary: Glossary) -> Iterator[Fault]:
    """All that a good editor would change in an entry."""
    yield from _too_long(item)
    for path, text in texts_of(item):
        language = path.split(".")[1]
        for row, line in enumerate(text.split("\n")):
            for reason in _of_line(_bare(line), language, glossary):
                yield item.fault(path, f"{path}: {reason}", row)
    yield from _hard_to_read(item)


def lix(text: str) -> float:
    """How hard a text is to read: below 30 very easy, 40 ordinary, above 60 very hard."""
    words = [word for line in text.split("\n") for word in _WORD.findall(line)]
    sentences = [part for line in text.split("\n") for part in _sentences(line)]
    if not words:
        return 0.0
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def _too_long(item: Item) -> Iterator[Fault]:
    for language, words in item.record.get("texts", {}).items():
        here = f"texts.{language}"
        for key, most in LONGEST.items():
            if len(words.get(key, "")) > most:
                yield item.fault(f"{here}.{key}", f"{here}.{key}: longer than {most} characters")
        count = len(_WORD.findall(_bare(words.get("body", ""))))
        if count > LONGEST_BODY:
            reason = f"{here}.body: {count} words; more than {LONGEST_BODY} tire the reader"
            yield item.fault(f"{here}.body", reason)


def _of_line(line: str, language: str, glossary: Glossary) -> Iterator[str]:
    plain = languages.plain(language)
    for what, pattern in (
        ("a figure", _FIGURE),
        ("an address", _ADDRESS),
        ("a duration", _DURATIONS.get(plain)),
    ):
        if pattern and (found := pattern.search(_LEVEL.sub("", line))):
            shown = line[max(found.start() - 10, 0) : found.end() + 10].strip()
            yield f"{what} in the prose (…{shown}…); make it a fact"
    most = LONGEST_EASY_SENTENCE if languages.is_easy(language) else LONGEST_SENTENCE
    for sentence in _sentences(line):
        if len(sentence.split()) > most:
            start = " ".join(sentence.split()[:5])
            yield f"more than {most} words: “{start} …”"
    for word, term in glossary.avoided(line, plain):
        yield f"“{word}”; the glossary says “{term}”"


def _hard_to_read(item: Item) -> Iterator[Fault]:
    for language, words in item.record.get("texts", {}).items():
        body = "\n".join(_bare(line) for line in words.get("body", "").split("\n"))
        if language not in LIX or len(_WORD.findall(body)) < SHORTEST_FOR_LIX:
            continue
        measured = lix(body)
        if measured > LIX[language]:
            here = f"texts.{language}.body"
            reason = f"{here}: hard to read (LIX {measured:.0f}, at most {LIX[language]})"
            yield item.fault(here, reason)


def _bare(line: str) -> str:
    """The words alone: no list mark, link target or emphasis; one word for a fact."""
    line = ENTRY_TARGET.sub("]", _LIST_MARK.sub("", line))
    return IN_BRACKETS.sub("…", line).replace("**", "").replace("[", "").replace("]", "")


def _sentences(line: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(line) if _WORD.search(part)]
