"""One thread at the desk: read, answered once, in two languages, and nothing typed is lost."""

from datetime import timedelta

import pytest

from satama.accounts.folders import notices as addresses
from satama.base.models import Mail
from satama.databank.tests import cast
from satama.office.models import FirstAnswer, Phrase
from satama.threads import actions
from satama.threads.models import Thread

from .desk_cast import ASKED, Staff, asks, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


@pytest.fixture
def oskari(satamala) -> Staff:
    return Staff(person("oskari", "adviser"))


@pytest.fixture
def thread(satamala) -> Thread:
    return asks()


def said(thread: Thread) -> list[tuple]:
    """What the desk said: text, language, translation."""
    ours = thread.messages.filter(side="desk")
    return list(ours.values_list("text", "language", "translation"))


def test_she_reads_the_original_and_that_is_written_down(ritva, thread):
    page = ritva.goes(f"{thread.pk}/").page

    words = page.select_one(".desk-visitor .desk-words")
    assert (words.get_text(strip=True), words["lang"], words["dir"]) == (ASKED, "uk", "auto")
    look = thread.looks.get()
    assert (look.user, look.role, look.who) == (ritva.user, "adviser", "Adviser")


def test_the_page_and_the_failed_search_came_along(ritva):
    cast.entry("work-rights", texts={"en": "Your rights at work"})
    thread = asks(page="entries/work-rights", searched="salary")

    page = ritva.goes(f"{thread.pk}/").page
    link = page.select_one('a[href="/satamala/uk/entries/work-rights"]')
    assert "Your rights at work" in link.get_text()
    assert page.select_one("q").get_text() == "salary"


def test_an_answer_in_the_reader_s_language(ritva, thread):
    ritva.goes(f"{thread.pk}/").answers(thread, reply="Так, у нас.")

    assert said(thread) == [("Так, у нас.", "uk", "")]
    thread.refresh_from_db()
    assert (thread.state, "The answer is sent." in ritva.words) == ("answered", True)


def test_an_answer_in_two_languages_keeps_both(ritva, thread):
    ritva.goes(f"{thread.pk}/").answers(thread, reply="Так.", own="Yes.")

    assert said(thread) == [("Yes.", "en", "Так.")]
    words = ritva.page.select(".desk-desk .desk-words")
    assert [(one.get_text(strip=True), one["lang"]) for one in words] == [
        ("Yes.", "en"),
        ("Так.", "uk"),
    ]


def test_an_empty_answer_is_refused_in_words(ritva, thread):
    ritva.goes(f"{thread.pk}/").answers(thread)
    assert "Write an answer." in ritva.words
    assert said(thread) == []


def test_a_notice_without_a_word_of_it_goes_to_who_wants_one(ritva, thread):
    folder = thread.folder
    addresses.wish(folder, email="a@mail.example", on=thread.asked)
    addresses.prove(folder)
    ritva.goes(f"{thread.pk}/").answers(thread, reply="Так, у нас.")

    mail = Mail.objects.get()
    assert mail.to == "a@mail.example"
    assert "Так, у нас." not in mail.text + mail.html


def test_who_was_overtaken_reads_the_new_message_and_keeps_the_text(ritva, oskari, thread):
    ritva.goes(f"{thread.pk}/"), oskari.goes(f"{thread.pk}/")
    oskari.answers(thread, reply="Так.")
    ritva.answers(thread, reply="Ні.")

    assert said(thread) == [("Так.", "uk", "")]
    assert ritva.textareas["reply"] == "Ні."
    assert "Somebody wrote meanwhile" in ritva.words and "Так." in ritva.words

    ritva.answers(thread, reply="Ні.")
    assert [text for text, *_rest in said(thread)] == ["Так.", "Ні."]


def test_a_second_press_of_the_button_says_nothing_twice(ritva, thread):
    sent = ritva.goes(f"{thread.pk}/").form(f"{thread.pk}/") | {"reply": "Так."}
    for _press in range(2):
        ritva.client.post(f"/staff/desk/{thread.pk}/", sent)
    assert len(said(thread)) == 1


