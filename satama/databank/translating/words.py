"""The words of a text, to compare and to keep. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:  # the models ask us which text is the source
    from satama.databank.models import Text

FIELDS = (
    *("title", "summary", "eligibility", "fees", "documents", "application", "body"),
    "alt",
)
ON_ONE_LINE = ("title", "summary", "alt")

Words = Mapping[str, Any]


class Head(Protocol):
    """As much of a text as tells whether it is the source."""

    @property
    def language(self) -> str: ...
    @property
    def made(self) -> str: ...
    @property
    def body(self) -> Any: ...


T = TypeVar("T", bound=Head)


def words_of(text: Text) -> Words:
    """What a text says by field; what is empty is left out."""
    said = ((name, getattr(text, name)) for name in FIELDS)
    return {name: value for name, value in said if value}


def in_one(value: Any) -> str:
    """What a field says as one text; lists have a line each."""
    return "\n".join(value) if isinstance(value, list) else value or ""


def digest(words: Words) -> str:
    """The same for the same words, whatever blanks stand at the end of their lines."""
    plain = {name: _plain(value) for name, value in words.items() if value}
    told = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def source(texts: Iterable[T], named: str, spoken: Sequence[str]) -> T | None:
    """The text that the others are made from: in the language that the entry names, or else the
    first whole one by a person in the order of the region's languages."""
    by_language = {text.language: text for text in texts}
    if named in by_language:
        return by_language[named]
    ranked = sorted(by_language.values(), key=lambda text: _rank(text, spoken))
    return ranked[0] if ranked else None


def _rank(text: Head, spoken: Sequence[str]) -> tuple[bool, bool, int, str]:
    place = spoken.index(text.language) if text.language in spoken else len(spoken)
    return text.made == "machine", not text.body, place, text.language
