"""The code that opens a folder: 80 random bits in Crockford's base32, written in four groups, and a
check word that tells a slip of the pen from a code that is gone. No database."""

import csv
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from satama.base import languages, secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # crockford.com/base32.html: no I, L, O, U
LENGTH = 16  # times 5 bits
# What people write for what they read: Crockford's own, and Cyrillic letters of the same look.
MEANT = str.maketrans("OILАВСЕНКМОРТХУЅ", "011ABCEHKM0PTXYS")
WORDS = Path(__file__).parent / "words" / "words.csv"


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """In groups, as it is shown: 7F3K-Q2ZT-9WBM-C4XD. Always left to right."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def read(typed: str) -> str | None:
    """The code somebody typed, however they wrote it; None if it is none."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(MEANT)
    letters = (_digit(letter) for letter in plain if letter.isalnum())
    code = "".join(letters)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def _digit(letter: str) -> str:
    """Digits of any script as ours."""
    return str(unicodedata.digit(letter)) if letter.isdigit() else letter


def number(code: str) -> int:
    """Which of the words goes with a code: known to who has the code and to us, to nobody else."""
    return int(secret.digests(code, "check word")[-1], 16) % len(words("en"))


def word(code: str, language: str) -> str:
    """The check word in a language, or in English."""
    return words(language)[number(code)]


def is_word(code: str, typed: str) -> bool:
    """Whether somebody wrote the check word, in whatever language."""
    wanted = {row[number(code)].casefold() for row in table().values()}
    return " ".join(typed.split()).casefold() in wanted


def words(language: str) -> list[str]:
    known = table()
    return known.get(languages.plain(language)) or known["en"]


@cache
def table() -> dict[str, list[str]]:
    """{language: words}, in the same order in each."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {language: [row[language] for row in rows] for language in rows[0]}
