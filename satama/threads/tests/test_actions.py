"""Amina asks, Ritva answers, Oskari is her colleague: nothing is lost, nothing is said twice."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from satama.accounts.folders import actions as folders
from satama.databank.tests import cast
from satama.threads import actions, hand_overs
from satama.threads.models import Message, Thread
from satama.threads.promise import promised

pytestmark = pytest.mark.django_db

WORDS = "Як отримати податкову картку?"
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False) as clock:
        yield clock


def staff(name: str):
    return get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)


@pytest.fixture
def ritva(db):
    return staff("ritva")


@pytest.fixture
def oskari(db):
    return staff("oskari")


def question(**more) -> actions.Question:
    return actions.Question(**{"kind": "question", "language": "uk", "text": WORDS} | more)


@pytest.fixture
def thread(db):
    folder, _code = folders.begin(language="uk", keep=90, on=FRIDAY)
    return actions.ask(cast.region(), question(), folder=folder)


def last(thread: Thread) -> int:
    return thread.messages.last().pk


def test_a_question_waits_for_us_with_a_promise(thread):
    assert (thread.state, thread.asked, thread.promised) == ("waiting", FRIDAY, date(2026, 11, 24))
    (message,) = thread.messages.all()
    assert (message.side, message.text, message.author) == ("visitor", WORDS, None)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-11-16", "2026-11-18"),
        ("2026-11-21", "2026-11-25"),  # a Saturday counts as the Monday
        ("2026-12-03", "2026-12-07"),  # Independence Day is a Sunday this year
        ("2026-12-23", "2026-12-29"),  # Christmas Eve is a working day, the two after it are not
        ("2027-01-05", "2027-01-08"),  # Epiphany
    ],
)
def test_the_promise_counts_working_days_of_the_country(asked, until):
    day = date.fromisoformat(asked)
    assert promised(day, 2, "FI", "Europe/Helsinki") == date.fromisoformat(until)


def test_the_database_holds_nothing_that_can_be_read(thread):
    with connection.cursor() as cursor:
        stored = cursor.execute("SELECT text FROM threads_message").fetchone()[0]
    assert WORDS not in stored


def test_without_a_folder_it_goes_after_its_days(ritva):
    kept = actions.ask(cast.region(), question(kind="feedback"), folder=None)
    assert kept.erased_on == FRIDAY + timedelta(days=90)

    assert actions.forget(kept.erased_on) == 0
    assert actions.forget(kept.erased_on + timedelta(days=1)) == 1
    assert not Message.objects.exists()


def test_a_number_to_call_goes_with_the_call_or_after_seven_days():
    called = actions.ask(cast.region(), question(phone="+358 40 000"), folder=None)
    forgotten = actions.ask(cast.region(), question(phone="+358 50 000"), folder=None)

    actions.called(called)
    actions.forget(FRIDAY + timedelta(days=7))
    assert list(Thread.objects.order_by("pk").values_list("phone", flat=True)) == [
        "",
        "+358 50 000",
    ]
    actions.forget(FRIDAY + timedelta(days=8))
    assert list(Thread.objects.values_list("phone", "phone_until")) == [("", None)] * 2
    assert forgotten.messages.exists()


def test_it_goes_with_its_folder(thread):
    folders.erase(thread.folder)
    assert not Thread.objects.exists() and not Message.objects.exists()


def test_ritva_answers_and_the_first_day_counts(thread, ritva, friday):
    actions.answer(thread, text="Так.", language="uk", seen=last(thread), by=ritva)
    friday.shift(timedelta(days=3))
    actions.answer(thread, text="Ще.", language="uk", seen=last(thread), by=ritva)

    thread.refresh_from_db()
    assert (thread.state, thread.answered) == ("answered", FRIDAY)
    assert [m.side for m in thread.messages.all()] == ["visitor", "desk", "desk"]


def test_who_has_not_seen_the_last_word_does_not_answer(thread, ritva, oskari):
    seen = last(thread)
    actions.answer(thread, text="Так.", language="uk", seen=seen, by=ritva)

    with pytest.raises(actions.Overtaken):
        actions.answer(thread, text="Ні.", language="uk", seen=seen, by=oskari)

    actions.say(thread, text="Дякую")
    thread.refresh_from_db()
    assert (thread.state, thread.messages.count()) == ("waiting", 3)


def test_a_colleague_who_is_answering_is_not_disturbed(thread, ritva, oskari, friday):
    assert actions.hold(thread, by=ritva)
    assert not actions.hold(thread, by=oskari)
    with pytest.raises(actions.Held):
        actions.answer(thread, text="Ні.", language="uk", seen=last(thread), by=oskari)

    friday.shift(timedelta(minutes=6))  # she went away
    assert actions.hold(thread, by=oskari)
    assert not actions.hold(thread, by=ritva)
    actions.release(thread, by=oskari)
    assert actions.hold(thread, by=ritva)


def test_somebody_whose_account_is_deleted_holds_nothing(thread, ritva, oskari):
    actions.hold(thread, by=ritva)
    ritva.delete()
    assert actions.hold(thread, by=oskari)
    actions.answer(thread, text="Так.", language="uk", seen=last(thread), by=oskari)


def test_who_holds_does_so_until_a_time(thread, ritva):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.update(held_by=ritva)


def test_it_is_known_since_when_somebody_is_answering(thread, ritva, friday):
    since = timezone.now()
    actions.hold(thread, by=ritva)
    friday.shift(timedelta(minutes=4))
    actions.hold(thread, by=ritva)
    thread.refresh_from_db()
    assert (thread.held_since, thread.held_until) == (since, since + timedelta(minutes=9))

    friday.shift(timedelta(minutes=6))  # she was away
    actions.hold(thread, by=ritva)
    thread.refresh_from_db()
    assert thread.held_since == since + timedelta(minutes=10)


def test_a_hand_over_waits_for_a_yes_and_a_no_is_final(thread, ritva):
    given = hand_overs.propose(thread, to=cast.organisation(), shared="Less.", by=ritva)
    hand_overs.landed(given, on=FRIDAY)
    given.refresh_from_db()
    assert (given.consented, given.landed) == (None, None)

    hand_overs.decline(given)
    with pytest.raises(hand_overs.Settled):
        hand_overs.consent(given)
    thread.refresh_from_db()
    assert thread.state == "waiting"


def test_without_a_folder_there_is_no_answer_to_read(ritva):
    thread = actions.ask(cast.region(), question(), folder=None)
    with pytest.raises(actions.NoWayBack):
        actions.answer(thread, text="Так.", language="uk", seen=last(thread), by=ritva)


def test_nothing_is_said_in_a_closed_thread(thread, ritva):
    actions.close(thread)
    with pytest.raises(actions.Ended):
        actions.say(thread, text="?")
    with pytest.raises(actions.Ended):
        actions.answer(thread, text="!", language="uk", seen=last(thread), by=ritva)
    with pytest.raises(actions.Ended):
        hand_overs.hand_over(thread, to=cast.organisation(), by=ritva)


def test_each_look_is_written_down_once_an_hour(thread, ritva, oskari, friday):
    for minutes in (0, 30, 40):
        friday.shift(timedelta(minutes=minutes))
        actions.look(thread, by=ritva, role="Adviser")
    actions.look(thread, by=oskari, role="Editor")

    roles = list(thread.looks.order_by("pk").values_list("role", flat=True))
    assert roles == ["Adviser", "Adviser", "Editor"]
    assert thread.looks.first().at == timezone.now()


def test_it_is_handed_over_with_consent_and_lands_once(thread, ritva):
    given = hand_overs.hand_over(thread, to=cast.organisation(), by=ritva)
    hand_overs.landed(given, on=FRIDAY)
    hand_overs.landed(given, on=FRIDAY + timedelta(days=9))

    given.refresh_from_db()
    thread.refresh_from_db()
    assert (thread.state, given.consented, given.landed) == ("handed", FRIDAY, FRIDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"folder": None},
        {"phone": "+358"},
        {"promised": FRIDAY - timedelta(days=1)},
        {"kind": "gossip"},
    ],
)
def test_the_database_refuses(thread, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.update(**wrong)


def at_once(acts) -> list[type | None]:
    """What each of the acts raised, done by a thread of its own."""
    raised: list[type | None] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def do(at: int) -> None:
        ready.wait()
        try:
            acts[at]()
        except Exception as refusal:
            raised[at] = type(refusal)
        finally:
            connection.close()

    doing = [threading.Thread(target=do, args=[at]) for at in range(len(acts))]
    for each in doing:
        each.start()
    for each in doing:
        each.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_eight_answers_at_once_one_is_given(thread):
    seen, people = last(thread), [staff(f"adviser{number}") for number in range(8)]

    raised = at_once(
        [
            lambda by=by: actions.answer(thread, text="Так.", language="uk", seen=seen, by=by)
            for by in people
        ]
    )

    assert sorted(map(str, raised)) == sorted(map(str, [None, *[actions.Overtaken] * 7]))
    assert thread.messages.filter(side="desk").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_hold_at_once_one_does(thread):
    people, held = [staff(f"adviser{number}") for number in range(8)], []

    at_once([lambda by=by: held.append(actions.hold(thread, by=by)) for by in people])

    assert sorted(held) == [False] * 7 + [True]


@pytest.mark.django_db(transaction=True)
def test_of_forty_questions_at_once_none_is_lost():
    region = cast.region()

    raised = at_once([lambda: actions.ask(region, question(), folder=None) for _ in range(40)])

    assert set(raised) == {None}
    assert (Thread.objects.count(), Message.objects.count()) == (40, 40)
