"""Money, days and times in the words of a language; the digits are always 0-9."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.base import words

LANGUAGES = ["fi", "sv", "en", "uk", "ru", "ar", "fa", "ne", "so", "vi", "th", "zh-Hans", "et"]
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("590 EUR", "en", "€590"),
        ("1590 EUR", "fi", f"1{NBSP}590{NBSP}€"),
        ("1590.50 EUR", "sv", f"1{NBSP}590,50{NBSP}€"),
        ("12.5 EUR", "en", "€12.50"),
        ("0 EUR", "en", "€0"),
        ("5-10 EUR", "en", "€5 – €10"),
        ("100 SEK", "sv", f"100{NBSP}kr"),
    ],
)
def test_money(value, language, said):
    assert words.money(value, language) == said


@pytest.mark.parametrize("value", ["", "590", "EUR 590", "590€", "5,90 EUR", "-5 EUR", "5 eur"])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ValueError, match="not an amount"):
        words.money(value, "en")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("P1D", "1 day"),
        ("P30D", "30 days"),
        ("P12M", "12 months"),
        ("P1Y6M", "1 year 6 months"),
        ("P2W", "2 weeks"),
        ("PT45M", "45 minutes"),
        ("P1DT12H", "1 day 12 hours"),
        ("P365D", "365 days"),
        ("PT1H/PT2H", "1–2 hours"),
        ("P14D/P1M", "14 days – 1 month"),
        ("P1Y/P1Y6M", "1 year – 1 year 6 months"),
    ],
)
def test_a_duration_keeps_its_unit(value, said):
    assert words.duration(value, "en") == said


@pytest.mark.parametrize("value", ["", "P", "PT", "P0D", "1D", "P1D/", "P-1D", "P1.5D"])
def test_what_is_no_duration_is_refused(value):
    with pytest.raises(ValueError, match="not a duration"):
        words.duration(value, "en")


def test_a_range_right_to_left_names_the_unit_twice():
    assert words.duration("P7D/P14D", "ar") == "7 أيام – 14 يومًا"
    assert words.duration("P7D/P14D", "fi") == "7–14 päivää"
    assert words.duration("P1M/P5M", "uk") == "1–5 місяців"


@pytest.mark.parametrize(
    ("language", "said"), [("uk", "4 березня 2027"), ("ru", "4 марта 2027"), ("en", "4 March 2027")]
)
def test_a_date_has_no_mark_that_would_double_the_full_stop(language, said):
    assert words.day(date(2027, 3, 4), language) == said


@pytest.mark.parametrize(
    ("plain", "broken"),
    [
        ("Varhaiskasvatuspaikan hakeminen", "Var-hais-kas-va-tus-pai-kan hakeminen"),
        ("monikulttuurisuusneuvosto", "moni-kult-tuu-ri-suus-neu-vosto"),
        ("Sysselsättningstjänster", "Sys-sel-sätt-ningst-jäns-ter"),
        ("высококвалифицированной", "высо-кок-ва-ли-фи-ци-ро-ван-ной"),
        ("Tax card, التصريح", "Tax card, التصريح"),
    ],
)
def test_long_words_break_between_syllables(plain, broken):
    assert words.hyphenated(plain).replace("\u00ad", "-") == broken


@given(st.text())
def test_soft_hyphens_change_no_letter(text):
    assert words.hyphenated(text).replace("\u00ad", "") == text.replace("\u00ad", "")


def test_swedish_deadlines_are_in_days():
    assert words.duration("P1D", "sv") == "1 dag"
    assert words.duration("P14D", "sv") == "14 dagar"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "09.05"), ("sv", "09:05"), ("en", "09:05"), ("ar", "09:05"), ("fa", "09:05")],
)
def test_the_clock(language, said):
    assert words.clock(time(9, 5), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "sunnuntai"), ("sv", "söndag"), ("en", "Sunday"), ("uk", "неділя"), ("ar", "الأحد")],
)
def test_the_last_day_of_the_week(language, said):
    assert words.weekday(6, language) == said


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        ("uk", "en", "Ukrainian"),
        ("fi", "fi", "Suomi"),
        ("sv", "fi", "Ruotsi"),
        ("ar", "uk", "Арабська"),
        ("en", "ar", "الإنجليزية"),
        ("zh-Hans", "en", "Chinese (Simplified)"),
    ],
)
def test_the_name_of_a_language(code, language, said):
    assert words.language_name(code, language) == said


def test_western_digits():
    assert words.western("٢٠٢٧ ۲۰ २ ok") == "2027 20 2 ok"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words_with_digits_we_print_in_every_language(language):
    said = [
        words.money("1234.50 EUR", language),
        words.day(date(2027, 1, 31), language),
        words.clock(time(15, 5), language),
        words.weekday(0, language),
        words.duration("P14D", language),
    ]

    assert all(said)
    assert not [c for c in "".join(said) if c.isdigit() and not c.isascii()]


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(LANGUAGES))
def test_no_digit_of_an_amount_is_lost(euros, cents, language):
    said = words.money(f"{euros}.{cents:02} EUR", language)

    digits = "".join(c for c in said if c.isdigit())
    assert digits == (f"{euros}{cents:02}" if cents else str(euros))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday, 24 November"),
        ("fi", "tiistai 24. marraskuuta"),
        ("sv", "tisdag 24 november"),
        ("uk", "вівторок, 24 листопада"),
        ("ru", "вторник, 24 ноября"),
        ("ar", "الثلاثاء، 24 نوفمبر"),
    ],
)
def test_a_near_day_has_its_weekday_and_no_year(language, said):
    assert words.near_day(date(2026, 11, 24), language) == said
