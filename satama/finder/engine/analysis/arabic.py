"""Arabic, Persian, Urdu and Kurdish: people leave out hamza, dots and marks; keyboards differ."""

from __future__ import annotations

import re

from .snowball import snowball

# Persian joins with a mark that nobody sees and many type as a blank.
JOINT = re.compile("(?<=[\u0600-\u06ff])\u200c(?=[\u0600-\u06ff])")
ONE_FORM: dict[str, str] = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ةۀەھہۂۃ", "ه"),
    **dict.fromkeys("ىیئېێےۓ", "ي"),
    **dict.fromkeys("ؤۆ", "و"),
    **{"ک": "ك", "ں": "ن", "ڕ": "ر", "ڵ": "ل"},
    **dict.fromkeys(["ء", "ـ", "\u0670", *map(chr, range(0x064B, 0x0660))], ""),
}
_PERSIAN = str.maketrans("يك", "یک")
# And, then, with, like, for: each may stand before the article, which Snowball then misses.
_JOINED_ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{4})")


def arabic(word: str) -> str:
    """Snowball's stem, also of what is joined to the article: والمدرسة, بالمدرسة, للمدرسة."""
    stem = snowball(_JOINED_ARTICLE.sub("ال", word), "arabic")
    # Ta marbuta without dots: Snowball leaves it now and then.
    return stem.removesuffix("ه") if len(stem) > 3 else stem


def persian(word: str) -> str:
    """Snowball knows Persian by the letters of a Persian keyboard."""
    return snowball(word.translate(_PERSIAN), "persian")
