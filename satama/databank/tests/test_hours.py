"""Opening hours: the week in words, and what the door says at a moment. Finland's calendar."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.hours import Line, Now, in_words, now, parsed, state_in_words, week

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = "Mo-Fr 09:00-15:00; PH off"
MONDAY = date(2026, 11, 23)
ALL_DAY = (time(), time())


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=HELSINKI)


def says(hours: str, moment: str, language: str = "en") -> str:
    """What the door says."""
    return state_in_words(now(hours, at(moment), "FI"), at(moment), language)


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (OFFICE, [Line(0, 4, ((time(9), time(15)),)), Line(5, 6, ())]),
        (
            "Mo,We 10:00-12:00,13:00-16:00; Su 12:00-14:00",
            [
                Line(0, 0, ((time(10), time(12)), (time(13), time(16)))),
                Line(1, 1, ()),
                Line(2, 2, ((time(10), time(12)), (time(13), time(16)))),
                Line(3, 5, ()),
                Line(6, 6, ((time(12), time(14)),)),
            ],
        ),
        ("Fr-Sa 20:00-02:00", [Line(0, 3, ()), Line(4, 5, ((time(20), time(2)),)), Line(6, 6, ())]),
        ("Su 22:00-06:00", [Line(0, 5, ()), Line(6, 6, ((time(22), time(6)),))]),
        ("24/7", [Line(0, 6, (ALL_DAY,))]),
        ("Mo 00:00-24:00", [Line(0, 0, (ALL_DAY,)), Line(1, 6, ())]),
        ("off", [Line(0, 6, ())]),
    ],
)
def test_the_week(hours, lines):
    assert week(hours, MONDAY) == lines


@pytest.mark.parametrize("day", [f"2026-11-{day}" for day in range(23, 30)])
def test_the_week_is_the_same_on_each_of_its_days(day):
    assert week(OFFICE, date.fromisoformat(day)) == week(OFFICE, MONDAY)


def test_the_ordinary_week_does_not_show_a_holiday():
    assert week(OFFICE, date(2026, 12, 24)) == week(OFFICE, MONDAY)


def test_a_season_shows_in_its_own_weeks():
    summer = "Jun-Aug Mo-Fr 09:00-18:00; Sep-May Mo-Fr 10:00-16:00"

    assert in_words(summer, date(2026, 7, 1), "en") == "Monday – Friday 09:00–18:00"
    assert in_words(summer, date(2026, 10, 7), "en") == "Monday – Friday 10:00–16:00"


def test_around_the_clock_in_words():
    assert in_words("24/7", MONDAY, "en") == "Monday – Sunday all day"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T08:59", "Opens today at 09:00"),
        ("2026-11-23T09:00", "Open now, until 15:00"),
        ("2026-11-23T14:59", "Open now, until 15:00"),
        ("2026-11-23T15:00", "Opens tomorrow at 09:00"),
        ("2026-11-27T15:00", "Closed. Opens next: Monday 09:00"),
        ("2026-11-28T12:00", "Closed. Opens next: Monday 09:00"),
        ("2026-11-29T12:00", "Opens tomorrow at 09:00"),
    ],
)
def test_the_door_of_an_office(moment, words):
    assert says(OFFICE, moment) == words


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        ("24/7", "2026-11-23T03:00", "Open now"),
        ("Fr 20:00-02:00", "2026-11-28T01:00", "Open now, until 02:00"),
        ("Fr 20:00-02:00", "2026-11-28T02:00", "Closed. Opens next: Friday 20:00"),
        ("Mo 15:00-17:00", "2026-11-23T17:00", "Closed. Opens next: 30 November 2026 15:00"),
        ("off", "2026-11-23T12:00", "Closed"),
        ("2020 Mo-Fr 09:00-15:00", "2026-11-23T12:00", "Closed"),
        ("Jun-Aug Mo-Fr 09:00-15:00", "2026-11-23T12:00", "Closed"),
    ],
)
def test_other_doors(hours, moment, words):
    assert says(hours, moment) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Open now, until 15.00"),
        ("sv", "Open now, until 15:00"),
        ("ar", "Open now, until 15:00"),
    ],
)
def test_the_clock_is_the_language_s_own(language, words):
    assert says(OFFICE, "2026-11-23T12:00", language) == words


@pytest.mark.parametrize(
    "holiday",
    [
        "2027-01-01",  # New Year
        "2027-01-06",  # Epiphany
        "2026-04-03",  # Good Friday
        "2026-04-06",  # Easter Monday
        "2026-05-01",  # May Day
        "2026-05-14",  # Ascension Day
        "2026-12-25",  # Christmas Day
        "2027-12-06",  # Independence Day, a Monday
    ],
)
def test_an_office_is_closed_on_finland_s_holidays(holiday):
    assert now(OFFICE, at(f"{holiday}T12:00"), "FI").open is False
    assert now("Mo-Fr 09:00-15:00", at(f"{holiday}T12:00"), "FI").open is True


def test_midsummer_moves():
    every_day = "Mo-Su 09:00-15:00; PH off"

    opens = {day: now(every_day, at(f"2026-06-{day}T12:00"), "FI").open for day in range(18, 29)}

    # Midsummer Day is the Saturday from 20 to 26 June; its eve is kept like it.
    assert opens == {day: day not in (19, 20) for day in range(18, 29)}


def test_after_a_holiday_the_next_day_is_told():
    assert says(OFFICE, "2027-12-06T12:00") == "Opens tomorrow at 09:00"


def test_without_a_country_there_are_no_holidays():
    assert now(OFFICE, at("2026-12-25T12:00"), "").open is True


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        # On 28 March 2027 the clock goes from 03:00 to 04:00, on 31 October from 04:00 to 03:00.
        ("Su 02:00-06:00", "2027-03-28T02:30", "Open now, until 06:00"),
        ("Su 02:00-06:00", "2027-03-28T05:30", "Open now, until 06:00"),
        ("Mo-Su 09:00-15:00", "2027-03-27T20:00", "Opens tomorrow at 09:00"),
        ("Mo-Su 09:00-15:00", "2027-03-28T10:00", "Open now, until 15:00"),
        ("Mo-Su 09:00-15:00", "2027-10-30T20:00", "Opens tomorrow at 09:00"),
        ("Mo-Su 09:00-15:00", "2027-10-31T10:00", "Open now, until 15:00"),
        ("24/7", "2027-10-31T03:30", "Open now"),
    ],
)
def test_wall_clock_time_holds_when_the_clock_changes(hours, moment, words):
    assert says(hours, moment) == words


EXPRESSIONS = [
    OFFICE,
    "24/7",
    "off",
    "Fr-Sa 20:00-02:00",
    "Mo,We 10:00-12:00,13:00-16:00; PH off",
    "Jun-Aug Mo-Fr 09:00-18:00; Sep-May Mo-Fr 10:00-16:00; PH off",
    "Su 02:00-06:00",
]
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: moment.astimezone(HELSINKI)
)


@given(st.sampled_from(EXPRESSIONS), MOMENTS)
def test_the_state_agrees_with_the_calendar(hours, moment):
    calendar = parsed(hours, "FI", "Europe/Helsinki")

    state = now(hours, moment, "FI")

    assert state.open == calendar.is_open(moment)
    if state.change:
        assert state.change > moment
        assert calendar.is_open(state.change) != state.open


@given(st.sampled_from(EXPRESSIONS), MOMENTS)
def test_there_are_always_words(hours, moment):
    with translation.override("en"):
        words = state_in_words(now(hours, moment, "FI"), moment, "en")

    assert words.startswith("Open now") == now(hours, moment, "FI").open


def test_far_ahead_is_not_promised():
    assert now("Jun Mo 09:00-15:00", at("2026-11-23T12:00"), "FI") == Now(False, None)
