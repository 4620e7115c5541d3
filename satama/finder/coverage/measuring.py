"""How much of what people asked lately the databank would answer today: searches by their counts,
questions to the desk by their words. Only numbers are kept, and for each question yes or no."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import QuerySet, Sum

from satama.databank.models import Region
from satama.databank.reading import reader_in
from satama.threads.models import Message, Thread

from .. import search
from ..asked import WINDOW
from ..models import Asked, Coverage

QUESTIONS = ("question", "employer")
READ = 300  # characters of a question


@transaction.atomic
def measure(region: Region, on: date) -> None:
    """The 30 days that end on this day; once more on the same day, it is counted anew."""
    told: Counter[tuple[str, str]] = Counter()
    for language, times, met in _searches(region, on):
        told[language, "searches"] += times
        told[language, "searches_met"] += times * met
    for language, met in _questions(region, on):
        told[language, "questions"] += 1
        told[language, "questions_met"] += met
    Coverage.objects.filter(region=region, day=on).delete()
    names = ("searches", "searches_met", "questions", "questions_met")
    Coverage.objects.bulk_create(
        Coverage(region=region, language=code, day=on, **{name: told[code, name] for name in names})
        for code in sorted({code for code, _name in told})
    )


def met(region: Region, language: str, words: str, on: date) -> bool:
    """Whether something that is found today answers these words."""
    wish = search.Wish(words=words[:READ])
    return search.find(reader_in(region, language, on), wish).confident


def lately(region: Region, on: date) -> QuerySet[Thread]:
    """The questions of these days that are still there."""
    days = (on - WINDOW, on)
    return Thread.objects.filter(region=region, kind__in=QUESTIONS, asked__range=days)


def _searches(region: Region, on: date) -> Iterator[tuple[str, int, bool]]:
    """(language, times, met). Of what is not in clear we know how it was on its own day."""
    rows = Asked.objects.filter(region=region, day__range=(on - WINDOW, on))
    clear = rows.exclude(text="").values_list("language", "text").order_by("language", "text")
    for language, text, times in clear.annotate(times=Sum("asked")):
        yield language, times, met(region, language, text, on)
    closed = rows.filter(text="").values_list("language", "confident").order_by("language")
    for language, confident, times in closed.annotate(times=Sum("asked")):
        yield language, times, confident


def _questions(region: Region, on: date) -> Iterator[tuple[str, bool]]:
    threads = {thread.pk: thread for thread in lately(region, on)}
    said = Message.objects.filter(thread__in=threads, side="visitor")
    changed = []
    for message in said.order_by("thread_id", "pk").distinct("thread_id"):
        thread = threads[message.thread_id]
        answered = met(region, message.language, message.text, on)
        if thread.met is not answered:
            thread.met = answered
            changed.append(thread)
        yield thread.language, answered
    Thread.objects.bulk_update(changed, ["met"])
