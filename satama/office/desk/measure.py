"""The promise, measured: what share was answered by the promised day, and how long it took. By
counts that stay when the questions are erased. And when the queue is long, a longer promise, said
in public (decision 0026)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from satama.databank.models import Region
from satama.threads.models import Desk, Thread
from satama.threads.promise import next_working, working_days

from ..models import FirstAnswer
from ..models.desk import once_more

WINDOW = timedelta(days=90)
WEEK = 5  # working days whose answers are the desk's pace
FEW = 10  # so many waiting are no long queue, however slow a week was
LONGEST = 10  # working days that are promised at most


@dataclass(frozen=True)
class Measured:
    """`promised`: working days as the desk has it; `days`: as it promises now. `answers`: the first
    ones of the last 90 days, `late`: who waits past the promised day. `share`, in per cent, and
    `median`, in working days, are None when there is nothing to measure."""

    promised: int
    days: int
    waiting: int
    late: int
    answers: int
    share: int | None
    median: int | None

    @property
    def lengthened(self) -> bool:
        return self.days > self.promised


def measured(region: Region, on: date) -> Measured:
    """Six queries at most, none of which reads a word of anybody."""
    desk = Desk.objects.filter(region=region).first() or Desk()
    counts = list(
        FirstAnswer.objects.filter(region=region, day__gt=on - WINDOW, day__lte=on)
        .values_list("took", "kept")
        .annotate(Sum("times"))
        .order_by("took")
    )
    waiting = _unanswered(region)
    late = waiting.filter(promised__lt=on).count()
    answers = sum(times for _took, _kept, times in counts)
    kept = sum(times for _took, kept, times in counts if kept)
    number = waiting.count()
    return Measured(
        promised=desk.promise,
        days=lengthened(desk.promise, number, _pace(region, on)),
        waiting=number,
        late=late,
        answers=answers,
        share=100 * kept // (answers + late) if answers + late else None,
        median=median([(took, times) for took, _kept, times in counts]),
    )


def days_now(region: Region, on: date) -> tuple[int, bool]:
    """Working days that are promised to who asks today; whether these are more than usual."""
    usual = (Desk.objects.filter(region=region).first() or Desk()).promise
    waiting = _unanswered(region).count()
    days = lengthened(usual, waiting, _pace(region, on)) if waiting > FEW else usual
    return days, days > usual


def lengthened(promised: int, waiting: int, pace: int) -> int:
    """When more wait than the desk answered in its last five working days: as many days as they
    take at that pace. No database."""
    if waiting <= max(FEW, pace):
        return promised
    return max(promised, min(LONGEST, -(-waiting * WEEK // max(1, pace))))


def median(counts: list[tuple[int, int]]) -> int | None:
    """Of (working days, how often), in order; the lower one of two. No database."""
    whole = sum(times for _took, times in counts)
    passed = 0
    for took, times in counts:
        passed += times
        if passed * 2 >= whole:
            return took
    return None


def count(thread: Thread, on: date) -> None:
    """A thread's first answer, given today."""
    region = thread.region
    took = working_days(thread.asked, on, region.country, region.time_zone)
    kept = on <= thread.promised
    once_more(FirstAnswer, region=region, day=on, took=took, kept=kept)


def _unanswered(region: Region) -> QuerySet[Thread]:
    """Who waits for a first answer that they could read, or for a call."""
    answerable = Q(kind__in=("question", "employer")) | Q(folder__isnull=False)
    return Thread.objects.filter(answerable, region=region, state="waiting", answered=None)


def _pace(region: Region, on: date) -> int:
    """First answers of the last five working days before today."""
    since = on
    for _day in range(WEEK):
        since = next_working(since - timedelta(days=1), region.country, region.time_zone, back=True)
    lately = FirstAnswer.objects.filter(region=region, day__gte=since, day__lt=on)
    return lately.aggregate(Sum("times"))["times__sum"] or 0
