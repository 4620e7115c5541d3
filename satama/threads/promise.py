"""The promise: by when the first answer comes, by the region's own calendar. No database."""

from datetime import date, datetime, time, timedelta

from satama.databank import hours

ACCESSIBILITY = timedelta(days=14)  # Act 306/2019, section 10
WORKING = "Mo-Fr 00:00-24:00; PH off"  # in the language of opening hours, holidays of the country


def promised(asked: date, days: int, country: str, zone: str) -> date:
    """The working day `days` after the day of asking; a question of a holiday counts as one of the
    next working day."""
    day = _next_working(asked, country, zone)
    for _day in range(days):
        day = _next_working(day + timedelta(days=1), country, zone)
    return day


def _next_working(day: date, country: str, zone: str) -> date:
    calendar = hours.parsed(WORKING, country, zone)
    while not calendar.is_open(datetime.combine(day, time(12))):
        day += timedelta(days=1)
    return day
