"""What found nothing good, on the board of who may see it. Ritva edits Satamala, Kim another
region."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from satama.databank.models import Member
from satama.databank.tests import cast
from satama.finder.models import Asked

from .test_asked_reports import SEE, asked, staff, table

pytestmark = pytest.mark.django_db
UNMET = "/staff/reports/asked/?results=none"


def member(name: str, role: str, region) -> Client:
    person = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    Member.objects.create(user=person, role=role, region=region)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ritva() -> Client:
    return member("ritva", "editor", cast.region())


@pytest.fixture
def kim() -> Client:
    return member("kim", "editor", cast.region("toinen"))


def card(client: Client) -> list[list[str]] | None:
    """Where the card leads, what it says, and its rows; None when it is not there."""
    soup = BeautifulSoup(client.get("/staff/").content, "html.parser")
    for found in soup.select(".board-card"):
        if found.h3.get_text() == "What people look for":
            rows = [
                [li.a.get_text(), li.span.get_text(), li.a["href"]] for li in found.select("li")
            ]
            return [found.a["href"], found.select("p")[1].get_text(), *rows]
    return None


def test_what_found_nothing_good_waits_the_most_asked_first(ritva):
    asked("dinghy", 3, asked=6)
    asked("dinghy", 1, asked=1)
    dog = asked("dog tax", asked=9)
    asked("tax card", asked=50, confident=True)
    asked("sauna", 30, asked=50)
    asked("", asked=9)

    said, dinghy = card(ritva), Asked.objects.filter(text="dinghy").latest("pk")

    assert said == [
        UNMET,
        "2 questions that several people asked found nothing good in 30 days.",
        ["dog tax", "Asked 9 times.", f"/staff/reports/asked/{dog.pk}/add/"],
        ["dinghy", "Asked 7 times.", f"/staff/reports/asked/{dinghy.pk}/add/"],
    ]
    assert [row[0] for row in table(ritva, "?results=none")] == ["dog tax", "dinghy"]


def test_who_may_not_change_topics_is_led_to_the_report():
    asked("dinghy")

    assert card(staff(SEE))[2] == ["dinghy", "Asked 5 times.", UNMET]


def test_another_region_and_translators_see_none_of_it(kim):
    row = asked("dinghy")
    oksana = member("oksana", "translator", cast.region())

    assert card(kim) is None
    assert card(oksana) is None
    assert table(kim) == []
    assert kim.get(f"/staff/reports/asked/{row.pk}/add/").status_code == 404


def test_the_titles_of_what_was_met_are_nobodys_work(ritva):
    asked("tax card", confident=True)
    asked("pier", before=1, confident=False, day=timezone.localdate() - timedelta(1))
    asked("pier", confident=True)

    assert card(ritva) is None
