"""One value each: what a node must say to be a date, a slug, words in languages; or ValueError."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from satama.base.html import faults
from satama.databank.models.shared import SLUG
from satama.databank.values import check_date, check_url, is_language

from .files import Node
from .shapes import Field

NUMBER = re.compile(r"^-?\d{1,3}(\.\d+)?$")
HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
# Brand tokens become style sheet values, so nothing that could end a declaration may stand there.
BRAND_VALUE = re.compile(r"^[\w#%.,/() -]{1,200}$")


def tidy(text: str) -> str:
    """One spelling for what looks the same: line ends, composed letters, no space around."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def nearest(word: str, known: Any) -> str:
    """`; did you mean …?` when something known is close."""
    close = get_close_matches(word, list(known), 1, 0.7)
    return f"; did you mean {close[0]!r}?" if close else ""


def kind_of(node: Node) -> str:
    if isinstance(node.value, str):
        return f"the text {node.value[:40]!r}"
    if isinstance(node.value, list):
        return "a list"
    return "keys and values" if isinstance(node.value, dict) else "nothing"


def _text(node: Node, part: Field) -> str:
    if not isinstance(node.value, str):
        raise ValueError(f"expected a text, not {kind_of(node)}")
    text = tidy(node.value)
    if found := next(faults(text), None):
        raise ValueError(found)
    if part.longest and len(text) > part.longest:
        raise ValueError(f"{len(text)} characters; at most {part.longest}")
    if part.choices and text not in part.choices:
        known = ", ".join(part.choices)
        raise ValueError(f"unknown {text!r}{nearest(text, part.choices)} (one of {known})")
    return text


def _slug(node: Node, part: Field) -> str:
    text = _text(node, part)
    if not re.fullmatch(SLUG, text):
        raise ValueError(f"only lower-case letters a-z, digits and single hyphens, not {text!r}")
    return text


def _list(node: Node, part: Field) -> list[str]:
    values = [_one_of_list(one, part) for one in _items(node)]
    for value in values:
        if values.count(value) > 1:
            raise ValueError(f"{value!r} is listed twice")
    return values


def _one_of_list(node: Node, part: Field) -> str:
    text = _slug(node, part) if part.names else _text(node, part)
    if part.pattern and not re.fullmatch(part.pattern, text):
        raise ValueError(f"not a code of this list: {text!r}")
    return text


def _items(node: Node) -> list[Node]:
    if not isinstance(node.value, list):
        raise ValueError(f"expected a list, not {kind_of(node)}")
    return node.value


def _pairs(node: Node) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise ValueError(f"expected one value for each key, not {kind_of(node)}")
    return node.value


def _language(text: str) -> str:
    if not is_language(text):
        raise ValueError(f"unknown language {text!r}")
    return text


def _texts(node: Node, part: Field) -> list[str]:
    texts = [_text(one, part) for one in _items(node)]
    if not all(texts):
        raise ValueError("an item of the list is empty")
    return texts


def _words(node: Node, part: Field) -> dict[str, str]:
    words = {_language(code): _text(one, part) for code, one in _pairs(node).items()}
    if any("[[" in text for text in words.values()):
        raise ValueError("facts are shown only in the texts of entries")
    return {code: text for code, text in words.items() if text}


def _word_lists(node: Node, part: Field) -> dict[str, list[str]]:
    lists = {_language(code): _texts(one, part) for code, one in _pairs(node).items()}
    return {code: texts for code, texts in lists.items() if texts}


def _one_language(node: Node, part: Field) -> str:
    return _language(_text(node, part))


def _languages(node: Node, part: Field) -> list[str]:
    return [_language(code) for code in _list(node, part)]


def _fallbacks(node: Node, part: Field) -> dict[str, list[str]]:
    return {_language(code): _languages(one, part) for code, one in _pairs(node).items()}


def _brand(node: Node, part: Field) -> dict[str, str]:
    tokens = {name: _text(one, part) for name, one in _pairs(node).items()}
    for name, value in tokens.items():
        if not re.fullmatch(SLUG, name) or not BRAND_VALUE.fullmatch(value):
            raise ValueError(f"{name!r} is not a name and a plain value")
    return tokens


def _date(node: Node, part: Field) -> str:
    text = _text(node, part)
    check_date(text)
    return text


def _web(node: Node, part: Field) -> str:
    text = _text(node, part)
    check_url(text)
    return text


def _yes_no(node: Node, part: Field) -> bool:
    text = _text(node, part)
    if text not in {"true", "false"}:
        raise ValueError(f"true or false, not {text!r}")
    return text == "true"


def _number(node: Node, part: Field) -> float:
    text = _text(node, part)
    if not NUMBER.match(text):
        raise ValueError(f"not degrees with decimals like 63.838: {text!r}")
    return round(float(text), 5)


def _days(node: Node, part: Field) -> int:
    text = _text(node, part)
    if not text.isascii() or not text.isdigit() or not 7 <= int(text) <= 1100:
        raise ValueError(f"not a whole number of days from 7 to 1100: {text!r}")
    return int(text)


def _value(node: Node, part: Field) -> Any:
    if isinstance(node.value, dict):
        return {code: _text(one, part) for code, one in node.value.items()}
    return _text(node, part)


def _matching(test: Callable[[str], bool], what: str) -> Callable[[Node, Field], str]:
    def read(node: Node, part: Field) -> str:
        text = _text(node, part)
        if not test(text):
            raise ValueError(f"not {what}: {text!r}")
        return text

    return read


def _is_time_zone(text: str) -> bool:
    try:
        return bool(ZoneInfo(text))
    except (ValueError, OSError, KeyError):
        return False


READERS: dict[str, Callable[[Node, Field], Any]] = {
    "text": _text,
    "slug": _slug,
    "list": _list,
    "texts": _texts,
    "words": _words,
    "word_lists": _word_lists,
    "language": _one_language,
    "languages": _languages,
    "fallbacks": _fallbacks,
    "brand": _brand,
    "date": _date,
    "url": _web,
    "yes_no": _yes_no,
    "number": _number,
    "days": _days,
    "value": _value,
    "code": _matching(lambda text: bool(re.fullmatch(r"[0-9]{3}", text)), "three digits"),
    "country": _matching(
        lambda text: len(text) == 2 and text.isupper() and text in Locale("en").territories,
        "a country's two letters",
    ),
    "host": _matching(lambda text: bool(HOST.match(text)), "a host name"),
    "time_zone": _matching(_is_time_zone, "a time zone like Europe/Helsinki"),
}