def test_a_colleague_who_is_answering_is_named_with_the_time(ritva, oskari, thread, clock):
    held = oskari.client.post(f"/staff/desk/{thread.pk}/hold/").json()
    assert held["held"] == ""
    clock.shift(120)
    oskari.client.post(f"/staff/desk/{thread.pk}/hold/")

    sentence = "Oskari has been answering since 12:00."
    page = ritva.goes(f"{thread.pk}/")
    assert page.page.select_one("#desk-held").get_text() == sentence
    assert ritva.client.post(f"/staff/desk/{thread.pk}/hold/").json()["held"] == sentence
    page.answers(thread, reply="Ні.")
    assert said(thread) == []
    assert "A colleague is answering" in ritva.words and ritva.textareas["reply"] == "Ні."

    oskari.client.post(f"/staff/desk/{thread.pk}/hold/", {"release": "1"})
    ritva.answers(thread, reply="Так.")
    assert len(said(thread)) == 1


def test_the_script_learns_of_a_new_message_and_gets_a_fresh_token(ritva, thread):
    before = ritva.goes(f"{thread.pk}/state/").answer.json()
    actions.say(thread, text="Ще одне")
    after = ritva.goes(f"{thread.pk}/state/").answer.json()

    assert after["last"] == thread.messages.last().pk > before["last"]
    assert after["token"]


def test_a_preview_is_what_the_reader_will_see_and_sends_nothing(ritva, thread):
    cast.entry("tax-card", texts={"uk": "Податкова картка", "en": "Tax card"})
    ritva.goes(f"{thread.pk}/")
    ritva.answers(thread, "preview", reply="Ось: [Tax card](entry:tax-card) <b>")

    shown = ritva.page.select_one(".desk-preview .desk-words")
    assert (shown["lang"], shown.a["href"]) == ("uk", "/satamala/uk/entries/tax-card")
    assert shown.get_text(strip=True) == "Ось:Податкова картка<b>"
    assert said(thread) == []
    assert ritva.textareas["reply"] == "Ось: [Tax card](entry:tax-card) <b>"


def test_facts_are_written_as_they_are_today_and_lead_to_their_entry(ritva, thread):
    cast.rising("card-fee", "45 EUR", "50 EUR")
    cast.entry("tax-card", texts={"uk": {"title": "Картка", "body": "[[card-fee]]"}})
    cast.fact("lonely", "text", "alone")
    ritva.goes(f"{thread.pk}/").answers(thread, reply="[[card-fee]], [[lonely]]")

    text, *_rest = said(thread)[0]
    assert text.replace("\xa0", " ") == "[45 EUR](entry:tax-card), alone"


@pytest.mark.parametrize("text", ["[[no-such-fact]]", "[x](entry:no-such-entry)"])
def test_what_leads_nowhere_is_not_sent(ritva, thread, text):
    ritva.goes(f"{thread.pk}/").answers(thread, reply=text)
    assert said(thread) == []
    assert ritva.textareas["reply"] == text
    assert ritva.page.select(".desk-answer .error-message")


def test_what_a_visitor_writes_never_becomes_a_link(ritva):
    thread = asks("[x](entry:tax-card) https://bad.example <img src=x>")
    words = ritva.goes(f"{thread.pk}/").page.select_one(".desk-visitor .desk-words")
    assert words.select("a, img") == []


def test_phrases_of_the_region_stand_in_both_languages(ritva, thread):
    texts = {"uk": ["Добрий день!", "Дякуємо."], "en": ["Hello!"]}
    Phrase.objects.create(region=cast.region(), kind="greeting", name="Hello", texts=texts)
    Phrase.objects.create(region=cast.region(), name="Only English", texts={"en": ["x"]})
    elsewhere = cast.region("toinen")
    Phrase.objects.create(region=elsewhere, name="Theirs", texts={"uk": ["Ні"]})

    rows = ritva.goes(f"{thread.pk}/").page.select(".desk-phrases li")
    assert [row.strong.get_text() for row in rows] == ["Hello"]
    assert [p.get_text() for p in rows[0].select("[data-into=reply] p")] == texts["uk"]
    assert rows[0].select_one("[data-into=own]").get_text(strip=True) == "Hello!"


def test_nobody_can_answer_where_nobody_could_read_it(ritva):
    thread = asks(folder=False, kind="feedback")
    page = ritva.goes(f"{thread.pk}/").page
    assert page.select(".desk-answer") == []
    sent = {"reply": "Так.", "seen": thread.messages.last().pk}
    answer = ritva.client.post(f"/staff/desk/{thread.pk}/", sent)
    assert (said(thread), answer.status_code) == ([], 200)


