"""The inbox: whose it is, in which order, found by what is known of it and by no word that somebody
wrote."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.databank.tests import cast
from satama.threads import actions
from satama.threads.models import Thread

from .desk_cast import ASKED, Staff, asks, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


def listed(staff: Staff, query: str = "") -> list[int]:
    """The numbers on the list, in its order."""
    links = staff.goes(query).page.select(".inbox a")
    return [int(link["href"].split("/")[3]) for link in links]


def test_what_was_promised_first_stands_first_and_no_word_of_theirs(ritva):
    later, sooner = asks(), asks()
    Thread.objects.filter(pk=sooner.pk).update(promised=later.promised - timedelta(days=1))

    assert listed(ritva) == [sooner.pk, later.pk]
    assert ASKED not in ritva.answer.content.decode()
    assert not later.looks.exists()


def test_what_is_answered_is_not_in_the_way(ritva):
    waiting, done = asks(), asks()
    seen = done.messages.last().pk
    actions.answer(done, text="Так.", language="uk", seen=seen, by=ritva.user)

    assert listed(ritva) == [waiting.pk]
    assert listed(ritva, "?state=answered") == [done.pk]
    assert sorted(listed(ritva, "?state=all")) == [waiting.pk, done.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=employer", "employer"),
        ("language=ar", "arabic"),
        ("topic={topic}", "tax"),
        ("municipality={town}", "town"),
        ("promise=late", "late"),
        ("promise=today", "today"),
        ("age=old", "late"),
        ("age=1", "today"),
        ("whose=mine", "mine"),
        ("state=closed", "closed"),
    ],
)
def test_it_is_found_by_what_is_known_of_it(ritva, clock, query, found):
    topic, town = cast.topic(), cast.municipality()
    on = cast.region().today()
    rows = {
        "employer": asks(kind="employer"),
        "arabic": asks(language="ar"),
        "tax": asks(topic=topic),
        "town": asks(municipality=town),
        "late": asks(),
        "today": asks(),
        "mine": asks(),
        "closed": asks(),
    }
    Thread.objects.update(asked=on - timedelta(days=5))
    Thread.objects.filter(pk=rows["today"].pk).update(asked=on, promised=on)
    Thread.objects.filter(pk=rows["late"].pk).update(
        asked=on - timedelta(days=9), promised=on - timedelta(days=5)
    )
    actions.assign(rows["mine"], to=ritva.user)
    actions.close(rows["closed"])

    asked = query.format(topic=topic.pk, town=town.pk)
    assert listed(ritva, f"?{asked}") == [rows[found].pk]


def test_nobodys_are_those_that_nobody_took(ritva):
    free, taken = asks(), asks()
    actions.assign(taken, to=ritva.user)

    assert listed(ritva, "?whose=nobody") == [free.pk]


@pytest.mark.parametrize("query", ["?kind=gossip", "?topic=x'--", "?state=&p=999", "?age=%00"])
def test_what_is_not_on_offer_is_as_good_as_nothing(ritva, query):
    waiting = asks()
    assert listed(ritva, query) == [waiting.pk]


def test_late_ones_are_said_to_be_late_in_words(ritva):
    late = asks()
    on = cast.region().today()
    Thread.objects.filter(pk=late.pk).update(
        asked=on - timedelta(days=9), promised=on - timedelta(days=2)
    )

    assert "2 days late" in ritva.goes("").words


def test_another_region_s_questions_are_not_there(ritva):
    theirs = asks(region=cast.region("toinen"))

    assert listed(ritva, "?state=all") == []
    for path in ("", "state/"):
        assert ritva.goes(f"{theirs.pk}/{path}").answer.status_code == 404
    for path in ("", "hold/", "close/", "note/", "given/"):
        sent = {"text": "x", "reply": "x", "seen": 1}
        assert ritva.client.post(f"/staff/desk/{theirs.pk}/{path}", sent).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.state, theirs.looks.exists(), theirs.held_by) == ("waiting", False, None)


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_others_of_the_staff_do_not_see_that_there_are_any(satamala, role):
    thread, kim = asks(), Staff(person("kim", role))

    for path in ("", f"{thread.pk}/", "walk-in/", "elsewhere/"):
        answer = kim.goes(path).answer
        assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert "/staff/desk/" not in kim.client.get("/staff/").content.decode()
    assert not thread.looks.exists()


def test_a_coordinator_answers_too(satamala):
    mikko = Staff(person("mikko", "coordinator"))
    thread = asks()
    assert listed(mikko) == [thread.pk]
    assert mikko.goes(f"{thread.pk}/").answer.status_code == 200


def test_a_list_of_three_hundred_asks_no_more_than_one_of_one(ritva, clock):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ritva.goes("").answer.status_code == 200
        return len(queries)

    def one() -> None:
        thread = asks(topic=topic, municipality=town)
        actions.assign(thread, to=ritva.user)
        actions.hold(thread, by=ritva.user)

    topic, town = cast.topic(), cast.municipality()
    one()
    asked()
    few = asked()
    for _more in range(49):
        one()
    first = Thread.objects.first()
    Thread.objects.bulk_create(
        Thread(
            region=first.region,
            folder=first.folder,
            kind="question",
            language="uk",
            topic=topic,
            municipality=town,
            asked=first.asked,
            promised=first.promised,
        )
        for _more in range(250)
    )

    assert asked() == few
    assert len(listed(ritva)) == 50
    assert len(listed(ritva, "?p=6")) == 50


def test_the_first_page_says_what_waits_and_what_is_late(ritva):
    asks()
    late = asks()
    on = cast.region().today()
    Thread.objects.filter(pk=late.pk).update(
        asked=on - timedelta(days=9), promised=on - timedelta(days=2)
    )

    page = ritva.client.get("/staff/").content.decode()
    assert "2 wait for us. 1 is past its promise." in page
    assert "/staff/desk/?promise=late" in page
