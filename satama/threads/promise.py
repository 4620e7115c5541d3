"""The promise: by when the first answer comes, by the region's own calendar. No database."""

from datetime import date, datetime, time, timedelta

from satama.databank import hours

ACCESSIBILITY = timedelta(days=14)  # Act 306/2019, section 10
WORKING = "Mo-Fr 00:00-24:00; PH off"  # in the language of opening hours, holidays of the country


def promised(asked: date, days: int, country: str, zone: str) -> date:
    """The working day `days` after the day of asking; a question of a holiday counts as one of the
    next working day."""
    day = next_working(asked, country, zone)
    for _day in range(days):
        day = next_working(day + timedelta(days=1), country, zone)
    return day


def working_days(asked: date, answered: date, country: str, zone: str) -> int:
    """How many working days an answer took, counted as they are promised."""
    day, took = next_working(asked, country, zone), 0
    while day < answered:
        day = next_working(day + timedelta(days=1), country, zone)
        took += day <= answered
    return took


def next_working(day: date, country: str, zone: str, *, back: bool = False) -> date:
    """This day or the first working day after it (`back`: before it)."""
    calendar = hours.parsed(WORKING, country, zone)
    step = timedelta(days=-1 if back else 1)
    while not calendar.is_open(datetime.combine(day, time(12))):
        day += step
    return day
