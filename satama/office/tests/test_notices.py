"""A notice says that there is an answer, to who said yes to it, and never a word of the answer."""

from datetime import timedelta

import pytest

from satama.accounts.models import Folder
from satama.base import mail
from satama.base.models import Mail
from satama.office import notices
from satama.threads.models import Thread

from .conftest import WORDS

pytestmark = pytest.mark.django_db
ADDRESS = "amina@satamala.example"


@pytest.fixture
def kept(amina) -> str:
    return amina.asks(language="ar").keeps()


@pytest.fixture
def link(amina, kept) -> str:
    """The link in the mail that asks whether the address is hers."""
    amina.sends("folder/notices", email=ADDRESS)
    text = Mail.objects.get().text
    return next(line for line in text.splitlines() if "/notices/" in line)


def path(link: str) -> str:
    return "/satamala" + link.split("/satamala", 1)[1]


def test_an_address_is_used_once_she_has_said_yes_to_it(amina, link):
    assert "We sent a mail." in amina.words
    notices.answered(Thread.objects.get())
    assert Mail.objects.count() == 1  # only the question whether it is hers

    amina.goes(path(link)).sends(path(link).removeprefix("/satamala/en/"))
    assert "Your address is confirmed." in amina.words
    notices.answered(Thread.objects.get())

    assert Mail.objects.count() == 2
    assert "We send a notice to: amina@satamala.example" in amina.goes("folder").words


def test_opening_the_link_changes_nothing(oleh, link):
    for _scan in range(3):
        assert oleh.goes(path(link)).answer.status_code == 200
    assert not Folder.objects.get().email_proved
    assert oleh.goes("folder").words.startswith("Leave this page quickly")
    assert "Open your folder" in oleh.words


def test_the_link_is_good_for_three_days_and_for_its_address_alone(amina, oleh, link, clock):
    page = path(link)
    said = oleh.goes(page).form(page)
    amina.goes("folder").sends("folder/notices", drop="1")
    oleh.client.post(page, said)
    assert not Folder.objects.get().email_proved

    amina.sends("folder/notices", email=ADDRESS)
    clock.shift(timedelta(days=4))
    assert "older than 3 days" in oleh.goes(page).words
    assert "older than 3 days" in oleh.goes("folder/notices/nonsense").words
    oleh.client.post(page, said)
    assert not Folder.objects.get().email_proved


def test_a_notice_is_in_the_folder_s_language_and_says_nothing_of_the_answer(kept, settings):
    settings.PUBLIC_URL = "https://satamala.example"
    Folder.objects.update(language="ar", email_proved=True)
    folder = Folder.objects.get()
    folder.email = ADDRESS
    folder.save()

    notices.answered(Thread.objects.get())

    message = mail.as_message(Mail.objects.get())
    (html, _kind), *_none = message.alternatives
    assert message.to == [ADDRESS]
    assert 'lang="ar" dir="rtl"' in html
    for text in (message.body, html):
        assert "https://satamala.example/satamala/ar/folder" in text
        assert WORDS not in text and kept not in text
    assert WORDS not in message.subject


def test_an_address_is_taken_out_with_the_mails_that_wait(amina, link):
    amina.sends("folder/notices", drop="1")

    assert (Folder.objects.get().email, Mail.objects.count()) == ("", 0)
    assert "Tell me by e-mail" in amina.words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Write an e-mail address."), ("amina", "This is no e-mail address.")],
)
def test_what_is_no_address_says_so_and_stays(amina, kept, typed, sentence):
    amina.sends("folder/notices", email=typed)

    assert sentence in amina.page.select_one(".error-summary").text
    assert amina.page.select_one("[name=email]").get("value", "") == typed
    assert not Mail.objects.exists()


def test_nobody_is_flooded_with_mails(amina, kept):
    for number in range(6):
        amina.goes("folder").sends("folder/notices", email=f"{number}@satamala.example")
        Folder.objects.update(email="")

    assert "We have sent enough mails for today." in amina.words
    assert [m.to for m in Mail.objects.all()] == ["4@satamala.example"]


def test_an_address_is_closed_at_rest(link):
    from django.db import connection

    with connection.cursor() as cursor:
        stored = str(cursor.execute("SELECT * FROM accounts_folder").fetchall())
    assert ADDRESS not in stored


def test_without_an_open_folder_there_is_nothing_to_set(oleh, satamala):
    answer = oleh.client.post("/satamala/en/folder/notices", {"email": ADDRESS})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/satamala/en/folder")
    assert not Mail.objects.exists()