def test_a_closed_one_says_so_and_opens_again(ritva, thread):
    ritva.goes(f"{thread.pk}/")
    actions.close(thread)
    ritva.answers(thread, reply="Так.")
    assert said(thread) == []

    ritva.does(thread, "reopen")
    thread.refresh_from_db()
    assert thread.state == "waiting"
    ritva.answers(thread, reply="Так.")
    ritva.does(thread, "close").does(thread, "reopen")
    thread.refresh_from_db()
    assert thread.state == "answered"


def test_it_is_taken_given_to_a_colleague_and_to_nobody(ritva, oskari, thread):
    def whose():
        thread.refresh_from_db()
        return thread.assigned

    ritva.does(thread, "mine")
    assert whose() == ritva.user
    ritva.does(thread, "assign", to=oskari.user.pk)
    assert whose() == oskari.user
    ritva.does(thread, "assign", to="")
    assert whose() is None


def test_it_is_not_given_to_somebody_who_may_not_see_it(ritva, thread):
    editor = person("kim", "editor")
    elsewhere = person("anna", "adviser", region=cast.region("toinen"))
    for other in (editor, elsewhere):
        ritva.does(thread, "assign", to=other.pk)
        thread.refresh_from_db()
        assert thread.assigned is None


def test_a_note_is_for_colleagues_alone(ritva, oskari, thread):
    ritva.does(thread, "note", text="Ask Kela first.")
    assert "Ask Kela first." in oskari.goes(f"{thread.pk}/").words
    assert thread.notes.get().author == ritva.user
    ritva.does(thread, "note", text="")
    assert thread.notes.count() == 1


@pytest.mark.parametrize(("into", "kept"), [("note", (0, 1)), ("answer", (1, 0))])
def test_after_the_call_the_number_is_gone_and_what_was_said_stays(ritva, into, kept):
    thread = asks(phone="+358 40 123 4567")
    assert "+358 40 123 4567" in ritva.goes(f"{thread.pk}/").words
    ritva.sends(f"{thread.pk}/called/", text="Come on Monday.", into=into)

    thread.refresh_from_db()
    assert (thread.phone, thread.state, thread.answered) == ("", "answered", thread.asked)
    assert (thread.messages.filter(side="desk").count(), thread.notes.count()) == kept
    assert FirstAnswer.objects.get().times == 1


def test_a_call_without_a_folder_is_kept_as_a_note(ritva):
    thread = asks(phone="+358 40 123 4567", folder=False)
    ritva.does(thread, "called", text="Done.", into="answer")
    thread.refresh_from_db()
    assert thread.phone
    ritva.does(thread, "called", text="Done.")
    thread.refresh_from_db()
    assert (thread.phone, thread.notes.count()) == ("", 1)


def test_a_translation_stands_beside_their_words_which_stay(ritva, thread):
    first = thread.messages.get()
    ritva.does(thread, "translate", message=first.pk, text="How do I get a tax card?")

    first.refresh_from_db()
    assert (first.text, first.translation, first.translated_to, first.machine) == (
        ASKED,
        "How do I get a tax card?",
        "en",
        False,
    )
    ritva.does(thread, "translate", message=first.pk, text="")
    first.refresh_from_db()
    assert (first.translation, first.translated_to) == ("", "")


def test_the_owner_reads_the_answer_and_sees_who_looked(ritva, amina, clock):
    amina.asks()
    amina.keeps()
    thread = Thread.objects.get()
    cast.entry("tax-card", texts={"en": "Tax card"})
    ritva.goes(f"{thread.pk}/").answers(thread, reply="See [Tax card](entry:tax-card).")
    clock.shift(timedelta(minutes=1))

    amina.goes(f"folder/threads/{thread.pk}")
    link = amina.page.select_one(".talk .desk .said a")
    assert (link["href"], link.get_text()) == ("/satamala/en/entries/tax-card", "Tax card")
    looks = amina.page.select_one("section[aria-labelledby=looks] li").get_text()
    assert looks == "Adviser, 20 November 2026, 12:00"


def test_an_act_that_does_not_exist_is_not_there(ritva, thread):
    assert ritva.client.post(f"/staff/desk/{thread.pk}/erase/").status_code == 404
    assert ritva.client.get(f"/staff/desk/{thread.pk}/close/").status_code == 405
