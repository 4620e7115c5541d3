"""Opening hours in the OpenStreetMap `opening_hours` language: the week in words, and open or
closed now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State

from satama.base import words

LOOK_AHEAD = timedelta(days=60)

Span = tuple[datetime, datetime]
Spans = Sequence[Span]  # closed all the same: from, until


@dataclass(frozen=True)
class Line:
    """Days in a row with the same hours; `spans` is empty when closed."""

    first: int
    last: int
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Now:
    """Open until, or closed and open next; None when not within 60 days."""

    open: bool
    change: datetime | None


@dataclass(frozen=True)
class Day:
    """What a day to come is like; `usual`: as on any such day of the week."""

    on: date
    spans: tuple[tuple[time, time], ...]
    holiday: bool
    usual: bool


@lru_cache(maxsize=4096)
def parsed(hours: str, country: str, zone: str) -> OpeningHours:
    """With the public holidays of the country; an unknown one would be a fault of the region."""
    return OpeningHours(hours, country=country or None, timezone=ZoneInfo(zone))


def now(hours: str, at: datetime, country: str, closed: Spans = ()) -> Now:
    """Whether it is open at a moment (aware, in the region's zone), and when that changes."""
    calendar = parsed(hours, country, str(at.tzinfo))
    if calendar.is_open(at) and not _end(closed, at):
        coming = (begin.astimezone(at.tzinfo) for begin, _end in closed if begin > at)
        change = min(filter(None, [calendar.next_change(at), *coming]), default=None)
        return Now(True, _near(change, at))
    return Now(False, _near(_opens(calendar, at, closed), at))


def _opens(calendar: OpeningHours, at: datetime, closed: Spans) -> datetime | None:
    """The first moment after it is closed at which it is open."""
    moment: datetime | None = at
    while moment and moment - at <= LOOK_AHEAD:
        if end := _end(closed, moment):
            moment = end.astimezone(at.tzinfo)
        elif calendar.is_open(moment):
            return moment
        else:
            moment = calendar.next_change(moment)
    return None


def _end(closed: Spans, at: datetime) -> datetime | None:
    """When what shuts it at a moment ends; None when nothing does."""
    return max((end for begin, end in closed if begin <= at < end), default=None)


def _near(change: datetime | None, at: datetime) -> datetime | None:
    return change if change and change - at <= LOOK_AHEAD else None


def week(hours: str, on: date) -> list[Line]:
    """The ordinary week around a day, holidays left out, days with equal hours joined."""
    monday = datetime.combine(on - timedelta(days=on.weekday()), time())
    lines: list[Line] = []
    for number, spans in enumerate(_days(OpeningHours(hours), monday)):
        if lines and lines[-1].spans == tuple(spans):
            lines[-1] = Line(lines[-1].first, number, tuple(spans))
        else:
            lines.append(Line(number, number, tuple(spans)))
    return lines


def _days(calendar: OpeningHours, monday: datetime) -> list[list[tuple[time, time]]]:
    """What begins on each of seven days; a span over midnight belongs to the day it begins."""
    days: list[list[tuple[time, time]]] = [[] for _number in range(7)]
    spans = calendar.intervals(monday - timedelta(days=1), monday + timedelta(days=8))
    for begin, end, state, _comment in spans:
        if state != State.OPEN:
            continue
        if end - begin >= timedelta(days=1):
            for number in range(7):
                if begin <= monday + timedelta(days=number) < end:
                    days[number].append((time(), time()))
        elif monday <= begin < monday + timedelta(days=7):
            days[begin.weekday()].append((begin.time(), end.time()))
    return days


def days(
    hours: str, first: date, count: int, country: str, zone: str, closed: Spans = ()
) -> list[Day]:
    """Day by day, with the public holidays of the country, and what is closed all the same."""
    calendar, usual = parsed(hours, country, zone), parsed(hours, "", zone)
    holidays, found = parsed("PH", country, zone), []
    for number in range(count):
        day = first + timedelta(days=number)
        begin, end = (_midnight(day + timedelta(days=more), zone) for more in (0, 1))
        left = tuple(_without(_open(calendar, begin, end), closed))
        spans = tuple((one.time(), other.time()) for one, other in left)
        holiday = bool(country) and holidays.is_open(begin + timedelta(hours=12))
        found.append(Day(day, spans, holiday, left == tuple(_open(usual, begin, end))))
    return found


def _open(calendar: OpeningHours, begin: datetime, end: datetime) -> list[Span]:
    found = calendar.intervals(begin, end)
    return [(one, other) for one, other, state, _said in found if state == State.OPEN]


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _without(spans: Spans, closed: Spans) -> Iterator[Span]:
    """What is left of spans when they are cut by others."""
    cuts = [moment for shut in closed for moment in shut]
    for begin, end in spans:
        inner = [m.astimezone(begin.tzinfo) for m in cuts if begin < m < end]
        edges = sorted({begin, end, *inner})
        for first, last in pairwise(edges):
            if not _end(closed, first):
                yield first, last


def days_in_words(line: Line, language: str) -> str:
    first = words.weekday(line.first, language)
    if line.first == line.last:
        return first
    return f"{first} – {words.weekday(line.last, language)}"


def spans_in_words(line: Line | Day, language: str) -> str:
    if not line.spans:
        return _("closed")
    return ", ".join(
        _("all day")
        if begin == end
        else f"{words.clock(begin, language)}–{words.clock(end, language)}"
        for begin, end in line.spans
    )


def in_words(hours: str, on: date, language: str) -> str:
    """The open days of the week on one line."""
    lines = [line for line in week(hours, on) if line.spans]
    return "; ".join(
        f"{days_in_words(line, language)} {spans_in_words(line, language)}" for line in lines
    )


def state_in_words(state: Now, at: datetime, language: str) -> str:
    """Open now until 17:00 · Opens today at 15:00 · Opens next: Monday 15:00 · Closed."""
    if state.open:
        if not state.change or state.change - at > timedelta(days=1):
            return _("Open now")
        return _("Open now, until %(time)s") % {"time": words.clock(state.change.time(), language)}
    if not state.change:
        return _("Closed")
    values = {"time": words.clock(state.change.time(), language)}
    ahead = (state.change.date() - at.date()).days
    if ahead == 0:
        return _("Opens today at %(time)s") % values
    if ahead == 1:
        return _("Opens tomorrow at %(time)s") % values
    if ahead < 7:
        return _("Closed. Opens next: %(day)s %(time)s") % {
            **values,
            "day": words.weekday(state.change.weekday(), language),
        }
    return _("Closed. Opens next: %(day)s %(time)s") % {
        **values,
        "day": words.day(state.change.date(), language),
    }
