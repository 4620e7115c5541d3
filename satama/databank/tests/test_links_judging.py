"""What an answer means for a link: few false alarms."""

from datetime import UTC, datetime, timedelta

import pytest

from satama.databank.links.asking import Outcome
from satama.databank.links.judging import WORDS, after, in_words, wait
from satama.databank.models import Link

NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def lived(*answers: tuple[str, timedelta] | tuple[Outcome, timedelta]) -> list[tuple]:
    """(state, since, hours until asked again) after each answer, each so long after the first."""
    one, told = Link(address="https://pier.example/", due=NOON), []
    for said, later in answers:
        outcome = said if isinstance(said, Outcome) else Outcome(said)
        for name, value in after(one, outcome, NOON + later).items():
            setattr(one, name, value)
        told.append((one.state, one.since and one.since.day, (one.due - NOON - later) / HOUR))
    return told


@pytest.mark.parametrize("said", ["404", "410"])
def test_a_page_that_is_not_there_is_broken_at_once(said):
    assert lived((said, 0 * DAY), (said, DAY)) == [("broken", 23, 1), ("broken", 23, 6)]


def test_a_name_that_does_not_exist_is_broken_on_the_second_day():
    assert [state for state, *_ in lived(("no-name", 0 * HOUR), ("no-name", HOUR))] == [
        "unsure"
    ] * 2
    assert lived(("no-name", 0 * HOUR), ("no-name", DAY))[-1] == ("broken", 23, 6)


def test_a_certificate_is_broken_when_wrong_on_three_days():
    days = [("certificate", n * DAY) for n in (0, 0, 1, 2)]

    assert [state for state, *_ in lived(*days)] == ["unsure", "unsure", "unsure", "broken"]


def test_a_good_day_between_starts_the_count_anew():
    days = [("certificate", 0 * DAY), ("certificate", DAY), ("200", DAY), ("certificate", 2 * DAY)]

    assert lived(*days)[2:] == [("good", None, 168), ("unsure", 25, 1)]


@pytest.mark.parametrize("said", ["401", "403", "405", "418", "429", "500", "503", "timeout"])
def test_what_proves_nothing_is_unsure_and_asked_again_later_and_later(said):
    answers = lived(*((said, n * DAY) for n in range(8)))

    assert [pause for *_, pause in answers] == [1, 6, 24, 48, 96, 168, 168, 168]
    assert {(state, since) for state, since, _ in answers} == {("unsure", 23)}


def test_what_is_broken_stays_so_until_it_answers_well():
    days = [("404", 0 * DAY), ("timeout", DAY), ("200", 2 * DAY)]

    assert [state for state, *_ in lived(*days)] == ["broken", "broken", "good"]


def test_a_move_counts_when_it_is_seen_twice():
    there, elsewhere = Outcome("200", "https://quay.example/"), Outcome("200", "https://b.example/")
    days = [(there, 0 * DAY), (there, DAY), (there, 8 * DAY), (elsewhere, 9 * DAY)]

    assert lived(*days) == [
        ("good", None, 24),
        ("moved", 24, 168),
        ("moved", 24, 168),
        ("good", None, 24),
    ]


@pytest.mark.parametrize(
    ("said", "retry_after", "seconds"),
    [
        ("429", "", 3600),
        ("429", "120", 120),
        ("503", "Mon, 23 Nov 2026 10:02:00 GMT", 120),
        ("503", "Mon, 23 Nov 2026 09:00:00 GMT", 0),
        ("503", "99999999999", 7 * 86400),
        ("503", "soon", 0),
        ("503", "Mon, 23 Nov 99999999999 10:02:00 GMT", 0),
        ("200", "", 0),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(said, retry_after, seconds):
    assert wait(said, retry_after, NOON).total_seconds() == seconds


def test_what_was_said_is_told_in_words():
    assert {said: in_words(said) for said in ("404", "403", "502", "304", "no-name", "")} == {
        "404": "There is no such page. (404)",
        "403": "The site does not let our check in. (403)",
        "502": "The site has an error. (502)",
        "304": "The answer made no sense. (304)",
        "no-name": "There is no site of this name.",
        "": "",
    }
    assert all(len(said) <= Link._meta.get_field("said").max_length for said in WORDS)
