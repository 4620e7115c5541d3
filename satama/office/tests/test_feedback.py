"""Feedback on a page: without a name, with an answer if one is wanted."""

from datetime import date

import pytest

from satama.accounts.models import Folder
from satama.databank.tests import cast
from satama.threads.models import Thread

pytestmark = pytest.mark.django_db
WORDS = "The fee is wrong."


def given(amina, page: str = "", **changes):
    return amina.goes(f"feedback{page}").sends("feedback", **{"text": WORDS} | changes)


def test_feedback_on_a_page_needs_no_name_and_leaves_nothing_here(amina):
    cast.entry("tax-card")
    given(amina, "?page=entries/tax-card")

    thread = Thread.objects.get()
    assert amina.at.startswith("ask/sent/")
    assert "Thank you. A person reads it." in amina.words
    assert (thread.kind, thread.page, thread.folder) == ("feedback", "entries/tax-card", None)
    assert thread.erased_on == date(2027, 2, 18)
    assert not amina.client.cookies


def test_who_wants_an_answer_gets_a_folder(amina):
    given(amina, answer="on")
    assert amina.at == "folder/code"

    amina.keeps()
    given(amina, answer="on")
    assert amina.at.startswith("folder/threads/")
    assert (Folder.objects.count(), Folder.objects.get().threads.count()) == (1, 2)


def test_who_has_a_folder_open_may_still_write_without_it(amina):
    given(amina, answer="on").keeps()
    given(amina)
    assert Thread.objects.filter(folder=None).count() == 1


def test_accessibility_is_answered_within_fourteen_days(amina):
    given(amina, kind="accessibility", answer="on")

    assert Thread.objects.get().promised == date(2026, 12, 4)
    assert "We answer by Friday, 4 December." in amina.words


def test_without_words_nothing_is_sent(amina):
    given(amina, text="")
    assert "Write what you want to say." in amina.page.select_one(".error-summary").text
    assert not Thread.objects.exists()


def test_who_is_too_fast_presses_once_more(amina):
    amina.goes("feedback").sends("feedback", wait=0, text=WORDS)
    assert "press the button again" in amina.words
    amina.sends("feedback")
    assert Thread.objects.count() == 1


def test_another_language_keeps_what_was_written(amina):
    said = amina.goes("feedback").form("feedback") | {"text": WORDS, "answer": "on", "change": "1"}
    amina.answer = amina.client.post("/satamala/fi/feedback", said)

    assert amina.page.html["lang"] == "fi"
    assert amina.page.textarea.text.strip() == WORDS
    assert amina.page.select_one("[name=answer]").has_attr("checked")
