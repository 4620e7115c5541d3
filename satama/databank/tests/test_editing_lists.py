"""The lists of entries and facts: by title, with what tells one from another, whatever their
number."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from satama.databank.models import Entry

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db, noon) -> Client:
    cast.region()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    return client


ENTRIES, FACTS = "/staff/snippets/databank/entry/", "/staff/snippets/databank/fact/"


def rows(client: Client, address: str, **asked) -> list[list[str]]:
    soup = BeautifulSoup(
        client.get(address, asked, headers={"Accept-Language": "en"}).content, "html.parser"
    )
    found = []
    for row in soup.select("table.listing tbody tr"):
        cells = row.select("td")[1:]
        title = cells[0].select_one("a").get_text(" ", strip=True)
        found.append([title, *(cell.get_text(" ", strip=True) for cell in cells[1:])])
    return found


def test_entries_stand_by_title_with_kind_place_state_and_when_they_were_assured(administrator):
    tax = cast.organisation()
    cast.entry("a", texts={"fi": "Laituri", "en": "Pier"}, organisation=tax)
    cast.entry("b", texts={"fi": "Vain suomeksi"}, kind="service", live=False)
    cast.entry("c", texts={"en": "Gone"}, status="ended")
    cast.entry("d", texts={"en": "Over"}, valid_until=date(2026, 11, 22))
    cast.entry("e", texts={"en": "In work"}, has_unpublished_changes=True)

    assert rows(administrator, ENTRIES) == [
        ["Pier", "Guide", "Tax Office", "Public", "Nov. 21, 2026"],
        ["Vain suomeksi", "Service", "Harbourtown", "Draft", "Nov. 21, 2026"],
        ["Gone", "Guide", "Harbourtown", "Ended", "Nov. 21, 2026"],
        ["Over", "Guide", "Harbourtown", "Ended", "Nov. 21, 2026"],
        ["In work", "Guide", "Harbourtown", "Public, with a draft", "Nov. 21, 2026"],
    ]


@pytest.mark.parametrize(("words", "found"), [("причал", ["Pier"]), ("pie", ["Pier"]), ("zzz", [])])
def test_entries_are_found_by_title_and_address_in_every_language(administrator, words, found):
    cast.entry("pier-one", texts={"fi": "Laituri", "uk": "Причал", "en": "Pier"})
    cast.entry("ferry", texts={"fi": "Lautta"})

    assert [row[0] for row in rows(administrator, ENTRIES, q=words)] == found


def test_entries_are_filtered(administrator):
    cast.entry("a", texts={"en": "Pier"}, kind="place")
    cast.entry("b", texts={"en": "Ferry"}, kind="service")

    assert [row[0] for row in rows(administrator, ENTRIES, kind="place")] == ["Pier"]


def test_facts_stand_with_what_they_say_today_their_owner_and_how_many_entries_name_them(
    administrator,
):
    cast.rising("fee", owner=cast.organisation())
    phone = cast.fact("phone", "phone", "+358 50 111 1111")
    cast.fact("word", "text", {"fi": "kaksi", "en": "two"})
    cast.fact("past", "money", cast.dated("5 EUR", until="2025-12-31"))
    texts = {"fi": {"body": "[[fee]] [[fee]]"}, "sv": {"documents": ["[[fee]]"]}}
    cast.entry("a", texts=texts, channels=[("phone", phone)])
    cast.entry("b", texts={"fi": {"summary": "[[fee]]"}})

    assert rows(administrator, FACTS) == [
        ["fee", "Money", "€590", "Tax Office", "2"],
        ["past", "Money", "no value today", "", "0"],
        ["phone", "Phone", "+358 50 111 1111", "", "1"],
        ["word", "Words", "two", "", "0"],
    ]


@pytest.mark.parametrize("address", [ENTRIES, FACTS])
def test_a_list_asks_as_often_for_one_row_as_for_three_hundred(administrator, queries, address):
    def fill(first: int, last: int) -> None:
        owner = cast.organisation(f"owner-{first}")
        for number in range(first, last):
            phone = cast.fact(f"phone-{number}", "phone", "+358 50 111 1111", owner=owner)
            texts = {"fi": {"body": f"[[phone-{number}]]"}, "sv": "Brygga"}
            cast.entry(
                f"pier-{number}", texts=texts, channels=[("phone", phone)], organisation=owner
            )

    fill(0, 1)
    administrator.get(address)  # content types and the like are read once
    with_one = queries(administrator, address)
    fill(1, 300)

    assert Entry.objects.count() == 300
    assert queries(administrator, address) == with_one <= 25
