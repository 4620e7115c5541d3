"""How fresh a region is, for everybody to read."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from satama.databank.models import Link, LinkHost, Text
from satama.databank.reading import Reader
from satama.databank.translating.actions import made_now
from satama.databank.upkeep import freshness
from satama.databank.upkeep.freshness import InLanguage, freshness_of, percent

from . import cast

OLD, TODAY = date(2025, 1, 1), date(2026, 11, 23)
PAGE = "/satamala/en/freshness"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture(autouse=True)
def read_anew():
    """A test is one transaction, and so one content version."""
    freshness._read.cache_clear()


def words(client: Client) -> str:
    soup = BeautifulSoup(client.get(PAGE).content, "html.parser")
    return " ".join(soup.select_one("main").text.split())


def two_pages() -> None:
    """One inside its date, in three languages: up to date, outdated, by a machine; one past it."""
    texts = {
        "fi": {"title": "Laituri"},
        "en": {"title": "Pier", "made": "machine"},
        "sv": {"title": "Brygga"},
    }
    pier = cast.entry("pier", texts)
    made_now(Text.objects.filter(entry=pier, language="en"))
    Text.objects.filter(entry=pier, language="fi").update(title="Uusi laituri")
    made_now(Text.objects.filter(entry=pier, language="sv"))
    cast.entry("ferry", {"fi": "Lautta", "uk": "Пором"}, checked=OLD)


def test_it_counts_pages_inside_their_date_by_language():
    two_pages()
    cast.entry("gone", {"fi": "Mennyt"}, status="ended")

    found = freshness_of(Reader(cast.region(), "en", TODAY))

    assert (found.pages, found.fresh, found.share, found.oldest) == (2, 1, 50, OLD)
    assert found.languages == [
        InLanguage("fi", pages=2, fresh=1, machine=0),
        InLanguage("sv", pages=1, fresh=1, machine=0),
        InLanguage("en", pages=1, fresh=0, machine=1),
        InLanguage("uk", pages=1, fresh=0, machine=0),
        InLanguage("ar", pages=0, fresh=0, machine=0),
    ]


def test_it_counts_facts_that_hold_and_those_that_hide_themselves():
    cast.fact("fee", "money", "5 EUR")
    cast.fact("toll", "money", cast.dated("5 EUR", checked=OLD), hurts=True)
    cast.fact("gone", "money", cast.dated("5 EUR", until="2026-01-01"))
    cast.fact("national", "money", cast.dated("5 EUR", checked=OLD), region=cast.country())

    found = freshness_of(Reader(cast.region(), "en", TODAY))

    assert (found.facts, found.fresh_facts, found.fact_share, found.hidden) == (3, 1, 33, 1)


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 0, 0), (199, 200, 99), (3, 3, 100)])
def test_a_hundred_per_cent_means_all(part, whole, share):
    assert percent(part, whole) == share


def test_the_page_says_it_in_sentences_and_by_language(client):
    two_pages()
    cast.fact("toll", "money", cast.dated("5 EUR", checked=OLD), hurts=True)

    said = words(client)

    assert "On 23 November 2026, 50% of the pages here are inside their date" in said
    assert "1 of 2 pages are inside their date." in said
    assert "1 fact that could cost you money or a permit is hidden" in said
    assert "The oldest check of a page is from 1 January 2025." in said
    assert "Links to other sites have not been tried yet." in said
    soup = BeautifulSoup(client.get(PAGE).content, "html.parser")
    rows = [[part.text for part in row.select("h3, dd")] for row in soup.select("main li:has(dl)")]
    assert rows[0] == ["Suomi", "2", "1 (50%)", "0"]
    assert rows[2] == ["English", "1", "0 (0%)", "1"]


def test_it_says_when_links_were_last_tried(client):
    host = LinkHost.objects.create(name="a.example", free_at=timezone.now())
    asked = timezone.now() - timedelta(days=1)
    Link.objects.create(
        address="https://a.example/", host=host, state="good", good_at=asked, asked=asked, due=asked
    )
    cast.region()

    assert "Links to other sites were last tried on 22 November 2026." in words(client)


def test_an_empty_region_has_a_page(client):
    cast.region()

    assert "0 of 0 pages" in words(client)


def test_it_may_be_kept_and_the_page_about_the_service_leads_to_it(client):
    cast.entry("pier")

    assert client.get(PAGE).headers["X-Page-Params"] == "-"
    assert f'href="{PAGE}"' in client.get("/satamala/en/about").content.decode()


def test_as_many_queries_for_300_pages_as_for_one(client, queries):
    def more(number: int) -> None:
        fee = cast.fact(f"fee-{number}", "money", "5 EUR")
        texts = {code: f"{fee.key} {code}" for code in ("fi", "en")}
        cast.entry(f"pier-{number}", texts, region=(cast.region(), cast.country())[number % 2])

    more(0)
    more(1)
    queries(client, PAGE)
    freshness._read.cache_clear()
    few = queries(client, PAGE)
    for number in range(2, 300):
        more(number)
    freshness._read.cache_clear()

    assert queries(client, PAGE) == few <= 8
    assert queries(client, PAGE) == few - 5
