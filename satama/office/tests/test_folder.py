"""A folder: its code is shown once and kept by its owner; it opens by nothing else, and closes."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.accounts.folders import actions as folders
from satama.accounts.folders import code as codes
from satama.accounts.models import Folder
from satama.base.models import Mail
from satama.databank.tests import cast
from satama.office import entering
from satama.office.models import Sent
from satama.threads import actions as threads
from satama.threads import hand_overs
from satama.threads.models import Thread

from .conftest import WORDS, Amina

pytestmark = pytest.mark.django_db
OTHER = "0000-0000-0000-0000"


@pytest.fixture
def kept(amina) -> str:
    """Her code; her folder is open, with one question in it."""
    return amina.asks().keeps()


def error(amina) -> str:
    return amina.page.select_one(".error-summary").get_text(" ", strip=True)


def test_the_code_is_shown_until_she_has_kept_it_and_never_again(amina):
    code = amina.asks().code
    word = codes.word(codes.read(code), "en")

    assert code in amina.page.select_one(".code[dir=ltr]").text
    assert amina.page.select_one(".code .unseen").text == ", ".join(
        " ".join(group) for group in code.split("-")
    )
    assert amina.page.select_one("#word").text == word
    assert "Nobody can find this code again, we neither." in amina.words
    for path in ("folder", "folder/code", f"folder/threads/{Thread.objects.get().pk}"):
        assert (amina.goes(path).at, amina.code) == ("folder/code", code)

    amina.sends("folder/code")
    assert "Save the code first" in error(amina)
    assert amina.code == code

    amina.sends("folder/code", saved="1")
    assert amina.at == "folder"
    assert amina.goes("folder/code").at == "folder"
    assert code not in amina.answer.content.decode()


def test_the_code_and_the_word_are_right_to_left_readers_too(amina):
    code = amina.asks().code
    amina.goes("/satamala/ar/folder/code")

    assert amina.page.html["dir"] == "rtl"
    assert amina.page.select_one(".code")["dir"] == "ltr"
    assert amina.page.select_one("#word").text == codes.word(codes.read(code), "ar")


def test_the_code_stands_in_no_table_and_no_address(amina):
    code = codes.read(amina.asks().code)
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        stored = "".join(
            str(cursor.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables
        )

    addresses = [tag.get("href") or tag.get("action") for tag in amina.page.select("a, form")]
    for written in (code, codes.written(code), WORDS):
        assert written not in stored
        assert written not in " ".join(addresses)


def test_an_empty_folder_is_made_once_by_a_button(amina):
    said = amina.goes("folder").form("folder/new")
    for _press in range(2):
        amina.answer = amina.client.post("/satamala/en/folder/new", said, follow=True)

    assert amina.at == "folder/code"
    assert Folder.objects.count() == 1
    amina.keeps()
    assert "Nothing yet." in amina.words


def test_no_folder_is_made_by_looking_or_by_a_form_of_nobody(amina):
    assert amina.client.get("/satamala/en/folder/new").status_code == 405
    amina.client.post("/satamala/en/folder/new", {"slip": "x"})
    assert not Folder.objects.exists()


def test_it_opens_elsewhere_by_its_code_however_it_is_written(kept, oleh):
    oleh.opens(f" {kept.lower().replace('-', ' ')} ")

    assert oleh.at == "folder"
    assert WORDS in oleh.words
    assert "We answer by Tuesday, 24 November." in oleh.words


def test_opening_begins_a_new_session_that_ends_with_the_browser(kept, oleh):
    oleh.client.session["x"] = 1
    before = oleh.client.session.session_key
    oleh.opens(kept)

    cookie = oleh.client.cookies["sessionid"]
    assert cookie.value != before
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert oleh.client.cookies["csrftoken"]["max-age"] == ""


def test_a_wrong_code_says_its_check_word_and_keeps_what_was_typed(kept, oleh):
    oleh.opens(OTHER)

    assert f"“{codes.word('0' * 16, 'en')}”" in error(oleh)
    assert oleh.page.select_one("#f-code, #id_code")["value"] == OTHER
    assert "sessionid" not in oleh.client.cookies


@pytest.mark.parametrize(("typed", "sentence"), [("", "Write your code."), ("7F3K", "16 letters")])
def test_what_is_no_code_says_so(oleh, typed, sentence):
    assert sentence in error(oleh.opens(typed))


def test_after_its_time_it_opens_no_more(kept, oleh):
    Folder.objects.update(until="2026-11-19")
    assert "No folder opens with this code." in error(oleh.opens(kept))


def test_guessing_is_stopped_and_who_has_the_code_comes_in_from_the_same_network(kept, clock):
    thief = Amina(clock, "192.0.2.9")
    for _try in range(entering.FEW):
        assert "No folder opens" in error(thief.opens(codes.written(codes.new())))

    looked = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(folders, "find", lambda *a, **k: looked.append(a))
        for _try in range(9):
            thief.opens(codes.written(codes.new()), word="nonsense")
            assert "Write the check word" in error(thief)
        assert "No folder opens" not in thief.words
        thief.opens(kept)  # the right code, without its word: not told either
        assert "Write the check word" in error(thief)
    assert looked == []

    owner = Amina(clock, "192.0.2.9")
    owner.goes("folder").sends("folder", code=kept, word=codes.word(codes.read(kept), "ar"))
    assert WORDS in owner.words
    assert "No folder opens" in error(Amina(clock, "192.0.2.10").opens(OTHER))


def test_who_goes_on_guessing_waits_and_others_do_not(kept, oleh, clock):
    thief = Amina(clock, "192.0.2.9")
    for _try in range(entering.MANY):
        entering.WRONG.add("192.0.2.9")

    assert "Wait 15 minutes" in error(thief.opens(OTHER))
    assert WORDS in oleh.opens(kept).words

    clock.shift(15 * 60)
    assert WORDS in thief.opens(kept).words


def test_guessing_from_everywhere_asks_everybody_for_the_word(kept, oleh, monkeypatch):
    monkeypatch.setattr(entering, "ALL", 1)
    entering.WRONG.add(entering.EVERYBODY)

    assert "Write the check word" in error(oleh.opens(kept))
    assert WORDS in oleh.opens(kept, word=codes.word(codes.read(kept), "fi")).words


def test_addresses_of_who_tries_are_kept_only_as_hashes(oleh):
    oleh.opens(OTHER)
    with connection.cursor() as cursor:
        rows = str(cursor.execute("SELECT cache_key, value FROM web_cache").fetchall())
    assert "folder-wrong-" in rows
    assert "198.51.100.7" not in rows


def test_thirty_minutes_without_use_close_it(amina, kept, clock):
    clock.shift(29 * 60)
    assert WORDS in amina.goes("folder").words
    clock.shift(30 * 60)
    assert WORDS in amina.goes("folder").words
    clock.shift(32 * 60)
    assert "Open your folder" in amina.goes("folder").words
    assert not Session.objects.exists()


def test_what_was_being_written_when_it_closed_is_there_again(amina, kept, clock):
    talk = f"folder/threads/{Thread.objects.get().pk}"
    said = amina.goes(talk).form(talk) | {"text": "A long addition"}
    clock.shift(32 * 60)
    amina.answer = amina.client.post(f"/satamala/en/{talk}", said, follow=True)
    assert "closed itself" in amina.words

    amina.sends("folder", code=kept)
    assert amina.page.textarea.text.strip() == "A long addition"
    amina.sends(talk)
    assert [m.text for m in Thread.objects.get().messages.all()] == [WORDS, "A long addition"]


def test_closing_leaves_nothing_in_the_browser(amina, kept):
    amina.sends("folder/close")

    assert amina.at == ""
    first = amina.answer.redirect_chain[0]
    assert first[0] == "/satamala/en/"
    assert "Open your folder" in amina.goes("folder").words
    assert not Session.objects.exists()
    assert Folder.objects.exists()


def test_closing_and_erasing_clear_what_the_browser_kept(amina, kept):
    close = amina.client.post("/satamala/en/folder/close")
    assert close.headers["Clear-Site-Data"] == '"cache"'
    assert close.headers["Cache-Control"] == "private, no-store"
    assert amina.client.get("/satamala/en/folder/close").status_code == 405


def test_every_page_of_a_folder_is_hers_alone(amina, kept, oleh):
    talk = f"folder/threads/{Thread.objects.get().pk}"
    for path in ("folder", talk, "folder/erase"):
        assert amina.goes(path).answer.headers["Cache-Control"] == "private, no-store"
        assert amina.page.select_one("form[action$='folder/close']")
        oleh.goes(path)
        assert (oleh.at, WORDS in oleh.words) == ("folder", False)

    oleh.asks(text="Mine").keeps()
    assert oleh.goes(talk).answer.status_code == 404


def test_she_reads_the_answer_and_who_looked(amina, kept, django_user_model):
    ritva = django_user_model.objects.create_user("ritva@satamala.example", is_staff=True)
    thread = Thread.objects.get()
    threads.look(thread, by=ritva, role="Adviser")
    seen = thread.messages.last().pk
    threads.answer(thread, text="نعم.", language="ar", seen=seen, by=ritva)
    hand_overs.hand_over(thread, to=cast.organisation(), by=ritva)

    page = amina.goes(f"folder/threads/{thread.pk}")

    assert "Adviser , 20 November 2026, 12:00" in page.words
    assert "ritva" not in page.answer.content.decode()
    assert "Handed over to: Tax Office" in page.words
    assert "They have not yet said that they have it." in page.words
    answer = page.page.select_one(".talk .desk .said")
    assert (answer["lang"], answer["dir"], answer.text.strip()) == ("ar", "rtl", "نعم.")


def test_a_machine_s_translation_says_so_and_the_original_is_there(amina, kept):
    thread = Thread.objects.get()
    thread.messages.create(
        side="desk", language="fi", text="Kyllä.", translation="Yes.", translated_to="en",
        machine=True, on=thread.asked,
    )  # fmt: skip

    desk = amina.goes(f"folder/threads/{thread.pk}").page.select_one(".talk .desk")

    assert [(tag["lang"], tag.text.strip()) for tag in desk.select(".said")] == [
        ("en", "Yes."),
        ("fi", "Kyllä."),
    ]
    assert "Translated by a machine." in desk.text


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"state": "answered", "answered": "2026-11-20"}, "Answered."),
        ({"state": "closed"}, "Closed."),
        ({"answered": "2026-11-20"}, "You added something. We will read it."),
        (
            {"asked": "2026-11-16", "promised": "2026-11-18"},
            "We are late, and sorry. We promised an answer by Wednesday, 18 November.",
        ),
    ],
)
def test_the_state_is_told_in_words(amina, kept, state, sentence):
    Thread.objects.update(**state)
    assert sentence in amina.goes("folder").words


def test_she_adds_something_once_however_often_she_presses(amina, kept):
    talk = f"folder/threads/{Thread.objects.get().pk}"
    said = amina.goes(talk).form(talk) | {"text": "Thank you"}
    for _press in range(2):
        amina.client.post(f"/satamala/en/{talk}", said)

    assert [m.text for m in Thread.objects.get().messages.all()] == [WORDS, "Thank you"]


def test_nothing_is_added_to_a_closed_question_or_without_words(amina, kept):
    talk = f"folder/threads/{Thread.objects.get().pk}"
    said = amina.goes(talk).form(talk)
    amina.sends(talk, text=" ")
    assert "Write what you want to say." in error(amina)

    threads.close(Thread.objects.get())
    amina.answer = amina.client.post(f"/satamala/en/{talk}", said | {"text": "Late words"})
    assert "Closed." in amina.words
    assert Thread.objects.get().messages.count() == 1


def test_erasing_asks_first_and_then_takes_everything_along(amina, kept, oleh):
    folder = Folder.objects.get()
    Mail.objects.create(to="a@b.example", subject="S", text="T", about=folders.about(folder))
    amina.goes("folder/erase")
    assert Folder.objects.exists()

    amina.sends("folder/erase")

    assert "The folder is erased" in amina.words
    assert amina.answer.headers["Clear-Site-Data"] == '"cache"'
    counts = [m.objects.count() for m in (Folder, Thread, Mail, Sent, Session)]
    assert counts == [0] * 5
    assert "No folder opens" in error(oleh.opens(kept))


def test_a_folder_of_another_browser_is_not_erased(kept, oleh):
    oleh.client.post("/satamala/en/folder/erase")
    assert Folder.objects.exists()


def test_a_form_without_our_token_changes_nothing(amina, kept):
    amina.client.handler.enforce_csrf_checks = True
    answer = amina.client.post("/satamala/en/folder/erase")

    assert answer.status_code == 403
    assert Folder.objects.exists()
    assert "We could not read the request" in answer.content.decode()


def test_what_was_never_kept_goes_within_a_day_and_unused_folders_in_their_time(amina, clock):
    amina.asks()
    clock.shift(timedelta(days=1))
    call_command("forget", verbosity=0)
    assert Sent.objects.get().code == ""
    clock.shift(timedelta(days=1))
    call_command("forget", verbosity=0)
    assert (Sent.objects.count(), Thread.objects.count()) == (0, 1)

    clock.shift(timedelta(days=90))
    call_command("forget", verbosity=0)
    assert (Folder.objects.count(), Thread.objects.count()) == (0, 0)


def test_using_it_keeps_it(amina, kept, oleh, clock):
    clock.shift(timedelta(days=80))
    oleh.opens(kept)
    assert "erases itself on 9 May 2027" in oleh.words


@pytest.fixture
def queries(amina):
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert amina.goes(path).answer.status_code == 200
        return sum("contentversion" not in query["sql"] for query in asked.captured_queries)

    return count


def test_the_folder_takes_as_many_queries_for_thirty_questions_as_for_one(amina, kept, queries):
    one = queries("folder")
    for number in range(29):
        question = threads.Question(kind="question", language="en", text=f"{number}?")
        threads.ask(cast.region(), question, folder=Folder.objects.get())

    assert queries("folder") == one <= 8
    assert len(amina.page.select(".results li")) == 30


def test_a_conversation_takes_as_many_queries_for_thirty_messages_as_for_one(kept, queries):
    thread = Thread.objects.get()
    one = queries(f"folder/threads/{thread.pk}")
    for number in range(29):
        threads.say(thread, text=f"{number}")

    assert queries(f"folder/threads/{thread.pk}") == one <= 9


def test_staff_who_try_a_folder_stay_signed_in(amina, django_user_model):
    ritva = django_user_model.objects.create_user("ritva@satamala.example", is_staff=True)
    amina.client.force_login(ritva)
    amina.asks().keeps()
    amina.sends("folder/close")

    assert amina.client.session["_auth_user_id"] == str(ritva.pk)
    assert "folder" not in amina.client.session
    cache.clear()
