"""What a fact's value may be, for each type (docs/content-packs.md). No database."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from satama.base.words import DURATION, MONEY, SECONDS, UNITS

LONGEST = 1000
INTERNATIONAL = re.compile(r"^\+[1-9]\d{0,2}( \d+)+$")
SHORT = re.compile(r"^1\d{2}( ?\d{3})?$")
# 080 and 0800 are free in Finland, 0600 and 0700 cost extra; none is reached with +358.
NATIONAL = re.compile(r"^0(80|60|70)[\d ]*\d$")
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")

_url = URLValidator(schemes=["http", "https"])


def check_value(type: str, value: Any) -> None:
    """Raise ValueError with a plain reason unless the value is one of this fact type."""
    if type == "text" and isinstance(value, Mapping):
        _check_words(value)
        return
    if not isinstance(value, str):
        raise ValueError(
            _("the value of a %s is one text; only a text may be in several languages") % type
        )
    if not value.strip():
        raise ValueError(_("the value is empty"))
    if len(value) > LONGEST:
        raise ValueError(_("the value is longer than %s characters") % LONGEST)
    CHECKS[type](value)


def is_language(code: str) -> bool:
    """Whether this is the code of a language that CLDR knows: fi, prs, zh-Hans."""
    return bool(LANGUAGE.match(code)) and code.split("-")[0] in Locale("en").languages


def check_url(value: str) -> None:
    """Raise ValueError unless this is a whole web address."""
    try:
        _url(value)
    except ValidationError:
        raise ValueError(_("not a web address with http:// or https://: %r") % value) from None
    if len(value) > 500:
        raise ValueError(_("the web address is longer than 500 characters"))


def check_date(value: str) -> None:
    """Raise ValueError unless this is a day written as YYYY-MM-DD."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ValueError(_("not a date like 2027-01-31: %r") % value)


def _check_words(value: Mapping[str, Any]) -> None:
    if not value:
        raise ValueError(_("the text has no language"))
    for language, words in value.items():
        if not is_language(language):
            raise ValueError(_("unknown language %r") % language)
        if not isinstance(words, str) or not words.strip():
            raise ValueError(_("the text in %r is empty") % language)
        _check_text(words)


def _check_text(value: str) -> None:
    if len(value) > LONGEST:
        raise ValueError(_("the value is longer than %s characters") % LONGEST)
    if "[[" in value:
        raise ValueError(_("a fact cannot name another fact"))


def _check_money(value: str) -> None:
    match = MONEY.match(value)
    if not match:
        raise ValueError(_("not an amount like 590 EUR, 12.50 EUR or 380-480 EUR: %r") % value)
    low, high, currency = match.groups()
    if currency not in Locale("en").currencies:
        raise ValueError(_("unknown currency %r") % currency)
    if high and float(low) >= float(high):
        raise ValueError(_("the range %r does not rise") % value)


def _check_phone(value: str) -> None:
    digits = sum(character.isdigit() for character in value)
    if INTERNATIONAL.match(value) and 7 <= digits <= 15 and value.isascii():
        return
    if SHORT.match(value) or (NATIONAL.match(value) and 5 <= digits <= 12 and "  " not in value):
        return
    raise ValueError(
        _("not a phone number like +358 29 419 0600 (international, with spaces) or 112: %r")
        % value
    )


def _check_email(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(_("not an e-mail address: %r") % value) from None


def _check_duration(value: str) -> None:
    lengths = [_length(part) for part in value.split("/")]
    if len(lengths) > 2 or not all(lengths):
        raise ValueError(_("not a duration like P14D, P3M, PT2H or P1M/P2M: %r") % value)
    if len(lengths) == 2 and lengths[0] >= lengths[1]:
        raise ValueError(_("the range %r does not rise") % value)


def _length(part: str) -> int:
    """Seconds, or 0 when this is no duration; four digits of anything are enough."""
    match = DURATION.match(part)
    if not match or re.search(r"\d{5}", part):
        return 0
    counts = [int(group or 0) for group in match.groups()]
    return sum(SECONDS[unit] * count for unit, count in zip(UNITS, counts, strict=True))


def _check_hours(value: str) -> None:
    try:
        OpeningHours(value)
    except ParserError:
        raise ValueError(
            _("not opening hours like Mo-Fr 09:00-15:00; PH off: %r") % value
        ) from None


CHECKS: dict[str, Callable[[str], None]] = {
    "money": _check_money,
    "phone": _check_phone,
    "email": _check_email,
    "url": check_url,
    "date": check_date,
    "duration": _check_duration,
    "hours": _check_hours,
    "text": _check_text,
}
