"""The bare address leads on; machines hear how we are."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.db import OperationalError

from satama.databank import version

from . import cast

pytestmark = pytest.mark.django_db


def leads_to(client, address: str = "/", languages: str = "", **headers: str) -> str:
    answer = client.get(address, headers={"accept-language": languages, **headers})
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        ("", "fi"),
        ("sv", "sv"),
        ("sv-FI,sv;q=0.9", "sv"),
        ("de-DE,de;q=0.9,en;q=0.8", "en"),
        ("AR-eg", "ar"),
        ("de,fr;q=0.5", "fi"),
        ("*", "fi"),
        (",;q=,\x00, uk ;q=0.1", "uk"),
        ("x" * 100_000 + ",en", "fi"),
    ],
)
def test_the_front_door_leads_on_in_the_visitor_s_language(client, languages, language):
    cast.region()

    assert leads_to(client, languages=languages) == f"/satamala/{language}/"


def test_a_host_name_leads_to_its_region(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    cast.region()
    cast.region("lahtela", host="lahtela.example")

    assert leads_to(client, host="lahtela.example:8000") == "/lahtela/fi/"
    assert leads_to(client, host="other.example") == "/satamala/fi/"


def test_a_region_without_a_language_leads_on(client):
    cast.region()
    cast.region("lahtela")

    assert leads_to(client, "/lahtela/", "en") == "/lahtela/en/"
    assert leads_to(client, "/maa/", "en") == "/maa/en/"


def test_the_setting_names_the_region_and_any_is_better_than_none(client):
    cast.country()

    assert leads_to(client) == "/maa/fi/"


@pytest.mark.parametrize("address", ["/", "/satamala/", "/satamala/en/", "/satamala/brand.css"])
def test_without_a_region_nothing_is_found(client, address):
    assert client.get(address).status_code == 404


def test_the_front_door_says_what_it_depends_on(client):
    cast.region()

    assert client.get("/").headers["Vary"] == "Accept-Language, Host"


def test_the_process_answers(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_when_the_database_holds_a_region(client):
    assert client.get("/readyz").status_code == 503

    cast.region()

    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_not_ready_when_the_database_is_away(client, monkeypatch):
    cast.region()

    def away():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(version, "read", away)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})


def test_while_the_database_is_away_the_last_version_holds(monkeypatch):
    cast.region()
    last = version.current()

    def away():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(version, "read", away)

    assert version.current() == last > 0


def test_robots_are_told_where_the_map_is(client):
    answer = client.get("/robots.txt")

    assert answer.content.decode() == (
        "User-agent: *\nDisallow: /staff/\nDisallow: /*/partner\n"
        "Sitemap: https://satamala.example/sitemap.xml\n"
    )
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_map_names_every_public_page_in_every_language(client):
    cast.entry("tax-card", topics=[cast.topic()])
    cast.entry("national", region=cast.country())

    answer = client.get("/sitemap.xml")
    tree = ElementTree.fromstring(answer.content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {loc.text for loc in tree.iterfind("s:url/s:loc", space)}

    rests = ["", "find", "topics", "emergency", "about", "freshness"]
    rests += ["topics/money", "entries/tax-card", "entries/national"]
    base = "https://satamala.example/satamala"
    assert found == {f"{base}/{language}/{rest}" for language in cast.LANGUAGES for rest in rests}
    assert {day.text for day in tree.iterfind("s:url/s:lastmod", space)} == {"2026-11-21"}
    assert answer.headers["Content-Type"] == "application/xml"
    assert answer.headers["X-Page-Params"] == "-"


def test_the_map_takes_the_same_queries_however_long(client, queries):
    for n in range(30):
        cast.entry(f"entry-{n}")

    assert queries(client, "/sitemap.xml") == 3


def test_a_region_s_colours(client):
    cast.region(brand={"sea": "#0f5485", "radius": "8px"})

    answer = client.get("/satamala/brand.css")

    assert answer.content.decode() == (
        "@media (prefers-color-scheme: light){:root{--radius:8px;--sea:#0f5485;}}\n"
    )
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert '"/satamala/brand.css"' in client.get("/satamala/en/about").content.decode()


def test_a_region_without_colours_asks_for_none(client):
    cast.region()

    assert "brand.css" not in client.get("/satamala/en/about").content.decode()


def test_nothing_found_speaks_the_language_of_the_address(client):
    cast.region()

    page = client.get("/satamala/ar/entries/gone").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert 'name="robots" content="noindex"' in page
