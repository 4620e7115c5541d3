"""How much of what people asked the databank answers today; and what it does not."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from satama.accounts.folders import actions as folders
from satama.databank.models import Member
from satama.databank.tests import cast
from satama.finder.coverage import measuring as coverage
from satama.finder.models import Coverage
from satama.threads import actions as threads
from satama.threads.models import Thread

from .test_asked_reports import SEE, asked, staff

PAGE = "/staff/reports/coverage/"
ANSWER = "threads.answer_thread"
pytestmark = pytest.mark.django_db


@pytest.fixture
def satamala():
    region = cast.region()
    cast.entry("tax-card", {"en": {"title": "Get a tax card", "summary": "Before the first pay."}})
    return region


def question(text: str, language: str = "en", kind: str = "question", **more) -> Thread:
    region = cast.region()
    own = folders.begin(language="en", keep=90, on=region.today())[0]
    said = threads.Question(kind=kind, language=language, text=text)
    thread = threads.ask(region, said, folder=own)
    if more:
        Thread.objects.filter(pk=thread.pk).update(**more)
    return thread


def measured(day=None) -> list[tuple]:
    names = ("language", "searches", "searches_met", "questions", "questions_met")
    rows = Coverage.objects.filter(day=day or timezone.localdate())
    return list(rows.order_by("language").values_list(*names))


def test_searches_and_questions_are_counted_by_language(satamala):
    asked("tax card", asked=6, confident=False)  # nobody had written about it on that day
    asked("zzqqxxyy wwvv", before=3, asked=9, confident=True)  # what answered it is gone
    asked("", hash="a" * 64, asked=2, confident=True)
    asked("tax card", before=30, asked=80)
    asked("zzqqxxyy", language="fi", asked=1)
    question("Get a tax card?"), question("zzqqxxyy wwvv"), question("zzqqxxyy", language="ar")
    question("Get a tax card?", kind="feedback")

    coverage.measure(satamala, satamala.today())

    assert measured() == [("ar", 0, 0, 1, 0), ("en", 17, 8, 2, 1), ("fi", 1, 0, 0, 0)]
    met = Thread.objects.filter(kind="question").order_by("pk").values_list("met", flat=True)
    assert list(met) == [True, False, False]


def test_measured_twice_in_a_day_it_is_counted_once_and_anew(satamala):
    question("zzqqxxyy wwvv")
    call_command("measure-coverage")
    question("Get a tax card?")

    call_command("measure-coverage")

    assert measured() == [("en", 0, 0, 2, 1)]


def test_nothing_asked_is_nothing_measured(satamala):
    coverage.measure(satamala, satamala.today())

    assert not Coverage.objects.exists()


def rows(answer) -> list[list[str]]:
    page = BeautifulSoup(answer.content, "html.parser")
    return [[cell.text for cell in row.select("th, td")] for row in page.select("tbody tr")]


def test_the_report_shows_the_last_measure_and_the_one_before(satamala):
    today = timezone.localdate()
    counts = {"region": satamala, "language": "en"}
    Coverage.objects.create(day=today, searches=8, searches_met=6, **counts)
    Coverage.objects.create(day=today - timedelta(days=28), questions=2, questions_met=1, **counts)
    Coverage.objects.create(day=today - timedelta(days=1), searches=1, **counts)

    ((language, region, times, searches, questions, before, _day),) = rows(staff(SEE).get(PAGE))

    assert (language, region, times) == ("English", "Harbourtown", "8")
    assert (searches, questions, before) == ("75 %", "–", "50 %")


def test_gaps_lead_to_what_one_may_do_about_them(satamala):
    asked("dinghy", confident=False)
    thread = question("zzqqxxyy wwvv")
    coverage.measure(satamala, satamala.today())

    def links(name: str, *rights: str) -> list[str]:
        client = staff(SEE, *rights, email=f"{name}@satamala.example")
        page = BeautifulSoup(client.get(PAGE).content, "html.parser")
        found = [a["href"] for a in page.select("main ul a")]
        return [link for link in found if "/desk/" in link or "/add/" in link]

    assert links("kim") == []
    assert len(links("oleh", "databank.change_topic")) == 1
    assert links("ritva", ANSWER) == [f"/staff/desk/{thread.pk}/"]


@pytest.mark.parametrize(
    ("rights", "sentence"),
    [([SEE], "Nothing that you may read."), ([SEE, ANSWER], "Nothing yet.")],
)
def test_whether_there_is_nothing_or_one_may_not_read_it_is_told_apart(satamala, rights, sentence):
    page = BeautifulSoup(staff(*rights).get(PAGE).content, "html.parser")
    assert page.select("main p")[-1].get_text() == sentence


def test_an_administrator_may_read_all(satamala):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    page = client.get(PAGE).content.decode()
    assert "Nothing yet." in page and "that you may read" not in page


def test_who_answers_in_one_region_alone_may_not_read_another_s(satamala):
    kim = get_user_model().objects.create_user("kim@satamala.example", is_staff=True)
    Member.objects.create(user=kim, role="coordinator", region=satamala)
    client = Client()
    client.force_login(kim)
    assert "Nothing yet." in client.get(PAGE).content.decode()

    other = cast.region("toinen", rooms=["office"])
    Member.objects.create(user=kim, role="editor", region=other)
    assert "Nothing that you may read." in client.get(PAGE).content.decode()


def test_nobody_without_the_right_sees_it(satamala):
    assert staff(email="kim@satamala.example").get(PAGE).status_code == 302


def test_nothing_measured_yet_is_said(satamala):
    assert b"Nothing was measured yet" in staff(SEE).get(PAGE).content
