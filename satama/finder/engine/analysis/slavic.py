"""Ukrainian: no Snowball, and a dictionary costs hundreds of megabytes; endings and joints."""

from __future__ import annotations

import re
from functools import cache

from .wordlists import listed

# What changes before an ending: зв'язок and зв'язку, допомога and допомозі, дозвіл and дозволу.
_JOINTS = [
    (re.compile(one), other)
    for one, other in (
        ("і(?=[^аеєиіїоуюя]+$)", "о"),
        ("(.{3})(?:ок|ец|ц)$", r"\1к"),
        ("(.{3})з$", r"\1г"),
        ("(.{4})ов$", r"\1"),
        ("(.{3})л$", r"\1"),
        ("(.{3}?)н+$", r"\1"),
        ("(.{3})[іїи]$", r"\1"),
    )
]


def ukrainian(word: str) -> str:
    """The longest ending off; three letters stay."""
    if len(word) > 5 and word.endswith(("ся", "сь")):
        word = word[:-2]
    ending = _ending(word)
    if ending:
        word = word[: -len(ending)].rstrip("ьй")
    for one, other in _JOINTS:
        word = one.sub(other, word)
    return word


def _ending(word: str) -> str:
    """The longest ending on our list that leaves three letters."""
    longest = min(_longest(), len(word) - 3)
    tails = (word[-length:] for length in range(longest, 0, -1))
    return next((tail for tail in tails if tail in _endings()), "")


@cache
def _endings() -> frozenset[str]:
    return frozenset(listed("uk-endings"))


@cache
def _longest() -> int:
    return max(map(len, _endings()))
