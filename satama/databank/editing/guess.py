"""What selected words are: a type and a value as values.py wants it. No database."""

import re
from collections.abc import Callable, Iterator

from ..values import check_value

AMOUNT = r"(\d{1,3}(?:[  .]\d{3})+|\d+)(?:[.,](\d{1,2}))?"
MONEY = re.compile(
    rf"^(?:€\s*)?{AMOUNT}(?:\s*[-–]\s*{AMOUNT})?\s*(?:€|eur|euros?|euroa?|e)?$", re.IGNORECASE
)
CURRENCY = re.compile(r"€|\beur|\d\s*e$", re.IGNORECASE)
EMAIL = re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$")
WEB = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
PHONE = re.compile(r"^(\+?[\d][\d\s()/-]{2,})$")
AREA = re.compile(r"^0(?!20|29|30|50)[235689]")
DAY = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
COUNTED = re.compile(r"^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?\s*([^\W\d]+)\.?$")
UNITS = {
    "P{}Y": ("year", "years", "vuosi", "vuotta", "år"),
    "P{}M": ("month", "months", "kuukausi", "kuukautta", "kk", "månad", "månader", "mån"),
    "P{}W": ("week", "weeks", "viikko", "viikkoa", "vk", "vecka", "veckor"),
    "P{}D": ("day", "days", "päivä", "päivää", "pv", "dag", "dagar", "dygn"),
    "PT{}H": ("hour", "hours", "tunti", "tuntia", "h", "timme", "timmar"),
    "PT{}M": ("minute", "minutes", "min", "minuutti", "minuuttia", "minut", "minuter"),
}
PATTERNS = {unit: pattern for pattern, units in UNITS.items() for unit in units}
WEEKDAYS = {
    "Mo": ("ma", "mån", "må", "mon", "monday", "mo"),
    "Tu": ("ti", "tis", "tue", "tuesday", "tu"),
    "We": ("ke", "ons", "on", "wed", "wednesday", "we"),
    "Th": ("to", "tors", "thu", "thursday", "th"),
    "Fr": ("pe", "fre", "fr", "fri", "friday"),
    "Sa": ("la", "lör", "lö", "sat", "saturday", "sa"),
    "Su": ("su", "sön", "sö", "sun", "sunday"),
}
SHORT = {name: short for short, names in WEEKDAYS.items() for name in names}
HOURS = re.compile(r"^[^\W\d]+\.?(\s*[-–]\s*[^\W\d]+\.?)?\s+(?:klo\s+|kl\.?\s+)?\d{1,2}.*$")
CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[.:](\d{2}))?(?!\d)")


def guess(words: str) -> tuple[str, str]:
    """(type, value): `590 €` is ("money", "590 EUR"). What nothing fits is a text."""
    said = " ".join(words.replace("\u00a0", " ").split()).strip(" ;")
    for type, read in READERS:
        for value in read(said):
            try:
                check_value(type, value)
            except ValueError:
                continue
            return type, value
    return "text", said


def _money(said: str) -> Iterator[str]:
    match = MONEY.match(said)
    if match and CURRENCY.search(said):
        whole, cents, more, more_cents = match.groups()
        low, high = _amount(whole, cents), _amount(more, more_cents)
        yield f"{low}-{high} EUR" if high else f"{low} EUR"


def _amount(whole: str | None, cents: str | None) -> str:
    if not whole:
        return ""
    return re.sub(r"\D", "", whole) + (f".{cents.ljust(2, '0')}" if cents else "")


def _email(said: str) -> Iterator[str]:
    if EMAIL.match(said):
        yield said.rstrip(".")


def _web(said: str) -> Iterator[str]:
    if WEB.match(said):
        yield said if said.lower().startswith("http") else f"https://{said}"


def _day(said: str) -> Iterator[str]:
    if ISO_DAY.match(said):
        yield said
    if match := DAY.match(said):
        day, month, year = match.groups()
        yield f"{year}-{int(month):02}-{int(day):02}"


def _phone(said: str) -> Iterator[str]:
    if PHONE.match(said):
        plain = " ".join(re.sub(r"[()/-]", " ", said).split())
        yield plain
        if plain.startswith("0") and not plain.startswith(("00", "080", "060", "070")):
            area = 2 if AREA.match(plain) else 3  # written in one, read in two
            yield f"+358 {plain[1:]}" if " " in plain else f"+358 {plain[1:area]} {plain[area:]}"


def _duration(said: str) -> Iterator[str]:
    match = COUNTED.match(said)
    pattern = PATTERNS.get(match[3].lower()) if match else None
    if match and pattern:
        counts = [count for count in match.groups()[:2] if count]
        yield "/".join(pattern.format(count) for count in counts)


def _hours(said: str) -> Iterator[str]:
    yield from [said] if re.match(r"^(Mo|Tu|We|Th|Fr|Sa|Su|24/7)\b", said) else []
    if HOURS.match(said):
        parts = re.split(r"\s*[,;]\s+", said)
        yield "; ".join(filter(None, (_hours_of(part) for part in parts)))


def _hours_of(part: str) -> str:
    days = re.findall(r"[^\W\d]+", re.sub(r"\b(klo|kl)\b\.?", "", part))
    times = [f"{int(hour):02}:{minute or '00'}" for hour, minute in CLOCK.findall(part)]
    known = [SHORT.get(day.lower()) for day in days]
    if len(times) != 2 or None in known or not 1 <= len(known) <= 2:
        return ""
    return f"{'-'.join(filter(None, known))} {'-'.join(times)}"


READERS: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("money", _money),
    ("email", _email),
    ("url", _web),
    ("date", _day),
    ("phone", _phone),
    ("duration", _duration),
    ("hours", _hours),
)
