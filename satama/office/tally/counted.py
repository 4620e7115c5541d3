"""The figures of a region: contacts by month in each way of looking at them, and who came by a
poster."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from satama.base import words
from satama.databank.models import Municipality, Region, Topic

from ..models import Came, Contact, OutreachPlace
from ..models.tally import CHANNELS, OTHER, OUTCOMES, WHO
from .figures import REST, Counts, protected

WAYS = {
    "channel": _("How"),
    "language": _("Language"),
    "topic": _("About"),
    "audience": _("Who"),
    "municipality": _("Lives in"),
    "outcome": _("What came of it"),
    "place": _("Where"),
}
TOGETHER = _("Others, together")
NONE = "-"

Row = tuple[date, str, str, int]  # month, way of looking, name, how many


def totals(region: Region, today: date) -> dict[date, int]:
    """By month, the latest first."""
    found = _of(region, today).values("month").annotate(number=Count("pk")).order_by("-month")
    return {row["month"]: row["number"] for row in found}


def broken_down(region: Region, today: date, language: str) -> dict[date, dict[str, Counts]]:
    """{month: {way of looking: counts}}, small ones together. One query for each way, three for
    names."""
    found: dict[date, dict[str, Counts]] = defaultdict(dict)
    for way in WAYS:
        counted: dict[date, dict[str, int]] = defaultdict(dict)
        names = _names(way)
        for row in _of(region, today).values("month", way).annotate(number=Count("pk")):
            counted[row["month"]][str(row[way] or NONE)] = row["number"]
        for month, numbers in counted.items():
            shown = protected(numbers)
            found[month][way] = [
                (_called(key, names, way, language), number) for key, number in shown
            ]
    return found


def came(region: Region, today: date) -> Any:
    """Who came by each place's posters, by month and language; openings, not people."""
    found = Came.objects.filter(place__region=region, day__gte=_since(today))
    by = found.annotate(month=TruncMonth("day")).values("month", "place__name", "language")
    return by.annotate(number=Sum("count")).order_by("-month", "place__name", "language")


def rows(region: Region, today: date, language: str) -> Iterator[Row]:
    """All of it, as a table for a file."""
    for month, number in totals(region, today).items():
        yield month, str(_("All")), "", number
    for month, ways in broken_down(region, today, language).items():
        for way, counts in ways.items():
            for name, number in counts:
                yield month, str(WAYS[way]), name, number
    for row in came(region, today):
        where = f"{row['place__name']} · {words.language_name(row['language'], language)}"
        yield row["month"], str(_("Came by a poster")), where, row["number"]


def _of(region: Region, today: date) -> Any:
    found = Contact.objects.filter(region=region, day__gte=_since(today))
    return found.annotate(month=TruncMonth("day")).order_by("month")


def _since(today: date) -> date:
    """The first day of the month a year ago."""
    return today.replace(year=today.year - 1, day=1)


def _names(way: str) -> dict[str, str]:
    if way == "topic":
        return {str(topic.pk): str(topic) for topic in Topic.objects.filter(parent=None)}
    if way == "municipality":
        return {str(town.pk): str(town) for town in Municipality.objects.all()}
    if way == "place":
        return {str(place.pk): place.name for place in OutreachPlace.objects.all()}
    known = {"channel": CHANNELS, "audience": WHO, "outcome": OUTCOMES}.get(way, {})
    return {key: str(name) for key, name in known.items()}


def _called(key: str, names: dict[str, str], way: str, language: str) -> str:
    if key == REST:
        return str(TOGETHER)
    if way == "language" and key != OTHER:
        return words.language_name(key, language)
    return names.get(key) or str(_("Not known"))
