"""Ritva makes an entry of a question and her answer; who asked hears of it when it is public."""

import pytest
from wagtail.actions.publish_revision import PublishRevisionAction

from satama.accounts.folders import actions as folders
from satama.base.models import Mail
from satama.databank.models import Entry
from satama.databank.tests import cast
from satama.office.models import Grown
from satama.threads import actions

from .desk_cast import Staff, asks, person

pytestmark = pytest.mark.django_db
ANSWER = "Ask the tax office for it.\n\nIt takes a week."
FORM = {
    "language": "en",
    "title": "How to get a tax card",
    "summary": "The tax office gives it.",
    "body": ANSWER,
    "words": "податкова картка\n  tax   paper ",
    "tell": "on",
}


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


@pytest.fixture
def thread(satamala):
    """Asked in Ukrainian, answered in English and Ukrainian."""
    thread = asks(topic=cast.topic("taxes"))
    seen = thread.messages.get().pk
    ritva = person("riikka", "adviser")
    actions.answer(thread, text=ANSWER, language="en", seen=seen, by=ritva)
    return thread


def grows(ritva: Staff, thread, **changes) -> Staff:
    path = f"{thread.pk}/entry/new/"
    return ritva.goes(path).sends(path, **FORM | changes)


def public(entry: Entry) -> None:
    PublishRevisionAction(entry.latest_revision).execute(skip_permission_checks=True)


def test_two_presses_make_a_draft_of_what_was_asked_and_answered(ritva, thread):
    ritva.goes(f"{thread.pk}/")
    assert any(a["href"].endswith("/entry/new/") for a in ritva.page.select("main a"))
    path = f"{thread.pk}/entry/new/"
    ritva.goes(path).sends(path, title="How to get a tax card")

    entry = Entry.objects.get()
    text = entry.texts.get()
    assert (entry.slug, entry.kind, entry.live) == ("how-to-get-a-tax-card", "answer", False)
    assert (text.language, text.summary, text.body) == ("en", "Ask the tax office for it.", ANSWER)
    assert entry.keywords == {"uk": ["Як отримати податкову картку?"]}
    assert [topic.slug for topic in entry.topics.all()] == ["taxes"]
    assert entry.latest_revision.user == ritva.user
    assert (
        "How to get a tax card" not in ritva.client.get("/satamala/en/find?q=tax").content.decode()
    )
    assert "a draft" in ritva.words


def test_what_tells_who_asked_is_shown_before_it_is_kept(ritva, thread):
    said = "My name is Anna Korhonen, 040 123 4567."
    grows(ritva, thread, body=said)

    assert not Entry.objects.exists()
    assert [mark.text for mark in ritva.page.select("mark")] == [
        "My name is Anna Korhonen",
        "040 123 4567",
    ]
    path = f"{thread.pk}/entry/new/"
    assert ritva.form(path)["body"] == said

    ritva.sends(path, looked="on")

    assert Entry.objects.get().texts.get().body == said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 91}, "at most 90"),
        ({"body": "See [[no-such-fact]]."}, "There is no fact [[no-such-fact]]."),
        ({"body": "<script>alert(1)</script>"}, "HTML"),
        ({"words": "x" * 81}, "At most 10 lines of 80 letters."),
        ({"language": "xx"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_all_is_kept(ritva, thread, changes, sentence):
    grows(ritva, thread, **changes)

    assert sentence in ritva.words
    assert ritva.form(f"{thread.pk}/entry/new/")["summary"] == FORM["summary"]
    assert not Entry.objects.exists() and not Grown.objects.exists()


def test_who_asked_is_told_once_when_it_is_public(ritva, thread):
    thread.folder.email, thread.folder.email_proved = "amina@post.example", True
    thread.folder.save()
    grows(ritva, thread)
    entry = Entry.objects.get()
    before = thread.messages.count()

    public(entry)
    entry.refresh_from_db()
    entry.save_revision()
    public(entry)

    last = thread.messages.last()
    assert thread.messages.count() == before + 1
    assert (last.side, last.language) == ("desk", "uk")
    assert "[How to get a tax card](entry:how-to-get-a-tax-card)" in last.text
    (mail,) = Mail.objects.all()
    assert "tax" not in mail.subject + mail.text


@pytest.mark.parametrize("way", ["not wanted", "no folder", "erased"])
def test_nobody_is_told_who_does_not_want_it_or_is_gone(ritva, thread, way):
    if way == "no folder":
        thread = asks(folder=False)
    grows(ritva, thread, tell="" if way == "not wanted" else "on")
    if way == "erased":
        folders.erase(thread.folder)
    before = thread.messages.count()

    public(Entry.objects.get())

    assert thread.messages.count() == before
    assert not Mail.objects.exists()


def test_a_title_that_is_taken_gets_another_address(ritva, thread):
    cast.entry("how-to-get-a-tax-card", live=False)

    grows(ritva, thread)

    assert Entry.objects.order_by("pk").last().slug == "how-to-get-a-tax-card-2"


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_who_may_not_answer_makes_nothing_of_it(satamala, thread, role):
    kim = Staff(person("kim", role))

    assert kim.goes(f"{thread.pk}/entry/new/").answer.status_code == 302
    assert kim.client.post(f"/staff/desk/{thread.pk}/entry/new/", FORM).status_code == 302
    assert not Entry.objects.exists()


def test_a_question_of_another_region_is_not_there(thread):
    kim = Staff(person("kim", "adviser", region=cast.region("toinen")))

    assert kim.goes(f"{thread.pk}/entry/new/").answer.status_code == 404
    assert kim.client.post(f"/staff/desk/{thread.pk}/entry/new/", FORM).status_code == 404


def test_looking_at_it_is_written_down_for_its_owner(ritva, thread):
    ritva.goes(f"{thread.pk}/entry/new/")

    assert [look.role for look in thread.looks.all()] == ["adviser"]
    assert not Entry.objects.exists()
