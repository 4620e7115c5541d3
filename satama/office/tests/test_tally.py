"""The tally: Ritva counts whom she helped in a few taps; the figures tell of no single person."""

import re
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.models import Member
from satama.databank.tests import cast
from satama.office.models import Contact, OutreachPlace
from satama.office.tally.figures import FEW, REST, protected

PAGE, UNDO, FIGURES = "/staff/tally/", "/staff/tally/undo/", "/staff/contacts/"


def staff(name: str, role: str, region) -> Client:
    user = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    Member.objects.create(user=user, role=role, region=region)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ritva(satamala) -> Client:
    return staff("ritva", "editor", satamala)


@pytest.fixture
def said(satamala) -> dict:
    """What she taps."""
    return {
        "region": "satamala",
        "key": str(uuid4()),
        "day": "2026-11-19",
        "channel": "phone",
        "language": "uk",
        "topic": str(cast.topic("money").pk),
        "audience": "newcomer",
        "municipality": str(cast.municipality().pk),
        "outcome": "led",
    }


def sends(client: Client, path: str = PAGE, **fields):
    return client.post(path, fields, headers={"Accept": "application/json"})


def test_a_contact_is_counted_by_what_it_was_and_nothing_else(ritva, said):
    answer = sends(ritva, **said)

    assert answer.json() == {"saved": True}
    kept = Contact.objects.values().get()
    assert {str(value) for value in kept.values()} == {
        *(value for name, value in said.items() if name != "region"),
        str(kept["id"]),
        str(kept["region_id"]),
        "None",
    }


def test_what_is_sent_twice_is_counted_once(ritva, said):
    assert [sends(ritva, **said).json()["saved"] for _time in (1, 2)] == [True, True]

    assert Contact.objects.count() == 1


def test_without_scripts_the_page_comes_again_with_the_same_choices(ritva, said):
    page = BeautifulSoup(ritva.post(PAGE, said).content, "html.parser")

    chosen = {tag["name"]: tag["value"] for tag in page.select("input[checked]")}
    assert chosen == {
        name: said[name] for name in ("channel", "audience", "language", "topic", "outcome")
    }
    assert page.select_one("input[name=key]")["value"] != said["key"]
    assert Contact.objects.count() == 1


def test_the_last_one_is_taken_back(ritva, said):
    sends(ritva, **said)

    assert sends(ritva, UNDO, key=said["key"]).json() == {"undone": True}
    assert sends(ritva, UNDO, key=said["key"]).json() == {"undone": False}
    assert not Contact.objects.exists()


def test_undo_without_a_key_is_refused(ritva):
    assert sends(ritva, UNDO, key="all").status_code == 400


def test_a_look_at_undo_takes_nothing_back(ritva):
    assert ritva.get(UNDO).status_code == 405


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", "dream"),
        ("language", "tlh"),
        ("audience", "cat"),
        ("outcome", ""),
        ("key", "1"),
    ],
)
def test_what_the_page_does_not_offer_is_refused(ritva, said, field, value):
    answer = sends(ritva, **said | {field: value})

    assert (answer.status_code, answer.json()) == (400, {"saved": False})
    assert not Contact.objects.exists()


def test_what_has_gone_from_the_databank_meanwhile_is_left_empty(ritva, said):
    sends(ritva, **said | {"topic": "999999", "municipality": "999999", "place": "999999"})

    kept = Contact.objects.get()
    assert (kept.topic, kept.municipality, kept.place) == (None, None, None)


def test_another_language_is_one_of_the_usual_ones_or_not_known(ritva, said):
    sends(ritva, **said | {"language": "other", "more": "so"})
    sends(ritva, **said | {"language": "other", "more": "", "key": str(uuid4())})

    assert sorted(Contact.objects.values_list("language", flat=True)) == ["other", "so"]


@pytest.mark.parametrize("day", ["2031-01-01", "2020-01-01", ""])
def test_a_tablet_with_a_wrong_clock_counts_for_today(ritva, said, day):
    sends(ritva, **said | {"day": day})

    assert Contact.objects.get().day == date(2026, 11, 20)


