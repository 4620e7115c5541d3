"""Languages that staff are offered. Others that a row has already show as well."""

from collections.abc import Iterable

from satama.base import languages

# What many people in Finland speak, and what the vocabulary of topics has.
USUAL = (
    *("fi", "sv", "en", "ru", "uk", "ar", "et", "so", "fa", "ckb", "zh-Hans", "sq", "vi", "tr"),
    *("th", "es", "fr", "de", "pl", "pt", "ro", "ne", "hi", "bn", "fil"),
)


def choices(*first: Iterable[str]) -> list[tuple[str, str]]:
    """Languages with their own names: some first, then the usual ones."""
    codes = dict.fromkeys([*(code for some in first for code in some), *USUAL])
    return [(code, languages.own_name(code)) for code in codes]
