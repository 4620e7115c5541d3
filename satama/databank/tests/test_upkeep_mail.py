"""One mail a week at most, in the person's language, by a real mail server."""

import re
import threading
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from satama.base import mail
from satama.databank.models import Reminder
from satama.databank.upkeep.asking import ask_keepers
from satama.databank.upkeep.link import person_of

from . import cast
from .conftest import NOON
from .test_roles import person

OLD = date(2025, 1, 1)


@pytest.fixture
def amina(db):
    choir = cast.organisation("choir", checked=NOON.date())
    made = person("amina", "writer", organisation=choir)
    made.language = "en"
    made.save()
    texts = {"fi": "Laula kuorossa", "en": "Sing in a choir", "ar": "غنِّ في جوقة"}
    cast.entry("singing", texts, organisation=choir, checked=OLD)
    return made


def told(arrived: list[EmailMessage]) -> list[tuple[str, str]]:
    return [(str(letter["To"]), str(letter["Subject"])) for letter in arrived]


def words(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def ask(at: datetime = NOON) -> str:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("ask-keepers", stdout=out)
        mail.deliver()
    return out.getvalue().strip()


def test_a_person_is_asked_about_what_is_due(post, amina):
    cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD), owner_id=_choir(amina))

    assert ask() == "Asked 1 people."

    (mail,) = post.arrived
    assert told(post.arrived) == [
        ("amina@satamala.example", "Harbourtown: is this still true? (2 things)")
    ]
    assert mail.get_content_type() == "text/plain"
    assert "- fee: €5\n- Sing in a choir\n" in words(mail)
    (address,) = re.findall(r"https://satamala\.example\S+", words(mail))
    before, token = address.rsplit("/", 1)
    assert before == "https://satamala.example/satamala/en/still-true"
    with time_machine.travel(NOON, tick=False):
        assert person_of(token) == amina.pk
    assert "amina" not in address


def _choir(amina) -> int:
    return amina.memberships.get().organisation_id


@pytest.mark.parametrize(
    ("language", "where", "title"),
    [
        ("", "/satamala/fi/still-true/", "Laula kuorossa"),
        ("ar", "/satamala/ar/still-true/", "غنِّ في جوقة"),
        ("so", "/satamala/fi/still-true/", "Laula kuorossa"),
    ],
)
def test_the_mail_is_in_the_persons_language_or_the_regions_first(
    post, amina, language, where, title
):
    amina.language = language
    amina.save()

    ask()

    assert where in words(post.arrived[0])
    assert title in words(post.arrived[0])


def test_nobody_gets_a_second_mail_within_a_week(post, amina):
    ask()
    again = [ask(NOON + timedelta(days=days)) for days in (0, 1, 6)]
    assert (again, len(post.arrived)) == (["Asked 0 people."] * 3, 1)

    assert ask(NOON + timedelta(days=7, seconds=-5)) == "Asked 1 people."
    assert len(post.arrived) == 2


def test_who_has_nothing_to_look_at_gets_no_mail(post, amina):
    kim = person("kim", "editor", region=cast.region())

    ask()

    assert [to for to, _subject in told(post.arrived)] == ["amina@satamala.example"]
    assert not Reminder.objects.filter(user=kim).exists()


def test_who_has_left_gets_no_mail(post, amina):
    amina.is_active = False
    amina.save()

    assert (ask(), post.arrived) == ("Asked 0 people.", [])


def test_a_long_list_is_cut_and_says_how_many_more(post, amina):
    for number in range(11):
        cast.entry(f"song-{number}", organisation_id=_choir(amina), checked=OLD)

    ask()

    assert words(post.arrived[0]).count("\n- ") == 10
    assert "and 2 more" in words(post.arrived[0])


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_one_mail(post, amina):
    both = threading.Barrier(2)

    def run() -> None:
        both.wait()
        try:
            ask_keepers(NOON)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mail.deliver()

    assert len(post.arrived) == 1
    assert timezone.localdate(Reminder.objects.get().sent) == NOON.date()
