"""Posters at clinics and schools: who comes by one is counted by place, language and day, never
who."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.test import Client

from satama.databank.reach import counting as reach
from satama.databank.tests import cast
from satama.office.models import Came, OutreachPlace
from satama.office.outreach import counting
from satama.office.outreach.counting import opened

from .test_tally import staff

NOON = datetime(2026, 11, 20, 10, tzinfo=UTC)
LIST = "/staff/snippets/office/outreachplace/"


@pytest.fixture
def clinic(satamala) -> OutreachPlace:
    return OutreachPlace.objects.create(region=satamala, name="Clinic", kind="clinic")


@pytest.fixture
def ritva(satamala) -> Client:
    return staff("ritva", "editor", satamala)


def rows() -> list[tuple]:
    found = Came.objects.order_by("day", "language")
    return list(found.values_list("place__name", "language", "day", "count"))


@pytest.mark.parametrize(
    ("end", "browser", "language"),
    [
        ("", "ar,en;q=0.5", "ar"),
        ("", "xx", "fi"),
        ("/uk", "ar", "uk"),
        ("/xx", "sv", "sv"),
    ],
)
def test_the_address_leads_home_in_a_language_of_the_reader(clinic, end, browser, language):
    answer = Client().get(f"/o/{clinic.code}{end}", headers={"Accept-Language": browser})

    assert (answer.status_code, answer["Location"]) == (302, f"/satamala/{language}/")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Page-Counted"] == f"poster {clinic.pk} {language}"
    assert not answer.cookies


def test_the_code_may_be_typed_in_capitals(clinic):
    assert "X-Page-Counted" in Client().get(f"/o/{clinic.code.upper()}").headers


def test_an_old_poster_still_leads_to_the_front_door(clinic):
    clinic.delete()

    answer = Client().get(f"/o/{clinic.code}")

    assert (answer["Location"], "X-Page-Counted" in answer.headers) == ("/", False)


def test_opening_it_writes_nothing(clinic):
    Client().get(f"/o/{clinic.code}")

    assert rows() == []
    assert Client().post(f"/o/{clinic.code}").status_code == 405


def test_what_was_counted_is_added_to_the_day(clinic):
    name = counting.name_of(clinic.pk, "ar")
    for _time in range(3):
        opened(name)
    opened(counting.name_of(clinic.pk, "fi"))

    counting.here.write(NOON)
    opened(name)
    counting.here.write(NOON)

    assert rows() == [
        ("Clinic", "ar", date(2026, 11, 20), 4),
        ("Clinic", "fi", date(2026, 11, 20), 1),
    ]


def test_posters_and_entries_are_counted_apart(clinic):
    entry = cast.entry()
    opened(reach.name_of(entry.pk, "fi"))
    opened(counting.name_of(clinic.pk, "fi"))

    assert list(reach.here.counted) == [f"{entry.pk} fi"]
    assert list(counting.here.counted) == [f"poster {clinic.pk} fi"]


def test_a_place_that_was_deleted_meanwhile_stops_nothing(clinic, satamala):
    school = OutreachPlace.objects.create(region=satamala, name="School", kind="school")
    opened(counting.name_of(clinic.pk, "fi"))
    opened(counting.name_of(school.pk, "fi"))
    clinic.delete()

    counting.here.write(NOON)

    assert rows() == [("School", "fi", date(2026, 11, 20), 1)]


def test_old_counts_are_forgotten(clinic):
    Came.objects.create(place=clinic, language="fi", day="2024-01-01", count=9)

    assert counting.forget(date(2026, 11, 20)) == 1


def test_the_figures_tell_who_came_by_which_poster(clinic, ritva):
    Came.objects.create(place=clinic, language="ar", day="2026-11-02", count=2)
    Came.objects.create(place=clinic, language="ar", day="2026-11-09", count=5)

    page = BeautifulSoup(ritva.get("/staff/contacts/").content, "html.parser")

    said = [tag.get_text() for tag in page.select("tbody tr")[-1].select("td")]
    assert said == ["November 2026", "Clinic", "العربية", "7"]


def poster(client: Client, place: OutreachPlace, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/staff/outreach/{place.pk}/poster/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_a_poster_speaks_the_languages_of_the_region(clinic, ritva):
    page = poster(ritva, clinic)

    assert [(tag["lang"], tag["dir"]) for tag in page.select("main li")] == [
        ("fi", "ltr"),
        ("sv", "ltr"),
        ("en", "ltr"),
        ("uk", "ltr"),
        ("ar", "rtl"),
    ]
    assert page.select_one("li[lang=fi] h1").get_text() == "Mitä tarvitset?"
    assert page.select_one(".address").get_text().endswith(f"/o/{clinic.code}")
    assert page.select_one(".qr svg")


def test_a_poster_in_one_language_leads_to_it(clinic, ritva):
    page = poster(ritva, clinic, "?language=ar")

    assert [tag["lang"] for tag in page.select("main li")] == ["ar"]
    assert page.select_one(".address").get_text().endswith(f"/o/{clinic.code}/ar")


def test_a_language_that_is_none_changes_nothing(clinic, ritva):
    assert len(poster(ritva, clinic, "?language=tlh").select("main li")) == 5


def test_an_editor_makes_a_place_and_it_gets_a_code(ritva, satamala):
    ritva.post(f"{LIST}add/", {"region": satamala.pk, "name": "School", "kind": "school"})

    made = OutreachPlace.objects.get()
    assert (made.name, made.region, len(made.code)) == ("School", satamala, 5)
    page = BeautifulSoup(ritva.get(LIST).content, "html.parser")
    assert page.select(f'a[href="/staff/outreach/{made.pk}/poster/"]')


def test_nobody_prints_a_poster_of_another_region(clinic):
    kim = staff("kim", "editor", cast.region("toinen", rooms=["office"]))

    assert kim.get(f"/staff/outreach/{clinic.pk}/poster/").status_code == 302


@pytest.mark.parametrize("wrong", [{"code": "l0O1i"}, {"kind": "zoo"}])
def test_the_database_refuses_what_cannot_be_read_or_is_no_kind(satamala, wrong):
    with pytest.raises(IntegrityError):
        OutreachPlace.objects.create(region=satamala, **{"name": "A", "kind": "clinic"} | wrong)
