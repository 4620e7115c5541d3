"""Staff ask for a day, on a page and by the command, and read what will differ."""

from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from satama.databank import version

from . import cast
from .cast import dated

DAY = date(2027, 1, 1)
PAGE = "/staff/reports/rehearsal/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def staff(*permissions: str) -> Client:
    """A browser of one who may enter, and has these rights."""
    person = get_user_model().objects.create_user("kim@satamala.example", "x" * 20, is_staff=True)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    Permission.objects.get_or_create(codename="access_admin", content_type=admin)
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor() -> Client:
    return staff("change_fact", "change_entry", "change_organisation")


def soup(client: Client, asking: str = "?day=2027-01-01") -> BeautifulSoup:
    answer = client.get(PAGE + asking)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def many(first: int, last: int) -> None:
    for number in range(first, last):
        fee, owner = cast.rising(f"fee-{number}"), cast.organisation(f"office-{number}")
        hall = cast.fact(f"hall-{number}", "hours", dated("Mo 09:00-10:00", until="2026-12-31"))
        text = {"title": "Permit", "fees": f"[[{fee.key}]]"}
        place = cast.place(f"place-{number}", hours=hall)
        cast.entry(f"permit-{number}", {"en": text, "fi": text}, [("place", place)])
        owner.phone = fee
        owner.save()


def test_thirty_of_everything_take_as_many_queries_as_one(editor):
    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(address).status_code == 200
        return sum("contentversion" not in query["sql"] for query in asked.captured_queries)

    many(0, 1)
    counted(PAGE)  # what Wagtail asks once
    one = counted(f"{PAGE}?day=2027-01-01") - counted(PAGE)
    many(1, 30)

    assert counted(f"{PAGE}?day=2027-01-01") - counted(PAGE) == one == 6


def told(*words: str) -> str:
    out = StringIO()
    call_command("rehearse", *words, stdout=out)
    return out.getvalue()


def test_the_command_lists_what_differs():
    cast.rising()
    cast.fact("toll", "money", dated("5 EUR", until="2026-12-24"), dated("5 EUR", "2026-12-27"))
    texts = {"en": {"title": "Permit", "fees": "[[fee]] [[toll]]"}, "fi": "Lupa"}
    cast.entry("permit", texts)
    cast.entry("school", {"en": "School"}, valid_from=DAY)
    cast.organisation("bank", valid_until=date(2026, 12, 31), names={"en": "Bank"})

    assert told("2027-01-01", "--language", "en").splitlines() == [
        "Harbourtown on 1 January 2027, compared with today:",
        "",
        "Facts (2)",
        "  fee",
        "    en: €590 → €610",
        "  toll: no value from 25 December 2026 to 26 December 2026",
        "",
        "Entries (2)",
        "  permit: toll has no value from 25 December 2026 to 26 December 2026",
        "    en: Permit (fee)",
        "  school: begins on 1 January 2027",
        "    en: School",
        "",
        "Organisations (1)",
        "  bank: has ended after 31 December 2026",
        "    en: Bank",
    ]


def test_the_command_knows_other_regions_and_all_languages():
    cast.rising(region=cast.country())
    cast.region()

    assert "ar: " in told("2027-01-01", "--region", "maa")


def test_the_command_says_when_nothing_will_differ():
    cast.region()

    assert told("2027-01-01").splitlines() == [
        "Harbourtown on 1 January 2027, compared with today:",
        "Nothing will read differently.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tomorrow"], "not a date like 2027-01-31: 'tomorrow'."),
        (["2027-02-30"], "not a date like 2027-01-31: '2027-02-30'."),
        (["20270101"], "not a date like 2027-01-31: '20270101'."),
        (["2026-11-23"], "Choose a day after today."),
        (["9999-12-31"], "Choose a day within the next ten years."),
        (["2027-01-01", "--region", "atlantis"], "There is no region 'atlantis'; there is: maa"),
        (["2027-01-01", "--language", "xx"], "There is no language 'xx'; there is: fi, sv, en"),
    ],
)
def test_the_command_refuses_in_a_sentence(words, sentence):
    cast.region()

    with pytest.raises(CommandError) as refusal:
        told(*words)

    assert str(refusal.value).startswith(sentence)


