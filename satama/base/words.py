"""Money, dates, durations, numbers and days in the words of a language (CLDR, through Babel). No
database."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency

from . import languages

MONEY = re.compile(r"^(\d+(?:\.\d{1,2})?)(?:-(\d+(?:\.\d{1,2})?))? ([A-Z]{3})$")
DURATION = re.compile(
    r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$"
)
LONG_WORD = re.compile(r"[^\W\d_]{16,}")
_V, _C = "[aeiouyåäöаеёиоуыэюяіїє]", "[bcdfghjklmnpqrstvwxzбвгджзйклмнпрстфхцчшщґ]"
SYLLABLE = re.compile(rf"(?i)(?<=\w\w\w)(?={_C}{_V}\w)")
UNITS = ("year", "month", "week", "day", "hour", "minute")
SECONDS = {
    "year": 365 * 86400,
    "month": 30 * 86400,
    "week": 604800,
    "day": 86400,
    "hour": 3600,
    "minute": 60,
}


@lru_cache
def locale(language: str) -> Locale:
    """Babel's locale; Finland's conventions for Swedish and English. Western digits everywhere."""
    language = languages.plain(language)
    name = {"sv": "sv_FI", "en": "en_GB", "fi": "fi_FI"}.get(language, language.replace("-", "_"))
    return Locale.parse(name)


def money(value: str, language: str) -> str:
    """`590 EUR` or `380-480 EUR` in the reader's way; whole amounts without decimals."""
    match = MONEY.match(value)
    if not match:
        raise ValueError(f"not an amount: {value!r}")
    low, high, currency = match.groups()
    parts = [_amount(Decimal(part), currency, language) for part in (low, high) if part]
    return " – ".join(parts)


def _amount(amount: Decimal, currency: str, language: str) -> str:
    whole = amount == amount.to_integral_value()
    pattern = locale(language).currency_formats["standard"].pattern
    if whole:
        pattern = re.sub(r"([.,])00", "", pattern)
    return format_currency(
        amount,
        currency,
        pattern,
        locale(language),
        currency_digits=not whole,
        numbering_system="latn",
    )


def day(value: date, language: str) -> str:
    """1 January 2027, in the reader's language, without the word for "year" after it."""
    return re.sub(r"\s[рг]\.$", "", western(format_date(value, "long", locale(language))))


def near_day(value: date, language: str) -> str:
    """Tuesday 24 November: a day of the next weeks, with its weekday and without its year."""
    full = western(format_date(value, "full", locale(language)))
    return re.sub(r"[,،]?\s*\d{4}(\s[рг]\.)?$", "", full)


def clock(value: time, language: str) -> str:
    """15:00 or 15.00: the time of day, always on 24 hours as on Finnish doors."""
    here = locale(language)
    return western(format_time(value, "HH.mm" if here.language == "fi" else "HH:mm", locale=here))


def weekday(number: int, language: str) -> str:
    """The name of a day, 0 for Monday, as it stands alone on a list."""
    return locale(language).days["stand-alone"]["wide"][number]


def duration(value: str, language: str) -> str:
    """An ISO 8601 duration (`P14D`, `PT2H`) or range (`P1M/P2M`) in words: 14 days, 1–2 months."""
    parts = [_counts(part) for part in value.split("/")]
    said = [
        " ".join(western(_count_of(unit, count, language)) for unit, count in part.items())
        for part in parts
    ]
    one_unit = len(parts) == 2 and len(parts[0]) == 1 and parts[0].keys() == parts[1].keys()
    # Right to left the two numbers would change places.
    if one_unit and languages.direction(language) == "ltr":
        return f"{next(iter(parts[0].values()))}–{said[1]}"
    return " – ".join(said)


def _counts(value: str) -> dict[str, int]:
    """How many of each unit that is there."""
    match = DURATION.match(value)
    counts = [int(group or 0) for group in match.groups()] if match else []
    if not any(counts):
        raise ValueError(f"not a duration: {value!r}")
    return {unit: count for unit, count in zip(UNITS, counts, strict=True) if count}


def _count_of(unit: str, count: int, language: str) -> str:
    """`3 months`: Babel would turn 30 days into a month, so the unit is held by granularity."""
    words = format_timedelta(
        timedelta(seconds=SECONDS[unit] * count),
        granularity=unit,  # type: ignore[arg-type]
        threshold=10**6,
        locale=locale(language),
    )
    # CLDR counts Swedish days in "dygn" (24 hours); deadlines are in days.
    return words.replace("dygn", "dag" if count == 1 else "dagar")


def western(text: str) -> str:
    """Arabic-Indic and other digits as 0-9."""
    return "".join(str(int(c)) if c.isdigit() and not c.isascii() else c for c in text)


def language_name(code: str, language: str) -> str:
    """The name of a language in another, as on a list: with a capital where the script has them."""
    code = languages.plain(code)
    name = Locale.parse(code.replace("-", "_")).get_display_name(locale(language)) or code
    return name[:1].upper() + name[1:]


def hyphenated(text: str) -> str:
    """Long words with soft hyphens, for headings on a phone: browsers know no Finnish.

    A break before a consonant with its vowel is right in Finnish, and near in other languages.
    """
    return LONG_WORD.sub(lambda word: SYLLABLE.sub("\u00ad", word[0]), text)
