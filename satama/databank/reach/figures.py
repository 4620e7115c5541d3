"""What was counted, for staff and partners. Small numbers too: an opening says nothing of who."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from ..models import Entry, Reach

DAYS = 30


def opened(
    entries: Iterable[int] | QuerySet[Entry], *, today: date, days: int = DAYS
) -> dict[int, dict[str, int]]:
    """How often each of the entries (or their numbers) was opened in the days up to today:
    {entry: {language: times}}, without what was not. One query."""
    return _sums("opened", entries, today, days)


def found(
    entries: Iterable[int] | QuerySet[Entry], *, today: date, days: int = DAYS
) -> dict[int, dict[str, int]]:
    """How often each stood among the first answers to a question; as `opened`."""
    return _sums("found", entries, today, days)


def total(counted: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    """{language: times} of all entries together, the most first."""
    sums: Counter[str] = Counter()
    for by_language in counted.values():
        sums.update(by_language)
    return dict(sums.most_common())


def _sums(
    what: str, entries: Iterable[int] | QuerySet[Entry], today: date, days: int
) -> dict[int, dict[str, int]]:
    rows = (
        Reach.objects.filter(entry__in=entries, day__gt=today - timedelta(days=days))
        .filter(day__lte=today, **{f"{what}__gt": 0})
        .values_list("entry_id", "language")
        .annotate(times=Sum(what))
        .order_by("entry_id", "-times", "language")
    )
    sums: dict[int, dict[str, int]] = {}
    for entry, language, times in rows:
        sums.setdefault(entry, {})[language] = times
    return sums
