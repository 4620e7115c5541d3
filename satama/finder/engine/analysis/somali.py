"""Somali: the article stands at the end of the noun and melts into it."""

from __future__ import annotations

import re

_ARTICLE = re.compile("(?<=..[aeiou])(?:[td]a|[kgh]a|sha)$|(?<=.{3}[^aeiou])(?:[td]a|[kg]a|sha)$")
_VOWELS = re.compile("(?<=.{3})[aeiou]+$")


def somali(word: str) -> str:
    """Brings together taleefan and taleefanka, magaalo and magaalada."""
    return _VOWELS.sub("", _ARTICLE.sub("", word))
