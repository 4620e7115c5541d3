"""A matter goes on to another organisation when who asked has said yes to the very text; by a mail
with nothing in it; and both sides see that it landed."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from satama.base.models import Mail
from satama.databank.models import Organisation
from satama.databank.tests import cast
from satama.threads import actions
from satama.threads.models import HandOver, Thread

from .conftest import WORDS, Amina
from .desk_cast import ASKED, Staff, asks, person

pytestmark = pytest.mark.django_db
LESS = "A person was not paid for two months."


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


@pytest.fixture
def safety(satamala) -> Organisation:
    """An authority that reads mail."""
    address = cast.fact("safety-mail", "email", "desk@safety.example")
    return cast.organisation("safety", names={"en": "Safety Authority"}, email=address)


@pytest.fixture
def proposed(ritva, amina, safety) -> Thread:
    """Amina's question, which Ritva would hand over."""
    amina.asks().keeps()
    thread = Thread.objects.get()
    ritva.does(thread, "handing", to=safety.pk, shared=LESS, asked="folder")
    return thread


def decides(amina: Amina, thread: Thread, **button) -> Amina:
    amina.goes(f"folder/threads/{thread.pk}")
    return amina.sends(f"folder/threads/{thread.pk}/hand-over", **button)


def link() -> str:
    return re.search(r"https?://[^/]+(/\S+)", Mail.objects.get().text)[1]


def test_nothing_leaves_before_she_says_yes_to_the_very_text(ritva, amina, proposed):
    assert not Mail.objects.exists()
    assert "Waits for their yes in the folder. Nothing has left." in ritva.words

    amina.goes(f"folder/threads/{proposed.pk}")
    assert "May we hand it over?" in amina.words and LESS in amina.words
    assert "Safety Authority" in amina.words

    decides(amina, proposed, yes="1")
    proposed.refresh_from_db()
    assert (proposed.state, Mail.objects.get().to) == ("handed", "desk@safety.example")
    assert "They have not yet said that they have it." in amina.words


def test_a_no_is_kept_and_nothing_leaves(ritva, amina, proposed):
    decides(amina, proposed, no="1")

    assert not Mail.objects.exists()
    assert "You said no to a hand-over." in amina.words
    assert "They said no. Nothing left." in ritva.goes(f"{proposed.pk}/").words
    given = HandOver.objects.get()
    amina.client.post(
        f"/satamala/en/folder/threads/{proposed.pk}/hand-over", {"given": given.pk, "yes": "1"}
    )
    assert not Mail.objects.exists()


def test_two_presses_of_yes_send_one_mail(amina, proposed):
    given = HandOver.objects.get()
    for _press in range(2):
        amina.client.post(
            f"/satamala/en/folder/threads/{proposed.pk}/hand-over", {"given": given.pk, "yes": "1"}
        )
    assert Mail.objects.count() == 1


def test_nobody_else_says_yes_for_her(oleh, proposed):
    given = HandOver.objects.get()
    path = f"/satamala/en/folder/threads/{proposed.pk}/hand-over"
    oleh.client.post(path, {"given": given.pk, "yes": "1"})
    oleh.asks().keeps()
    assert oleh.client.post(path, {"given": given.pk, "yes": "1"}).status_code == 404
    assert not Mail.objects.exists()


def test_the_mail_holds_no_word_of_it_and_the_link_shows_it_after_a_press(ritva, amina, proposed):
    decides(amina, proposed, yes="1")
    mail, there = Mail.objects.get(), Client()
    for words in (WORDS, LESS):
        assert words not in mail.subject + mail.text + mail.html

    answer = there.get(link())
    assert LESS not in answer.content.decode()
    assert HandOver.objects.get().landed is None
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == (
        "no-referrer",
        "private, no-store",
    )

    page = there.post(link()).content.decode()
    assert LESS in page and WORDS not in page
    assert HandOver.objects.get().landed == proposed.asked
    assert "They have had it since" in amina.goes(f"folder/threads/{proposed.pk}").words
    assert "It landed on" in ritva.goes(f"{proposed.pk}/").words


def test_a_link_lives_two_weeks_and_not_longer_than_the_folder(amina, proposed, clock):
    decides(amina, proposed, yes="1")
    there = link()
    clock.shift(timedelta(days=14, minutes=1))
    assert Client().post(there).status_code == 410
    clock.shift(-timedelta(days=1))
    assert Client().get(there).status_code == 200

    amina.goes("folder/erase")
    Thread.objects.all().delete()
    assert Client().get(there).status_code == 410
    assert Client().get("/satamala/en/handed/1.forged").status_code == 410


def test_erasing_takes_a_waiting_mail_along(amina, proposed):
    decides(amina, proposed, yes="1")
    amina.goes("folder/erase").sends("folder/erase")
    assert not Mail.objects.exists()


def test_without_an_address_somebody_calls_and_says_that_it_landed(ritva):
    by_phone, thread = cast.organisation("by-phone"), asks()
    ritva.does(thread, "handing", to=by_phone.pk, shared=LESS, asked="said")
    assert not Mail.objects.exists()

    given = HandOver.objects.get()
    assert (given.consented, given.landed, given.by) == (thread.asked, None, ritva.user)
    ritva.sends(f"{thread.pk}/landed/")
    given.refresh_from_db()
    assert given.landed == thread.asked


def test_what_was_not_agreed_to_does_not_land(ritva, proposed):
    given = HandOver.objects.get()
    ritva.client.post(f"/staff/desk/{proposed.pk}/landed/", {"given": given.pk})
    given.refresh_from_db()
    assert given.landed is None


def test_another_region_s_organisation_is_not_on_offer(ritva):
    theirs, thread = cast.organisation("far", region=cast.region("toinen")), asks()
    ritva.does(thread, "handing", to=theirs.pk, shared=LESS, asked="said")
    ritva.does(thread, "wrong", to=theirs.pk)
    assert not HandOver.objects.exists()


def test_what_they_get_to_read_begins_with_the_question_and_is_never_empty(ritva, safety):
    thread = asks()
    form = ritva.goes(f"{thread.pk}/").form(f"{thread.pk}/handing/")
    assert form["shared"] == ASKED
    ritva.does(thread, "handing", to=safety.pk, shared="")
    assert not HandOver.objects.exists()


def test_a_closed_one_is_not_handed_over(ritva, safety):
    thread = asks()
    ritva.goes(f"{thread.pk}/")
    actions.close(thread)
    ritva.sends(f"{thread.pk}/handing/", to=safety.pk, shared=LESS, asked="said")
    assert not HandOver.objects.exists()
