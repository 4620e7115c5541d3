"""The emergency page: numbers and pictures first, in the region's own order."""

import pytest
from bs4 import BeautifulSoup

from ..models import Channel
from . import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def calls(client) -> list[tuple[str, str, int]]:
    """The link, the number and how many pictures each card has."""
    answer = client.get("/satamala/en/emergency")
    assert answer.status_code == 200
    cards = BeautifulSoup(answer.content, "html.parser").select(".call > a")
    return [(a["href"], a.strong.get_text(strip=True), len(a.select(".row svg"))) for a in cards]


def helpline(slug: str, number: str, *topics, **changes):
    phone = cast.fact(f"{slug}-phone", "phone", number)
    return cast.entry(slug, channels=[("phone", phone)], topics=list(topics), **changes)


def test_what_the_region_names_can_be_called_in_its_order(client):
    cast.region(emergency=["crisis", "rescue", "closed", "web-only", "unknown"])
    fire, care = cast.topic("fire", icon="flame"), cast.topic("care", icon="ambulance")
    helpline("rescue", "112", fire, care)
    helpline("crisis", "+358 9 2525 0111")
    helpline("closed", "113", status="ended")
    cast.entry("web-only", channels=[("web", cast.fact("web", "url", "https://help.example"))])

    assert calls(client) == [("tel:+358925250111", "+358 9 2525 0111", 0), ("tel:112", "112", 2)]


def test_a_region_that_names_none_shows_those_of_the_country(client):
    cast.country(emergency=["rescue"])
    helpline("rescue", "112", region=cast.country())

    assert calls(client) == [("tel:112", "112", 0)]


def test_the_number_of_the_union_is_there_even_when_nobody_names_any(client):
    cast.region()

    assert calls(client) == [("tel:112", "112", 0)]


def test_a_number_that_is_out_of_date_is_not_offered(client):
    cast.region(emergency=["rescue"])
    phone = cast.fact("old", "phone", cast.dated("111", until="2020-01-01"))
    cast.entry("rescue", channels=[("phone", phone)])

    assert calls(client) == [("tel:112", "112", 0)]


def test_who_reads_arabic_gets_the_number_where_arabic_is_spoken(client):
    cast.region(emergency=["crisis"], languages=["fi", "en", "ar"])
    crisis = helpline("crisis", "+358 9 2525 0111")
    arabic = cast.fact("arabic", "phone", "+358 9 2525 0113")
    Channel.objects.create(entry=crisis, position=1, kind="phone", fact=arabic, languages=["ar"])

    assert calls(client) == [("tel:+358925250111", "+358 9 2525 0111", 0)]
    page = client.get("/satamala/ar/emergency").content.decode()
    assert "tel:+358925250113" in page
    assert "العربية" in BeautifulSoup(page, "html.parser").select_one(".call > a").text


def test_the_page_asks_the_database_the_same_for_many_as_for_one(client, queries):
    cast.region(emergency=[f"line-{n}" for n in range(30)])
    helpline("line-0", "112")
    calls(client)
    one = queries(client, "/satamala/en/emergency")

    for n in range(1, 30):
        helpline(f"line-{n}", f"+358 9 {n}")

    assert queries(client, "/satamala/en/emergency") == one
    assert len(calls(client)) == 30
