"""Template words of the look: icons, times, structured data."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide as draw

from satama.base import words

register = template.Library()
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A Lucide line icon. Never alone: words stand beside it, so screen readers skip it."""
    if not name:
        return SafeString("")
    try:
        drawn = draw(name, size=24, **{"aria-hidden": "true", "stroke-width": "1.75"})
    except IconDoesNotExist:
        return SafeString("")
    return mark_safe(" ".join(drawn.split()).replace("> <", "><"))  # noqa: S308  from the package


@register.filter
def day(value: Any) -> str:
    """A date in the words of the page's language."""
    return words.day(value, get_language() or "en") if value else ""


@register.filter
def near_day(value: Any) -> str:
    """A day of the next weeks: its weekday, its number, its month."""
    return words.near_day(value, get_language() or "en")


@register.filter
def hyphenated(text: str) -> str:
    return words.hyphenated(text)


@register.filter
def left_to_right(value: str) -> str:
    """A date such as 2022-01 reads the same way in a right-to-left sentence."""
    return f"\u2066{value}\u2069"


@register.simple_tag
def linked_data(data: dict[str, Any] | None) -> SafeString:
    """JSON-LD; nothing in it can end the script element."""
    if not data:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
