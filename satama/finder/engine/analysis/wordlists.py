"""The word lists of a language, as files that staff can read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

WORD_LISTS = Path(__file__).parents[1] / "words"


@cache
def listed(name: str) -> tuple[str, ...]:
    """The lines of a word list, or nothing where we have none of that name."""
    file = WORD_LISTS / f"{name}.txt"
    if not re.fullmatch("[a-z-]{2,12}", name) or not file.exists():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
