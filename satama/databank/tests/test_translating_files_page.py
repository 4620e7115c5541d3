"""Oksana downloads a list, translates it elsewhere, uploads it, sees what would change and changes
it; Kim may not."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from time_machine import travel
from wagtail.models import ModelLogEntry

from satama.databank.models import Entry, Member, Region, Text, Upload
from satama.databank.translating.files import po

from . import cast
from .test_sheets_page import staff, text
from .test_translating_files import OWN, SAVED, SOURCE, edited, english, out, pier, said

__all__ = ["pier"]  # a fixture
QUERY = "?region=satamala&language=en&status=missing"
PAGE = "/staff/translating/file/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def oksana() -> Client:
    return staff("oksana", "change_text")


def translated(entry: Entry, **words: str) -> bytes:
    file = edited(out(entry), **OWN | words)
    return po.write(file.language, file.items)


def send(client: Client, data: bytes, name: str = "satamala.po", query: str = QUERY):
    return client.post(PAGE + query, {"file": SimpleUploadedFile(name, data)})


def test_a_list_goes_out_and_its_translation_comes_in(oksana, pier):
    listed = BeautifulSoup(oksana.get(f"/staff/translating/{QUERY}").content, "html.parser")
    way = listed.find("a", string="As a file")["href"]
    page = BeautifulSoup(oksana.get(way).content, "html.parser")
    assert "Region: Harbourtown. Language: English" in page.text
    assert "One text of the list, as a PO file" in page.text

    answer = oksana.get(page.find("a", string="Download")["href"])
    assert answer["Content-Disposition"] == 'attachment; filename="satamala-missing-en.po"'
    assert [one.mark.entry for one in po.read(answer.content).items] == ["pier"] * 4

    file = edited(answer.content, **OWN)
    shown = send(oksana, po.write("en", file.items))["Location"]
    told = text(oksana.get(shown))
    assert "New (1)" in told and "The pier costs [[fee]]." in told
    assert not Text.objects.filter(entry=pier, language="en").exists()

    done = oksana.post(shown, {"read": "1"}, follow=True)
    assert "The texts of the file are in the databank now." in done.content.decode()
    assert (said(pier), Upload.objects.count()) == (SAVED, 0)
    assert Text.objects.get(entry=pier, language="en").checked == timezone.localdate()
    assert ModelLogEntry.objects.get(action="databank.text").user.email.startswith("oksana@")


def test_without_the_tick_nothing_is_marked_as_checked(oksana, pier):
    oksana.post(send(oksana, translated(pier))["Location"])

    assert Text.objects.get(entry=pier, language="en").checked is None


def test_a_difference_is_shown_word_by_word(oksana, pier):
    english(pier)
    shown = send(oksana, translated(pier, title="The pier"))["Location"]

    page = BeautifulSoup(oksana.get(shown).content, "html.parser")

    assert [one.text for one in page.select("ins")] == ["The pier"]
    assert [one.text for one in page.select("del")] == ["Pier"]
    assert page.select_one("dd")["lang"] == "en"


def test_a_fault_is_shown_without_a_button_and_stops_all(oksana, pier):
    shown = send(oksana, translated(pier, summary="It costs 5 euros."))["Location"]

    for answer in (oksana.get(shown), oksana.post(shown, {"read": "1"})):
        told = text(answer)
        assert "The fact [[fee]] of the source is missing." in told
        assert "Change the databank" not in told
    assert not Text.objects.filter(entry=pier, language="en").exists()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("list.txt", None, "Only .po files can be read."),
        ("list.po", b"\xff", "The file is not text in UTF-8."),
        ("list.po", po.write("so", []), "The file is in the language so; the list is in en."),
    ],
)
def test_a_file_that_is_not_of_this_list_is_refused_on_the_page(oksana, pier, name, data, sentence):
    if data is not None and data.startswith(b"msgid"):
        data = translated(pier).replace(b"Language: en", b"Language: so")

    answer = send(oksana, data or translated(pier), name)

    assert answer.status_code == 200
    assert sentence in BeautifulSoup(answer.content, "html.parser").text
    assert Upload.objects.count() == 0


def test_what_changed_between_seeing_and_changing_is_left_out(oksana, pier):
    english(pier)
    shown = send(oksana, translated(pier, title="My pier"))["Location"]
    assert "Change the databank" in text(oksana.get(shown))
    Text.objects.filter(entry=pier, language="en").update(title="Their pier")

    oksana.post(shown, {"read": "1"})

    assert said(pier)["title"] == "Their pier"


def test_a_file_is_kept_an_hour_and_for_its_sender(oksana, pier):
    shown = send(oksana, translated(pier))["Location"]
    assert staff("aino", "change_text").post(shown)["Location"] == "/staff/translating/"
    with travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert oksana.post(shown)["Location"] == "/staff/translating/"
    assert not Text.objects.filter(entry=pier, language="en").exists()


def test_a_spreadsheet_is_no_translation(oksana, pier):
    send(oksana, translated(pier))
    Upload.objects.update(name="satamala.xlsx")

    shown = f"{PAGE}{Upload.objects.get().reference}/"

    assert oksana.post(shown)["Location"] == "/staff/translating/"


def test_a_translator_of_another_region_has_no_file_of_this_one(oksana, pier):
    elsewhere = cast.region("elsewhere")
    shown = send(oksana, translated(pier))["Location"]
    kim = translator(elsewhere)
    Upload.objects.update(person=get_user_model().objects.get(email="kim@satamala.example"))

    assert kim.get(shown).status_code in (302, 403)
    assert kim.post(shown, {"read": "1"}).status_code in (302, 403)
    for place in (PAGE + QUERY, f"{PAGE}download/{QUERY}"):  # lead to kim's own region
        assert b"pier" not in kim.get(place).content

    assert not Text.objects.filter(entry=pier, language="en").exists()
    theirs = kim.get(f"{PAGE}download/?region=elsewhere&language=en")
    assert theirs["Content-Disposition"] == 'attachment; filename="elsewhere-en.po"'


def translator(of: Region) -> Client:
    """Kim, who translates in another region."""
    user = get_user_model().objects.create_user("kim@satamala.example", is_staff=True)
    Member.objects.create(user=user, role="translator", region=of)
    client = Client()
    client.force_login(user)
    return client


def test_who_may_not_change_texts_has_no_files(oksana, pier):
    shown = send(oksana, translated(pier))["Location"]
    kim = staff("kim", "change_entry")

    for place in (PAGE + QUERY, f"{PAGE}download/{QUERY}", shown):
        assert kim.get(place)["Location"] == "/staff/"
        assert kim.post(place)["Location"] == "/staff/"
        for answer in (Client().get(place), Client().post(place)):
            assert answer["Location"].startswith("/staff/sign-in/")
    assert not Text.objects.filter(entry=pier, language="en").exists()


def test_a_form_from_elsewhere_changes_nothing(oksana, pier):
    shown = send(oksana, translated(pier))["Location"]
    oksana.handler.enforce_csrf_checks = True

    assert oksana.post(shown).status_code == 403
    assert not Text.objects.filter(entry=pier, language="en").exists()


def test_words_of_a_file_are_only_words(oksana, pier):
    body = SOURCE["body"].replace("Tule", "<script>alert(1)</script>")

    shown = oksana.get(send(oksana, translated(pier, body=body))["Location"]).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
