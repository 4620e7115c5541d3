"""Words of danger, in many languages: whoever writes them sees first whom to call. They are matched
here and, while somebody types, in their browser by the same rule (static/office/ask.js). No
database."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words" / "danger.csv"
MARKS = {chr(code) for code in range(0x064B, 0x0653)} | {"\u0640"}  # Arabic vowels, lengthening


def is_in(text: str) -> bool:
    spoken = plain(text)
    return any(sign in spoken for sign in signs())


def plain(text: str) -> str:
    """Small letters, one space around each word, nothing else."""
    small = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(_letter(letter) for letter in small if letter not in MARKS)
    return f" {' '.join(kept.split())} "


def _letter(letter: str) -> str:
    return letter if unicodedata.category(letter)[0] in "LMN" else " "


@cache
def signs() -> tuple[str, ...]:
    """What is looked for. In the file `tappa*` is the beginning of a word, `*自杀*` any part."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = [row["words"] for row in csv.DictReader(file)]
    return tuple(
        ("" if row.startswith("*") else " ")
        + plain(row.strip("*")).strip()
        + ("" if row.endswith("*") else " ")
        for row in rows
    )
