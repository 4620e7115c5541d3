"""The first administrator: made once, by whoever holds the link."""

from io import StringIO
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from satama.accounts import actions
from satama.accounts.models import User

from .conftest import PASSWORD

WHERE = "https://mykokkola.example"
PERSON = {"email": "Admin@Satama.Example", "password1": PASSWORD, "password2": PASSWORD}


def address() -> str:
    return actions.first_link(WHERE).removeprefix(WHERE)


def test_the_link_makes_the_first_administrator_who_is_then_inside(client, db):
    answer = client.post(address(), PERSON)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    person = User.objects.get()
    assert person.email == "admin@satama.example"
    assert person.is_staff and person.is_superuser and person.check_password(PASSWORD)
    assert client.get("/staff/").status_code == 200


def test_opening_the_link_changes_nothing(client, db):
    link = address()
    page = client.get(link)
    assert page.status_code == 200 and b"new-password" in page.content
    assert not User.objects.exists()
    assert client.get(link).status_code == 200


def test_a_used_link_says_that_there_is_an_administrator(client, administrator, settings):
    User.objects.all().delete()
    link = address()
    client.post(link, PERSON)
    for answer in (Client().get(link), Client().post(link, PERSON | {"email": "kim@x.example"})):
        assert answer.status_code == 410
        assert b"The first administrator has been made" in answer.content
    assert User.objects.count() == 1


def test_a_link_older_than_a_day_is_refused(client, db):
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        link = address()
    with time_machine.travel("2026-03-02 11:59Z", tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel("2026-03-02 12:01Z", tick=False):
        answer = client.post(link, PERSON)
    assert answer.status_code == 410 and b"older than 24 hours" in answer.content
    assert not User.objects.exists()


@pytest.mark.parametrize("spoil", [lambda link: link[:-1] + "x/", lambda _: "/staff/first/a.b.c/"])
def test_a_forged_link_is_refused(client, db, spoil):
    answer = client.post(spoil(address()), PERSON)
    assert answer.status_code == 404 and b"not made by this server" in answer.content
    assert not User.objects.exists()


def test_no_link_is_made_while_anybody_has_an_account(ritva):
    with pytest.raises(actions.FirstLinkUsed):
        actions.first_link(WHERE)


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"password1": "short", "password2": "short"}, b"too short", "password1"),
        ({"password1": "passwordpassword"}, b"not the same", "password2"),
        (
            {"password1": "admin@satama.example", "password2": "admin@satama.example"},
            b"too similar",
            "password1",
        ),
        ({"email": "nobody"}, b"valid email", "email"),
    ],
)
def test_a_weak_password_or_a_slip_is_told_beside_its_field(client, db, change, said, field):
    page = client.post(address(), PERSON | change).content
    assert said in page and b"error-summary" in page
    assert f'id="id_{field}_error"'.encode() in page
    assert f"id_{field}_error".encode() in page.split(f'name="{field}"'.encode())[1].split(b">")[0]
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_try_at_once_make_one_administrator():
    link, together, statuses = address(), Barrier(2), []

    def post(email: str) -> None:
        together.wait()
        statuses.append(Client().post(link, PERSON | {"email": email}).status_code)
        connections.close_all()

    tries = [Thread(target=post, args=[f"{name}@satama.example"]) for name in ("ritva", "oskari")]
    for attempt in tries:
        attempt.start()
    for attempt in tries:
        attempt.join()
    assert sorted(statuses) == [302, 410]
    assert User.objects.count() == 1


def test_the_command_prints_a_link_that_works(client, db, settings):
    settings.PUBLIC_URL = WHERE
    printed = StringIO()
    call_command("first-link", stdout=printed)
    link = printed.getvalue().strip()
    assert link.startswith(f"{WHERE}/staff/first/")
    assert client.get(link.removeprefix(WHERE)).status_code == 200


def test_the_command_says_where_others_are_added(administrator):
    with pytest.raises(CommandError, match="Others are added at"):
        call_command("first-link")