def test_nobody_counts_for_another_region(ritva, said):
    cast.region("toinen", rooms=["office"])

    assert sends(ritva, **said | {"region": "toinen"}).status_code == 302
    assert not Contact.objects.exists()


def test_nobody_takes_back_what_another_region_counted(satamala, ritva, said):
    sends(ritva, **said)
    kim = staff("kim", "editor", cast.region("toinen", rooms=["office"]))

    assert sends(kim, UNDO, key=said["key"]).json() == {"undone": False}
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("path", [PAGE, FIGURES, f"{FIGURES}file/", f"{PAGE}worker.js"])
def test_a_translator_has_no_business_here(satamala, path):
    client = staff("kim", "translator", satamala)

    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", [PAGE, FIGURES])
def test_a_region_without_an_office_has_no_tally(satamala, ritva, path):
    satamala.rooms = []
    satamala.save()

    assert ritva.get(path).status_code == 302


def test_the_page_that_is_kept_names_nobody(ritva):
    answer = ritva.get(PAGE)

    assert b"ritva" not in answer.content
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert not re.search(rb"<script>|<style>| style=| on\w+=", answer.content)


def test_the_database_counts_a_key_once(ritva, said, satamala):
    sends(ritva, **said)
    again = Contact.objects.get()
    again.pk = None

    with pytest.raises(IntegrityError):
        again.save()


def many(region, number: int, **changes) -> None:
    fields = {"channel": "desk", "language": "en", "audience": "newcomer", "outcome": "answered"}
    fields |= {"region": region, "day": date(2026, 11, 3)} | changes
    Contact.objects.bulk_create(Contact(key=uuid4(), **fields) for _n in range(number))


def shown(client: Client) -> list[str]:
    page = BeautifulSoup(client.get(FIGURES).content, "html.parser")
    rows = page.select("main h2, main tbody tr") or page.select("h2, tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def test_the_figures_are_by_month_and_small_ones_stand_together(satamala, ritva):
    many(satamala, 7)
    many(satamala, 6, language="uk")
    many(satamala, 2, language="ar")
    many(satamala, 4, language="so")
    many(satamala, 3, day=date(2026, 10, 5))

    found = shown(ritva)

    assert "November 2026: 19" in found
    assert "Language English: 7 · Others, together: 6 · Ukrainian: 6" not in found
    assert "Language English: 7 · Ukrainian: 6 · Others, together: 6" in found
    assert "October 2026: 3" in found
    assert found.count("Language Others, together: 3") == 1


def test_figures_of_another_region_are_not_shown(satamala, ritva):
    many(cast.region("toinen", rooms=["office"]), 9)

    assert shown(ritva) == []
    assert ritva.get(f"{FIGURES}?region=toinen").status_code == 302
    assert ritva.get(f"{FIGURES}file/?region=toinen").status_code == 302


def test_the_table_is_a_file_in_which_nothing_is_computed(satamala, ritva):
    place = OutreachPlace.objects.create(region=satamala, name="=1+1", kind="clinic")
    many(satamala, 5, channel="outreach", place=place)

    lines = ritva.get(f"{FIGURES}file/").content.decode("utf-8-sig").splitlines()

    assert lines[:3] == ["month,by,what,count", "2026-11,All,,5", "2026-11,How,On a visit,5"]
    assert "2026-11,Where,'=1+1,5" in lines


@pytest.mark.parametrize("number", [1, 30])
def test_the_figures_take_the_same_queries_however_much_is_counted(satamala, ritva, number):
    for each in range(number):
        many(satamala, 6, language="en", topic=cast.topic(f"topic-{each}"))
    ritva.get(FIGURES)

    with CaptureQueriesContext(connection) as asked:
        assert ritva.get(FIGURES).status_code == 200

    found = [q["sql"] for q in asked.captured_queries if "contentversion" not in q["sql"]]
    assert sum("office_" in sql for sql in found) == 10


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 40)))
def test_no_number_that_is_broken_down_is_small_or_can_be_worked_out(counts):
    found = protected(counts)

    assert sum(number for _name, number in found) == sum(counts.values())
    named = [number for name, number in found if name != REST]
    assert all(number >= FEW for number in named)
    rest = [number for name, number in found if name == REST]
    assert not rest or rest[0] >= FEW or not named
