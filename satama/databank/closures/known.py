"""The closures that a reader may meet, kept for one content version, and how they are said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from satama.base import words

from .. import hours, version
from ..models import Channel, Closure
from ..reading import Reader, Said

TOLD_AHEAD = timedelta(days=7)


def closures(reader: Reader) -> tuple[Closure, ...]:
    """Those of the reader's regions that have not ended."""
    return _kept(version.current(), tuple(reader.lineage))


@lru_cache(maxsize=16)
def _kept(_version: int, lineage: tuple[int, ...]) -> tuple[Closure, ...]:
    found = Closure.objects.filter(region_id__in=lineage, ends__gt=timezone.now())
    return tuple(found.select_related("place"))


def of(reader: Reader, channel: Channel) -> list[Closure]:
    """Those that shut this way to reach an entry."""
    kind, entry, place = channel.kind, channel.entry_id, channel.place_id
    return [one for one in closures(reader) if one.shuts(kind, entry, place)]


def spans(reader: Reader, channel: Channel) -> hours.Spans:
    return [(one.begins, one.ends) for one in of(reader, channel)]


@dataclass(frozen=True)
class Told:
    """One closure in words: what is shut, when, why (or nothing)."""

    what: Said | None
    when: str
    why: Said | None
    closure: Closure


def told(reader: Reader, channels: Iterable[Channel]) -> list[Told]:
    """What a page says of these ways: what is shut now, or within seven days."""
    at = reader.now()
    found = {one.pk: one for channel in channels for one in of(reader, channel)}
    near = [one for one in found.values() if one.begins - TOLD_AHEAD <= at < one.ends]
    return [_told(reader, one, at) for one in sorted(near, key=lambda one: (one.begins, one.pk))]


def _told(reader: Reader, one: Closure, at: datetime) -> Told:
    what: Said | None
    if one.place:
        what = reader.say(one.place.names)
    else:
        what = Said(str(one.get_way_display()), reader.language, True) if one.way else None
    why = reader.say(one.reason) if one.reason else None
    if one.because and not why:
        why = Said(str(one.get_because_display()), reader.language, True)
    zone = ZoneInfo(reader.region.time_zone)
    begins, ends = one.begins.astimezone(zone), one.ends.astimezone(zone)
    return Told(what, in_words(begins, ends, at, reader.language), why, one)


def in_words(begins: datetime, ends: datetime, at: datetime, language: str) -> str:
    """Closed now, until 15:00 · Closed for the rest of today · Closed on Tuesday 24 November."""
    last = ends - timedelta(microseconds=1)
    whole_end = ends.time() == datetime.min.time()
    values = {
        "day": words.near_day(begins.date(), language),
        "time": words.clock(begins.time(), language),
        "last_day": words.near_day(last.date(), language),
        "until": words.clock(ends.time(), language),
    }
    if begins <= at:
        return _now(last.date() == at.date(), whole_end) % values
    return _coming(begins, last, whole_end) % values


def _now(today: bool, whole_end: bool) -> str:
    if today:
        return (
            _("Closed for the rest of today.") if whole_end else _("Closed now, until %(until)s.")
        )
    if whole_end:
        return _("Closed now, to the end of %(last_day)s.")
    return _("Closed now, until %(last_day)s %(until)s.")


def _coming(begins: datetime, last: datetime, whole_end: bool) -> str:
    one_day = begins.date() == last.date()
    if whole_end and begins.time() == datetime.min.time():
        return _("Closed on %(day)s.") if one_day else _("Closed from %(day)s to %(last_day)s.")
    if one_day:
        if whole_end:
            return _("Closed on %(day)s from %(time)s.")
        return _("Closed on %(day)s from %(time)s to %(until)s.")
    if whole_end:
        return _("Closed from %(day)s %(time)s to the end of %(last_day)s.")
    return _("Closed from %(day)s %(time)s to %(last_day)s %(until)s.")
