"""An editor and a translator at the same entry at the same time: neither loses a word, and no
translation counts as made from a source that its writer did not see."""

import threading
import time

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from satama.databank.models import Entry, Text
from satama.databank.translating import actions, desk
from satama.databank.translating.status import Status
from satama.databank.translating.words import digest, words_of

from . import cast
from .test_desk import OWN, SOURCE, address, english, oksana, pier, posted, said
from .test_drafts import PUBLISH
from .test_staff import address as form_of
from .test_staff import opened

__all__ = ["oksana", "pier"]  # fixtures
pytestmark = pytest.mark.django_db
NEW = "Laituri maksaa nyt [[fee]]."


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor@satamala.example"))
    return client


def state(entry: Entry) -> Status:
    return next(row.status for row in desk.rows(entry.region, "en") if row.entry == entry)


def publish(editor: Client, entry: Entry, form: dict[str, str] | None = None) -> None:
    form = form or opened(editor, entry)
    answer = editor.post(form_of(entry), form | {"texts-0-summary": NEW} | PUBLISH)
    assert answer.status_code == 302


def finnish(entry: Entry) -> str:
    return Text.objects.get(entry=entry, language="fi").summary


def test_the_translator_saves_while_the_editor_writes(oksana, editor, pier):
    form = opened(editor, pier)
    oksana.post(address(pier), posted(oksana, pier, **OWN) | {"checked": "1"})

    publish(editor, pier, form)

    assert (said(pier), finnish(pier)) == (OWN, NEW)
    assert state(pier) is Status.OUTDATED


@pytest.mark.parametrize("button", ["save", "checked"])
def test_the_editor_publishes_while_the_translator_writes(oksana, editor, pier, button):
    english(pier)
    mine = posted(oksana, pier, title="My pier") | {button: "1"}
    publish(editor, pier)

    page = BeautifulSoup(oksana.post(address(pier), mine).content, "html.parser")

    assert (said(pier), finnish(pier)) == (OWN, NEW)
    assert "The source changed while you wrote" in page.select_one("section.messages").text
    assert page.select_one("[name=title]").text.strip() == "My pier"
    assert "nyt" in page.select(".desk-source")[1].text

    oksana.post(address(pier), mine | {"of": page.select_one("[name=of]")["value"]})
    assert said(pier)["title"] == "My pier"
    assert state(pier) is (Status.CHECKED if button == "checked" else Status.OUTDATED)


def test_a_new_text_is_made_from_what_its_writer_saw(pier):
    seen = actions.wording_of(pier.texts.get(language="fi"))
    Text.objects.filter(entry=pier, language="fi").update(summary=NEW)

    text = Text(entry=pier, language="en", **OWN)
    actions.write(text, seen="", of=seen, checked=True, by=None)

    assert text.made_from.words["summary"] == SOURCE["summary"]
    assert state(pier) is Status.OUTDATED


def test_a_draft_of_the_editor_outdates_nothing_until_it_is_published(oksana, editor, pier):
    english(pier)
    mine = posted(oksana, pier, title="My pier") | {"checked": "1"}
    editor.post(form_of(pier), opened(editor, pier) | {"texts-0-summary": NEW})

    oksana.post(address(pier), mine)
    assert (said(pier)["title"], state(pier)) == ("My pier", Status.CHECKED)

    publish(editor, pier)
    assert (said(pier)["title"], state(pier)) == ("My pier", Status.OUTDATED)


def edits(entry: Entry) -> None:
    """What publishing does, with a copy of the entry that was read before the translator wrote."""
    (first,) = (text for text in entry.texts.all() if text.language == "fi")
    first.summary = NEW
    entry.save()


def translates(entry: Entry) -> None:
    text = Text.objects.get(entry=entry, language="en")
    seen = digest(words_of(text))
    text.title = "My pier"
    of = actions.wording_of(Text(entry=entry, language="fi", **SOURCE))
    actions.write(text, seen=seen, of=of, checked=True, by=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), [(edits, translates), (translates, edits)])
def test_two_transactions_wait_for_each_other_and_both_are_kept(first, second):
    cast.fact("fee", "money", "5 EUR")
    cast.entry("ferry")
    entry = cast.entry("pier", texts={"fi": SOURCE})
    english(entry)
    copies = [Entry.objects.prefetch_related("texts").get(pk=entry.pk) for _ in range(2)]
    for copy in copies:
        copy.texts = list(copy.texts.all())  # as a form or a draft holds them
    faults: list[Exception] = []

    def run() -> None:
        try:
            second(copies[1])
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        first(copies[0])
        other.start()
        assert somebody_waits(other)
    other.join()

    assert faults == []
    assert (said(entry)["title"], finnish(entry)) == ("My pier", NEW)
    assert state(entry) is Status.OUTDATED


def somebody_waits(other: threading.Thread) -> bool:
    """Whether the other's transaction stands before a lock that is ours."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = cursor.fetchone()[0]
        while other.is_alive():
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # kept for the whole transaction
            cursor.execute(waiting, [ours])
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.02)
    return False
