"""Swedish: Snowball, and the definite and genitive forms that it leaves apart."""

from __future__ import annotations

import re

from .snowball import snowball

_BEFORE = [
    (re.compile(one), other)
    for one, other in (
        ("(.{3}(?:en|et|an|na|[aeo]r|are))s$", r"\1"),
        ("^(?!.*(?:[iu]l?tet|het|internet|budget|paket)$)(.{3,})et$", r"\1"),
        ("böcker(?:na)?$", "bok"),
        ("städer(?:na)?$", "stad"),
        ("länder(?:na)?$", "land"),
        ("tänder(?:na)?$", "tand"),
    )
]
_AFTER = [
    (re.compile(one), other)
    for one, other in (
        ("(.{3})an$", r"\1"),
        ("(.{3}[^s])s$", r"\1"),
        ("(.{2}å)n$", r"\1"),
        ("(.{3}[lkvg])t$", r"\1"),
        ("(.{3}[dt])r$", r"\1"),
        ("(.{2})([mn])\\2$", r"\1\2"),
    )
]


def swedish(word: str) -> str:
    """Brings together skola and skolans, tillstånd and tillståndet, bok and böcker."""
    for one, other in _BEFORE:
        word = one.sub(other, word)
    stem = snowball(word, "swedish")
    for one, other in _AFTER:
        stem = one.sub(other, stem)
    return stem
