"""Amina asks without a name: nothing is lost, nothing is asked twice, nobody is refused for
good."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.accounts.models import Folder
from satama.databank.tests import cast
from satama.office.models import Sent
from satama.threads.models import Message, Thread

from .conftest import WORDS

pytestmark = pytest.mark.django_db


def fields(thread: Thread) -> dict:
    names = ("kind", "state", "language", "page", "searched", "phone", "asked", "promised")
    return {name: getattr(thread, name) for name in names}


def test_a_question_makes_a_folder_and_shows_its_code_with_the_promise(amina):
    amina.asks()

    thread = Thread.objects.get()
    assert amina.at == "folder/code"
    assert "We have your question. We answer by Tuesday, 24 November." in amina.words
    assert thread.folder == Folder.objects.get()
    assert thread.messages.get().text == WORDS
    assert fields(thread) == {
        "kind": "question",
        "state": "waiting",
        "language": "en",
        "page": "",
        "searched": "",
        "phone": "",
        "asked": date(2026, 11, 20),
        "promised": date(2026, 11, 24),
    }


def test_what_an_employer_chooses_reaches_the_desk(amina):
    money = cast.topic("money")
    town = cast.municipality()
    cast.entry("tax-card", topics=[money])

    amina.goes("ask?page=entries/tax-card")
    assert "The page you come from: Tax card" in amina.words
    amina.sends(
        text=WORDS, kind="employer", language="uk", municipality="satamala",
        phone="+358 40 123 4567", when="mornings",
    )  # fmt: skip

    thread = Thread.objects.get()
    assert (thread.topic, thread.municipality) == (money, town)
    assert fields(thread) | {"asked": 0, "promised": 0} == {
        "kind": "employer",
        "state": "waiting",
        "language": "uk",
        "page": "entries/tax-card",
        "searched": "",
        "phone": "+358 40 123 4567 · mornings",
        "asked": 0,
        "promised": 0,
    }
    assert thread.phone_until == date(2026, 11, 27)


def test_a_failed_search_travels_along_by_post_and_can_be_left_out(amina):
    search = {"searched": "tax kard", "change": "1"}

    for left_out in ({}, {"searched": ""}):
        amina.answer = amina.client.post("/satamala/en/ask", search)
        assert "What you searched for: tax kard" in amina.words
        amina.sends(text=WORDS, **left_out)

    assert [t.searched for t in Thread.objects.order_by("pk")] == ["tax kard", ""]


def test_a_page_that_is_none_does_not_travel(amina):
    amina.goes("ask?page=javascript:alert(1)")
    assert "The page you come from" not in amina.words


def test_into_an_open_folder(amina):
    amina.asks().keeps()

    amina.asks(text="And a bank account?")

    assert amina.at.startswith("folder/threads/")
    assert "We answer by Tuesday, 24 November." in amina.words
    assert (Folder.objects.count(), Thread.objects.count()) == (1, 2)


def test_only_a_call_leaves_a_receipt_and_no_folder_and_no_cookie(amina):
    amina.asks(back="call", phone="040 123 4567")

    assert amina.at.startswith("ask/sent/")
    assert "We call you by Tuesday, 24 November." in amina.words
    assert not Folder.objects.exists()
    assert not amina.client.cookies


def test_a_receipt_that_is_not_ours_is_no_page(amina):
    assert amina.goes("ask/sent/call:2026-11-24:nonsense").answer.status_code == 404


def test_without_a_folder_a_number_is_needed(amina):
    amina.asks(back="call")

    assert "Write your number, or choose a folder" in amina.page.select_one(".error-summary").text
    assert amina.page.textarea.text.strip() == WORDS
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "Write what you want to say."),
        ({"text": "a" * 4001}, "The text is too long: 4000 characters fit in."),
        ({"phone": "call me"}, "Write the number with digits"),
        ({"municipality": "atlantis"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_the_rest(amina, wrong, sentence):
    amina.goes("ask").sends(**{"text": WORDS, "kind": "employer"} | wrong)

    assert sentence in amina.page.select_one(".error-summary").text
    assert amina.page.title.text.startswith("Error:")
    assert amina.page.select_one("[value=employer]").has_attr("checked")
    assert not Thread.objects.exists()


def test_four_thousand_characters_fit_whatever_their_line_ends(amina):
    amina.asks(text="é\r\n" * 2000)
    assert len(Message.objects.get().text) == 3999  # the last line end is no character


def test_sent_twice_it_is_asked_once_and_shows_the_same_code(amina):
    said = amina.goes("ask").form("ask") | {"text": WORDS}
    amina.clock.shift(10)
    codes = set()
    for _press in range(3):
        amina.answer = amina.client.post("/satamala/en/ask", said, follow=True)
        codes.add(amina.code)

    assert len(codes) == 1
    assert (Thread.objects.count(), Folder.objects.count()) == (1, 1)


def test_once_the_code_is_kept_the_form_opens_nothing_any_more(amina, oleh):
    said = amina.goes("ask").form("ask") | {"text": WORDS}
    amina.clock.shift(10)
    amina.answer = amina.client.post("/satamala/en/ask", said, follow=True)
    amina.keeps()

    oleh.answer = oleh.client.post("/satamala/en/ask", said, follow=True)

    assert oleh.at == "folder"
    assert "Open your folder" in oleh.words
    assert not Sent.objects.exclude(code="").exists()


@pytest.mark.parametrize("wait", [0, 1])
def test_who_is_too_fast_presses_once_more_and_loses_nothing(amina, wait):
    amina.goes("ask").sends(text=WORDS, wait=wait)
    assert "press the button again" in amina.words
    assert not Thread.objects.exists()

    amina.sends(wait=0)
    assert Thread.objects.get().messages.get().text == WORDS


@pytest.mark.parametrize(
    "odd",
    [
        {"slip": ""},
        {"slip": "forged:1abc:xyz"},
        {"text": "http://a.example http://b.example look"},
        {"website": "https://spam.example"},
    ],
)
def test_who_looks_like_a_machine_presses_once_more(amina, odd):
    amina.goes("ask").sends(**{"text": WORDS} | odd)
    assert "press the button again" in amina.words
    assert not Thread.objects.exists()

    amina.sends(website="")
    assert Thread.objects.count() == 1


def test_a_machine_that_fills_every_field_never_gets_through(amina):
    amina.goes("ask").sends(text=WORDS, website="spam")
    amina.sends(website="spam")
    assert amina.page.select_one("#f-website").parent.get("class") is None  # a person sees it now
    assert not Thread.objects.exists()


def test_a_form_sent_by_a_page_of_another_site_waits_for_a_press(amina):
    said = amina.goes("ask").form("ask") | {"text": WORDS}
    amina.clock.shift(10)
    amina.answer = amina.client.post(
        "/satamala/en/ask", said, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert "press the button again" in amina.words
    assert not Thread.objects.exists()


def test_a_form_left_open_for_more_than_a_day_loses_nothing(amina):
    amina.goes("ask").sends(text=WORDS, wait=25 * 60 * 60)
    assert "press the button again" in amina.words
    amina.sends(wait=0)
    assert Thread.objects.count() == 1


def test_many_from_one_network_wait_and_others_do_not(amina, oleh, monkeypatch):
    monkeypatch.setattr("satama.office.guard.MOST", 2)
    for number in range(3):
        amina.client.cookies.clear()
        amina.asks(text=f"Question {number}?")

    assert "Many messages come from your network just now. Wait 10 minutes" in amina.words
    assert amina.page.textarea.text.strip() == "Question 2?"
    assert oleh.asks().at == "folder/code"
    assert Thread.objects.count() == 3

    amina.sends(wait=10 * 60)
    assert Thread.objects.count() == 4


def test_another_language_keeps_what_was_written(amina):
    said = amina.goes("ask").form("ask") | {"text": WORDS, "kind": "employer", "change": "1"}
    amina.answer = amina.client.post("/satamala/ar/ask", said)

    assert amina.page.html["dir"] == "rtl"
    assert amina.page.textarea.text.strip() == WORDS
    assert amina.page.select_one("[value=employer]").has_attr("checked")
    assert amina.page.select_one("select[name=language] [selected]")["value"] == "en"
    assert amina.page.select(".error") == []


@pytest.mark.parametrize("path", ["ask", "ask?page=entries/tax-card", "feedback", "folder"])
def test_the_pages_are_kept_by_nobody(amina, path):
    answer = amina.goes(path).answer

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "X-Page-Params" not in answer.headers


@pytest.mark.parametrize("path", ["ask", "feedback", "folder", "folder/code", "folder/erase"])
def test_where_the_room_is_off_there_is_no_such_page_and_no_link_to_it(amina, satamala, path):
    satamala.rooms = []
    satamala.save()

    assert amina.goes(path).answer.status_code == 404
    home = amina.goes("about").page
    assert [a["href"] for a in home.select("a") if a["href"].split("?")[0].endswith(path)] == []


def test_pages_for_everybody_lead_here_and_know_nothing_of_who_reads(amina):
    amina.asks().keeps()

    page = amina.goes("about")

    assert page.answer.headers["X-Page-Params"] == "-"
    assert "Cookie" not in page.answer.headers.get("Vary", "")
    assert not page.answer.cookies
    links = [a["href"] for a in page.page.select("footer a")]
    assert {"/satamala/en/ask?page=about", "/satamala/en/folder"} <= set(links)
    assert "/satamala/en/feedback?page=about" in links


def queries(amina, act) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"] for query in asked.captured_queries]


def test_asking_takes_as_many_queries_however_much_there_is(amina):
    said = [amina.goes("ask").form("ask") | {"text": f"{n}?"} for n in range(3)]
    amina.clock.shift(10)

    def post(form) -> int:
        amina.client.cookies.clear()
        return len(queries(amina, lambda: amina.client.post("/satamala/en/ask", form)))

    first, second, third = (post(form) for form in said)
    assert second == third <= first
