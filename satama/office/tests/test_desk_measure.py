"""The promise: counted, measured, and longer in public when the queue is long."""

from datetime import date, timedelta

import pytest

from satama.databank.tests import cast
from satama.office.desk import actions as desk
from satama.office.desk.measure import Measured, lengthened, measured, median
from satama.office.models import FirstAnswer
from satama.threads import actions
from satama.threads.models import Desk, Thread
from satama.threads.promise import working_days

from .conftest import Amina
from .desk_cast import asks, person

FRIDAY = date(2026, 11, 20)


def answered(thread: Thread, by) -> None:
    said = {"text": "Так.", "language": "uk", "seen": thread.messages.last().pk}
    desk.answer(thread, **said, by=by)


@pytest.mark.parametrize(
    ("asked", "given", "took"),
    [
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-20", "2026-11-22", 0),  # on the Sunday
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-21", "2026-11-23", 0),  # a Saturday's question counts as the Monday's
        ("2026-12-23", "2026-12-29", 2),  # two holidays and a weekend between
    ],
)
def test_an_answer_took_working_days(asked, given, took):
    days = map(date.fromisoformat, (asked, given))
    assert working_days(*days, "FI", "Europe/Helsinki") == took


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ([], None),
        ([(0, 1)], 0),
        ([(0, 1), (2, 1)], 0),
        ([(0, 1), (1, 1), (9, 1)], 1),
        ([(1, 9), (3, 8)], 1),
    ],
)
def test_the_median_of_counts(counts, middle):
    assert median(counts) == middle


@pytest.mark.parametrize(
    ("waiting", "pace", "days"),
    [
        (0, 0, 2),
        (10, 0, 2),  # a few are no queue
        (20, 20, 2),  # as many as a week's answers
        (21, 20, 6),  # at four a day
        (30, 20, 8),
        (11, 0, 10),  # nobody answers: no promise is longer
    ],
)
def test_the_promise_is_as_long_as_the_queue_takes(waiting, pace, days):
    assert lengthened(2, waiting, pace) == days


def test_it_is_never_shorter_than_usual():
    assert lengthened(15, 30, 29) == 15


@pytest.mark.django_db
def test_first_answers_are_counted_and_stay_when_all_is_erased(satamala, clock):
    ritva = person("ritva", "adviser")
    quick, slow, again, late = (asks() for _one in range(4))
    answered(quick, ritva), answered(again, ritva), answered(again, ritva)
    clock.shift(timedelta(days=5))
    answered(slow, ritva)

    wanted = Measured(promised=2, days=2, waiting=1, late=1, answers=3, share=50, median=0)
    assert measured(satamala, satamala.today()) == wanted
    Thread.objects.exclude(pk=late.pk).delete()
    assert measured(satamala, satamala.today()) == wanted
    assert measured(satamala, satamala.today() + timedelta(days=90)).answers == 0
    assert FirstAnswer.objects.count() == 2


@pytest.mark.django_db
def test_where_nothing_was_asked_there_is_nothing_to_measure(satamala):
    found = measured(satamala, FRIDAY)
    assert (found.share, found.median, found.lengthened) == (None, None, False)


@pytest.mark.django_db
def test_feedback_that_wants_no_answer_is_not_late(satamala):
    asks(kind="feedback", folder=False)
    Thread.objects.update(asked=FRIDAY - timedelta(days=9), promised=FRIDAY - timedelta(days=5))
    assert measured(satamala, FRIDAY).late == 0


@pytest.mark.django_db
def test_when_the_queue_is_long_we_promise_less_and_say_so(satamala, clock):
    assert "takes longer than usual" not in Amina(clock).goes("ask").words
    for _one in range(12):
        asks()

    later = Amina(clock).goes("ask")
    assert "an answer takes longer than usual" in later.words
    later.sends(text="How?")
    promised = Thread.objects.last().promised
    assert promised == actions.promise(satamala, "question", on=FRIDAY, days=10)
    assert Desk.objects.get().promise == 2
    assert measured(satamala, FRIDAY).lengthened


@pytest.mark.django_db
def test_another_region_s_queue_is_its_own(satamala):
    for _one in range(12):
        asks(region=cast.region("toinen"))
    assert not measured(satamala, FRIDAY).lengthened
