"""Mails that did not leave, for administrators: the address and what happened, never a word."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from satama.base import mail
from satama.base.models import Mail

from . import cast
from .test_roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAGE = "/staff/reports/mails/"
AMINA, OLEH = "amina@satamala.example", "oleh@satamala.example"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tuula(db) -> Client:
    """An administrator."""
    cast.region()
    return browser(get_user_model().objects.create_superuser("tuula@satamala.example"))


def stays(to: str = AMINA, state: str = "unsure", **more) -> Mail:
    fields = {"tries": 1, "said": "SMTPServerDisconnected", "made": timezone.now()}
    return Mail.objects.create(
        to=to, subject="A secret", text="A secret", state=state, **fields | more
    )


def main(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def told(client: Client) -> list[str]:
    rows = main(client.get(PAGE)).select(".listing > li")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def presses(client: Client, row: Mail, act: str) -> str:
    """What is said afterwards."""
    answer = client.post(f"{PAGE}{row.pk}/{act}/", follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    return " ".join(page.select_one(".messages").get_text(" ").split())


def test_she_sees_what_did_not_leave_and_not_a_word_of_it(tuula):
    stays(made=timezone.now() - timedelta(hours=1))
    stays(OLEH, "failed", tries=8, said="550 No such user …")
    for state in ("waiting", "sending", "handed"):
        stays("kim@elsewhere.example", state)

    assert told(tuula) == [
        f"{OLEH} Failed. Written on 23 November 2026 at 12:00. Tried 8 times."
        " What the server said: 550 No such user … Send again Delete",
        f"{AMINA} Unsure whether it arrived. Written on 23 November 2026 at 11:00. Tried once."
        " What the server said: SMTPServerDisconnected Send again Delete",
    ]
    html = tuula.get(PAGE).content.decode()
    assert "A secret" not in html and "kim@elsewhere.example" not in html
    assert "nobody can know whether it arrived" in html


def test_there_is_nothing_to_see(tuula):
    assert "Every mail has left, or still waits for its turn." in main(tuula.get(PAGE)).get_text()


def test_an_address_that_no_key_opens_stops_no_other(tuula, settings):
    stays()
    settings.KEYS = ["another key, of as many letters as it takes"]
    stays(OLEH, made=timezone.now() - timedelta(hours=1))

    closed, open_ = told(tuula)
    assert closed.startswith("An address that no key opens any more") and "again" not in closed
    assert open_.startswith(OLEH)


def test_send_again_puts_it_into_the_outbox(tuula):
    row = stays(tries=8)
    assert presses(tuula, row, "again") == "It waits, and is sent within a minute."

    row.refresh_from_db()
    assert (row.state, row.tries, row.said) == ("waiting", 0, "")
    assert told(tuula) == []


def test_delete_lets_it_be(tuula):
    row = stays(state="failed")
    assert presses(tuula, row, "delete") == "It is deleted."
    assert not Mail.objects.exists()


@pytest.mark.parametrize("act", ["again", "delete"])
def test_what_is_on_its_way_or_gone_is_left_alone(tuula, act):
    row, said = stays(state="handed"), "Nothing was done: it is not in this list any more."
    assert presses(tuula, row, act) == said
    assert Mail.objects.get().state == "handed"

    Mail.objects.all().delete()
    assert presses(tuula, row, act) == said


@pytest.mark.parametrize("role", ["translator", "editor", "adviser", "coordinator"])
def test_no_other_role_sees_them_or_does_anything(role):
    row, other = stays(), browser(person("kim", role, region=cast.region()))
    for answer in (
        other.get(PAGE),
        other.post(f"{PAGE}{row.pk}/again/"),
        other.post(f"{PAGE}{row.pk}/delete/"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    first = other.get("/staff/").content.decode()
    assert Mail.objects.get().state == "unsure"
    assert PAGE not in first and "did not leave" not in first


def test_who_is_signed_out_is_led_to_the_door(client):
    row = stays()
    for answer in (client.get(PAGE), client.post(f"{PAGE}{row.pk}/delete/")):
        assert answer["Location"].startswith("/staff/sign-in/")
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("act", ["again", "delete"])
def test_a_look_changes_nothing(tuula, act):
    row = stays()
    tuula.get(PAGE)
    assert tuula.get(f"{PAGE}{row.pk}/{act}/").status_code == 405
    assert tuula.head(PAGE).status_code == 200
    assert Mail.objects.get().state == "unsure"


def test_the_board_tells_her_how_many(tuula):
    stays(), stays(OLEH, "failed")
    card = BeautifulSoup(tuula.get("/staff/").content, "html.parser").select_one(
        f'.board-card:has(a[href="{PAGE}"])'
    )
    assert (
        " ".join(card.get_text(" ").split()) == "Mails that did not leave 2 2 mails did not leave."
    )


def test_as_many_queries_for_many_as_for_one(tuula, django_assert_num_queries):
    stays()
    tuula.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        tuula.get(PAGE)
    for number in range(30):
        stays(f"amina{number}@satamala.example")
    with django_assert_num_queries(len(one)):
        tuula.get(PAGE)


def test_who_looked_and_what_was_done_is_in_no_log(tuula, caplog):
    row = stays()
    with caplog.at_level("DEBUG", "satama"):
        tuula.get(PAGE), presses(tuula, row, "delete")
    assert AMINA not in caplog.text and not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("state", ["unsure", "failed"])
def test_what_nobody_decided_goes_after_a_month(state):
    stays(state=state, made=timezone.now() - mail.KEPT)
    left = stays(state=state, made=timezone.now() - mail.KEPT + timedelta(hours=1))

    mail.deliver()
    assert list(Mail.objects.all()) == [left]
