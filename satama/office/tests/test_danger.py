"""Whoever writes of danger sees first whom to call, and loses nothing."""

import csv
import json

import pytest

from satama.databank.tests import cast
from satama.office import danger
from satama.threads.models import Thread

pytestmark = pytest.mark.django_db
WORDS = "My husband beats me. Where can I go?"


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "The house is on FIRE!",
        "he, beats   me",
        "Mieheni uhkaa tappaa minut",
        "Haluan tehdä itsemurhan",
        "han slår mig varje dag",
        "Він б'є мене",
        "Він б’є мене",
        "Я хочу покончить с собой",
        "муж бьёт и угрожает",
        "زوجي يضربني",
        "أفكّر في الانتحار",
        "我想自杀",
        "kendimi öldüreceğim",
    ],
)
def test_words_of_danger_are_heard(text):
    assert danger.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "How do I get a tax card?",
        "I was fired. What now?",
        "Where is the fire station?",
        "Haluan opiskella suomea",
        "Jag vill lära mig svenska",
        "Як отримати податкову картку?",
        "Как записать ребёнка в школу?",
        "كيف أحصل على بطاقة ضريبية؟",
        "Can I hit the gym?",
        "",
    ],
)
def test_everyday_words_are_not(text):
    assert not danger.is_in(text)


def test_no_entry_of_the_file_is_empty_or_twice():
    with danger.WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {row["kind"] for row in rows}
    pairs = [(row["language"], row["words"]) for row in rows]
    assert kinds == {"suicide", "violence", "threat", "fire", "illness"}
    assert len(pairs) == len(set(pairs))
    assert all(len(sign.strip()) > 1 for sign in danger.signs())
    assert {"en", "fi", "sv", "uk", "ru", "ar"} <= {row["language"] for row in rows}


@pytest.fixture
def helpline(satamala):
    satamala.emergency = ["shelter"]
    satamala.save()
    phone = cast.fact("shelter-phone", "phone", "080 005 005")
    cast.entry("shelter", {"en": "Shelter"}, [("phone", phone)])


def test_the_numbers_come_first_and_everything_written_is_kept(amina, helpline):
    amina.goes("ask").sends(text=WORDS, kind="employer", language="uk", wait=0)

    assert amina.page.h1.text == "Are you in danger?"
    assert "080 005 005" in amina.words
    assert "Your question is not sent yet" in amina.words
    assert not Thread.objects.exists()

    amina.sends(calls="seen", wait=0)
    thread = Thread.objects.get()
    assert thread.messages.get().text == WORDS
    assert (thread.kind, thread.language) == ("employer", "uk")
    assert amina.at == "folder/code"


def test_she_may_change_what_she_wrote(amina, helpline):
    amina.goes("ask").sends(text=WORDS, kind="employer").sends(change="1")

    assert amina.page.h1.text == "Ask the Welcome Office"
    assert amina.page.textarea.text.strip() == WORDS
    assert amina.page.select_one("[value=employer]").has_attr("checked")
    assert not Thread.objects.exists()


def test_in_feedback_too(amina, helpline):
    amina.goes("feedback").sends("feedback", text=WORDS)
    assert amina.page.h1.text == "Are you in danger?"
    amina.sends("feedback", calls="seen")
    assert Thread.objects.get().kind == "feedback"


def test_the_script_gets_the_same_words_from_a_page_that_everybody_shares(amina):
    answer = amina.goes("ask/danger.json").answer
    assert json.loads(answer.content) == list(danger.signs())
    assert answer.headers["X-Page-Params"] == "-"


@pytest.mark.parametrize("path", ["ask", "folder", "emergency"])
def test_every_page_of_need_can_be_left_quickly(amina, path):
    leave = amina.goes(path).page.select_one("[data-leave]")
    assert leave["data-leave"] == "/satamala/en/"
    assert leave["action"] == "/satamala/en/folder/close"


def test_where_the_room_is_off_the_emergency_page_is_left_by_a_link(amina, satamala):
    satamala.rooms = []
    satamala.save()
    assert amina.goes("emergency").page.select_one("a[data-leave]")["href"] == "/satamala/en/"
