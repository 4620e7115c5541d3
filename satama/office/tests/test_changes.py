"""What was done about feedback: its sender sees it, everybody sees it, and nothing tells who it
was."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from satama.accounts.folders import actions as folders
from satama.databank.tests import cast
from satama.office.changes import actions
from satama.office.models import Change
from satama.threads.models import Thread

from .conftest import WORDS
from .test_tally import staff

PAGE = "/satamala/en/feedback/changes"
DONE = {"en": "The fee is right now.", "fi": "Maksu on nyt oikein."}


def listed(path: str = PAGE) -> list[str]:
    answer = Client().get(path)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [" ".join(tag.get_text(" ").split()) for tag in page.select("main .results li")]


@pytest.fixture
def told(amina) -> Thread:
    """Amina told us, and wants to read what comes of it."""
    amina.goes("feedback").sends("feedback", text=WORDS, answer="on")
    amina.keeps()
    return Thread.objects.get()


def test_nothing_yet_says_so_and_leads_to_the_form(satamala):
    page = BeautifulSoup(Client().get(PAGE).content, "html.parser")

    assert "Nothing yet." in page.main.get_text()
    assert page.main.select('a[href="/satamala/en/feedback"]')


def test_what_was_done_stands_in_the_list_and_in_the_folder(told, amina):
    entry = cast.entry(texts={"en": "Tax card"})

    actions.tell(told, texts=DONE, entry=entry, by=None)

    assert listed() == ["20 November 2026 The fee is right now. Page: Tax card"]
    assert "Something was changed because of it." in amina.goes("folder").words
    amina.goes(f"folder/threads/{told.pk}")
    assert "What we did about it The fee is right now." in amina.words
    assert amina.page.select('main a[href="/satamala/en/entries/tax-card"]')


def test_it_is_the_first_answer(told):
    actions.tell(told, texts=DONE, by=None)

    told.refresh_from_db()
    assert (told.state, told.answered) == ("answered", date(2026, 11, 20))


def test_a_question_is_no_feedback(amina):
    amina.asks()

    with pytest.raises(actions.NotFeedback):
        actions.tell(Thread.objects.get(), texts=DONE, by=None)
    assert not Change.objects.exists()


def test_something_must_be_said(told):
    with pytest.raises(actions.NoWords):
        actions.tell(told, texts={"en": "  "}, by=None)


def test_when_the_folder_is_erased_the_list_stays_and_knows_nothing_of_it(told):
    change = actions.tell(told, texts=DONE, by=None)

    folders.erase(told.folder)

    change.refresh_from_db()
    assert change.thread is None
    assert listed() == ["20 November 2026 The fee is right now."]


def test_when_its_page_is_deleted_or_hidden_the_line_stays_without_it(satamala):
    entry = cast.entry(live=False)
    Change.objects.create(region=satamala, day="2026-11-20", texts=DONE, entry=entry)
    assert listed() == ["20 November 2026 The fee is right now."]

    entry.delete()
    assert listed() == ["20 November 2026 The fee is right now."]


def test_the_newest_comes_first_and_nothing_of_a_day_to_come_or_another_region(satamala):
    for day in ("2026-11-18", "2026-11-19", "2026-11-21"):
        Change.objects.create(region=satamala, day=day, texts={"en": day})
    other = cast.region("toinen", rooms=["office"])
    Change.objects.create(region=other, day="2026-11-18", texts={"en": "theirs"})

    assert [line[-10:] for line in listed()] == ["2026-11-19", "2026-11-18"]


def test_it_is_said_in_another_language_when_there_is_none(satamala):
    Change.objects.create(region=satamala, day="2026-11-20", texts={"fi": "Korjattu."})

    page = BeautifulSoup(Client().get(PAGE.replace("/en/", "/ar/")).content, "html.parser")

    said = page.select_one(".results [lang=fi]")
    assert (said.get_text(), said["dir"]) == ("Korjattu.", "ltr")


def test_a_region_without_the_room_has_no_list(satamala):
    satamala.rooms = []
    satamala.save()

    assert Client().get(PAGE).status_code == 404


@pytest.mark.parametrize("path", ["feedback", "feedback?page=entries/tax-card"])
def test_the_form_leads_to_the_list(amina, path):
    assert amina.goes(path).page.main.select(f'a[href="{PAGE}"]')


def test_the_accessibility_statement_leads_to_the_form(satamala):
    page = BeautifulSoup(Client().get("/satamala/en/accessibility").content, "html.parser")

    assert page.main.select('a[href^="/satamala/en/feedback"]')


def test_its_sender_is_told_of_the_two_weeks(amina):
    amina.goes("feedback").sends("feedback", text=WORDS, kind="accessibility", answer="on")
    amina.keeps()

    assert "We answer by Friday, 4 December." in amina.goes("folder").words


def test_an_editor_writes_one_by_hand(satamala):
    client = staff("ritva", "editor", satamala)
    entry = cast.entry()

    client.post(
        "/staff/snippets/office/change/add/",
        {"region": satamala.pk, "day": "2026-11-19", "texts-en": "Right now.", "entry": entry.slug},
    )

    made = Change.objects.get()
    assert (made.texts, made.entry, made.thread) == ({"en": "Right now."}, entry, None)


def test_a_change_says_something(satamala):
    with pytest.raises(IntegrityError):
        Change.objects.create(region=satamala, day="2026-11-20", texts={})


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_however_long_it_is(satamala, many):
    for number in range(many):
        entry = cast.entry(f"page-{number}")
        Change.objects.create(region=satamala, day="2026-11-20", texts=DONE, entry=entry)

    with CaptureQueriesContext(connection) as asked:
        assert Client().get(PAGE).status_code == 200

    assert sum("contentversion" not in q["sql"] for q in asked.captured_queries) == 5