def test_the_page_shows_each_entry_with_a_column_for_each_language(editor):
    fee = cast.rising()
    entry = cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}, "fi": "Lupa"})

    page = soup(editor)

    section = page.select_one("section#entry-permit")
    assert section.h3.text == "Permit"
    assert [cell.text for cell in section.select("thead th")] == [
        "Suomi",
        "Svenska",
        "English",
        "Українська",
        "العربية",
    ]
    rows = section.select("tbody tr")
    titles = [(a["href"], a.text) for a in rows[0].select("a")]
    assert titles[:3] == [
        ("/satamala/fi/entries/permit?on=2027-01-01", "Lupa"),
        ("/satamala/sv/entries/permit?on=2027-01-01", "Lupa"),
        ("/satamala/en/entries/permit?on=2027-01-01", "Permit"),
    ]
    cells = [[part.text for part in cell.select("del, ins")] for cell in rows[1].select("td")]
    assert cells[2] == ["€590", "€610"]
    assert [a["href"] for a in section.select("a[href*=snippets]")] == [
        f"/staff/snippets/databank/entry/edit/{entry.pk}/",
        f"/staff/snippets/databank/fact/edit/{fee.pk}/",
    ]


def test_its_links_open(editor):
    cast.rising()
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}}, valid_from=DAY)
    cast.organisation("bank", valid_until=date(2026, 12, 31))

    links = [a["href"] for a in soup(editor).select("section a")]

    assert len(links) == 5 + 2 + 5 + 1
    assert {editor.get(link).status_code for link in links} == {200}


def test_the_page_tells_beginnings_ends_and_gaps(editor):
    cast.fact("toll", "money", dated("5 EUR", until="2026-12-24"), dated("5 EUR", "2026-12-27"))
    cast.fact("fee", "money", dated("5 EUR", until="2026-12-31"))
    cast.entry("school", {"en": "School"}, valid_from=DAY)
    cast.organisation("bank", valid_until=date(2026, 12, 31))

    said = " ".join(soup(editor).text.split())

    assert "Begins on 1 January 2027." in said
    assert "Its last day is 31 December 2026." in said
    assert "Facts that no page shows" in said
    assert "toll No value from 25 December 2026 to 26 December 2026" in said
    assert "fee No value from 1 January 2027 on" in said


def test_the_page_says_when_nothing_will_be_different(editor):
    cast.region()

    said = soup(editor).select_one("main").text

    assert "Nothing that readers see will be different on 1 January 2027." in said


def test_the_page_waits_for_a_day(editor):
    cast.region()

    page = soup(editor, "")

    assert page.select(".error-message") == []
    assert "Nothing that readers see" not in page.text
    assert page.select_one("[name=region] [selected]")["value"] == "satamala"


@pytest.mark.parametrize(
    ("asking", "sentence"),
    [
        ("?day=", "Choose a day."),
        ("?day=tomorrow", "Write a day like 2027-01-31."),
        ("?day=2026-11-23", "Choose a day after today."),
        ("?day=9999-12-31", "Choose a day within the next ten years."),
        ("?day=2027-01-01&region=atlantis", "Select a valid choice."),
    ],
)
def test_a_wrong_day_is_refused_in_a_sentence(editor, asking, sentence):
    cast.region()

    page = soup(editor, asking)

    assert sentence in " ".join(error.text for error in page.select(".error-message"))
    assert "Nothing that readers see" not in page.text


def test_the_page_of_another_region(editor):
    cast.rising(region=cast.country())
    cast.region()

    page = soup(editor, "?day=2027-01-01&region=maa")

    assert "610" in page.select_one("table").text


def test_looking_changes_nothing(editor):
    cast.rising()
    before = version.read()

    soup(editor)

    assert version.read() == before


@pytest.mark.parametrize("right", ["change_fact", "change_entry"])
def test_either_right_is_enough_and_gives_its_own_links(right):
    cast.rising()
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    page = soup(staff(right))

    kinds = [a["href"].split("/")[4] for a in page.select("section a[href*=snippets]")]
    assert kinds == [right.removeprefix("change_")]


def test_it_is_in_the_menu_of_those_who_may_see_it(editor):
    assert PAGE in editor.get("/staff/").content.decode()


def test_staff_without_a_right_are_refused():
    cast.region()
    kim = staff("view_fact", "change_topic")

    answer = kim.get(f"{PAGE}?day=2027-01-01")

    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert PAGE not in kim.get("/staff/").content.decode()


def test_a_visitor_is_asked_to_sign_in():
    answer = Client().get(PAGE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/sign-in/")
