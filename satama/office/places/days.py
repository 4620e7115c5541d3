"""The days to come of an office: when each of its doors is open, and which days are not as
usual."""

from dataclasses import dataclass
from datetime import date

from satama.databank import hours
from satama.databank.closures.known import spans
from satama.databank.reading import Reader
from satama.databank.shelf import Door, running

SOON, AHEAD = 7, 60  # days


@dataclass(frozen=True)
class Opening:
    """`days`: the next seven; `others`: what is not as usual within sixty."""

    door: Door
    week: list[hours.Line]
    days: list[hours.Day]
    others: list[hours.Day]

    @property
    def confirmed(self) -> bool:
        return bool(self.door.hours and self.door.hours.confirmed)


def openings(doors: list[Door], reader: Reader) -> list[Opening]:
    """Of doors that have hours today; none while the office itself is closed for good."""
    return [
        _opening(door, door.hours.value, reader)
        for door in doors
        if door.hours and door.hours.value and running(door.channel.entry, reader)
    ]


@dataclass(frozen=True)
class Spoken:
    """`languages` of the doors that are open on the day `on`."""

    on: date
    today: bool
    languages: list[str]


def spoken(found: list[Opening]) -> Spoken | None:
    """Of the first of the next seven days on which a door is open; None when that is not known."""
    for day in range(SOON):
        opens = [one.door.channel for one in found if one.days[day].spans]
        codes = [code for way in opens for code in way.languages or way.entry.languages_served]
        if opens:
            known = list(dict.fromkeys(codes))
            return Spoken(found[0].days[day].on, day == 0, known) if known else None
    return None


def _opening(door: Door, said: str, reader: Reader) -> Opening:
    region = reader.region
    ahead = hours.days(
        said, reader.on, AHEAD, region.country, region.time_zone, spans(reader, door.channel)
    )
    return Opening(
        door=door,
        week=hours.week(said, reader.on),
        days=ahead[:SOON],
        others=[day for day in ahead if day.holiday or not day.usual],
    )
