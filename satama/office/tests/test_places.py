"""The Welcome Office's page: where, when, how, and every other office of the network."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from satama.databank.models import Channel
from satama.databank.tests import cast
from satama.office.models import FirstAnswer
from satama.threads.models import Desk

PAGE = "/satamala/en/office"
WEEK = "Mo 15:00-17:00; Tu,Th 09:00-12:00; PH off"


@pytest.fixture
def advice(satamala):
    return cast.topic("advice")


@pytest.fixture
def office(satamala, advice):
    """In the town hall of Satamala and by phone."""
    satamala.office = "welcome-office"
    satamala.save()
    town = cast.municipality(latitude=63.8, longitude=23.1)
    hours = cast.fact("office-hours", "hours", WEEK)
    phone = cast.fact("office-phone", "phone", "+358 50 1234567")
    hall = cast.place(municipality=town, postal_code="67100", city="Satamala")
    texts = {"en": {"title": "Welcome Office", "documents": ["Your letters"]}, "fi": "Neuvonta"}
    ways = [("place", hall, hours), ("phone", phone)]
    more = {"kind": "office", "languages_served": ["en", "fi"], "municipalities": [town]}
    return cast.entry("welcome-office", texts, ways, [advice], **more)


def main(path: str = PAGE):
    answer = Client().get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def said(tags) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in tags]


def test_it_says_when_it_is_open_day_by_day(office, clock):
    clock.move_to("2026-12-21T10:00:00Z")  # the Monday before Christmas

    assert said(main().select(".days")[0].select("tbody tr")) == [
        "Monday, 21 December15:00–17:00",
        "Tuesday, 22 December09:00–12:00",
        "Wednesday, 23 Decemberclosed",
        "Thursday, 24 Decemberclosed · public holiday",
        "Friday, 25 Decemberclosed · public holiday",
        "Saturday, 26 Decemberclosed · public holiday",
        "Sunday, 27 Decemberclosed",
    ]
    assert said(main().select("section details li"))[:4] == [
        "Thursday, 24 December: closed · public holiday",
        "Friday, 25 December: closed · public holiday",
        "Saturday, 26 December: closed · public holiday",
        "Friday, 1 January: closed · public holiday",
    ]


def test_a_sudden_closure_shows_in_its_days_and_as_a_notice(office):
    cast.closure("2026-11-24T07:00Z", "2026-11-24T09:00Z", entry=office, way="place")

    page = main()

    assert "Tuesday, 24 November11:00–12:00 · not as usual" in said(page.select(".days tr"))
    notice = "Visits: Closed on Tuesday, 24 November from 09:00 to 11:00. The adviser is away."
    assert said(page.select(".notice.closed")) == [notice]


def test_it_tells_what_to_bring_the_languages_the_ways_and_the_promise(office, satamala):
    Desk.objects.create(region=satamala, promise=3)

    page = main()

    words = " ".join(said([page]))
    for part in ("Your letters", "English, Finnish", "+358 50 1234567", "Satamakatu 1"):
        assert part in words
    assert "within 3 working days. If you ask today, we answer by Wednesday, 25 November." in words
    assert page.select_one('a.go[href="/satamala/en/ask"], a.go[href$="ask?page=office"]')


def test_it_tells_which_languages_are_there_today_or_on_the_next_open_day(office, clock):
    arabic = cast.fact("arabic-hours", "hours", "Tu 13:00-15:00")
    hall = office.channels.get(kind="place").place
    Channel.objects.create(
        entry=office, position=9, kind="place", place=hall, hours=arabic, languages=["ar"]
    )

    next_day = "Languages on the next open day, Monday, 23 November: English, Finnish"
    assert next_day in said(main().select("p"))
    clock.move_to("2026-11-24T06:00:00Z")
    assert "Languages today: English, Finnish, Arabic" in said(main().select("p"))
    assert "Arabic" in said(main().select("section p"))


def test_without_known_languages_nothing_is_said_of_them(office):
    office.languages_served = []
    office.save()

    assert not [words for words in said(main().select("p")) if words.startswith("Languages on")]


def test_the_promise_is_measured_in_public(office, satamala):
    Desk.objects.create(region=satamala, promise=2)
    counted = {"region": satamala, "day": "2026-11-19"}
    FirstAnswer.objects.create(took=1, kept=True, times=9, **counted)
    FirstAnswer.objects.create(took=4, kept=False, times=3, **counted)

    (card,) = main().select("section[aria-labelledby=promise]")

    words = " ".join(card.get_text(" ").split())
    assert (
        "we kept it for 75 % of 12 questions. Half had their answer within 1 working day." in words
    )
    assert "longer than usual" not in words


def test_nothing_measured_yet_is_no_figure(office):
    assert "In the last 90 days" not in main().get_text(" ")


def test_it_is_written_for_machines(office, clock):
    cast.closure("2026-11-24T07:00Z", "2026-11-24T09:00Z", entry=office, way="place")
    soup = BeautifulSoup(Client().get(PAGE).content, "html.parser")

    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)["mainEntity"]

    opening = {"@type": "OpeningHoursSpecification"}
    special = data.pop("specialOpeningHoursSpecification")
    assert data == {
        "@type": "GovernmentOffice",
        "name": "Welcome Office",
        "description": "In one sentence.",
        "url": data["url"],
        "knowsLanguage": ["en", "fi"],
        "telephone": "+358501234567",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Satamakatu 1",
            "postalCode": "67100",
            "addressLocality": "Satamala",
        },
        "openingHoursSpecification": [
            opening | {"dayOfWeek": [day], "opens": opens, "closes": closes}
            for day, opens, closes in [
                ("Monday", "15:00", "17:00"),
                ("Tuesday", "09:00", "12:00"),
                ("Thursday", "09:00", "12:00"),
            ]
        ],
    }
    days = {"validFrom": "2026-11-24", "validThrough": "2026-11-24"}
    assert special[0] == opening | days | {"opens": "11:00", "closes": "12:00"}
    days = {"validFrom": "2026-12-24", "validThrough": "2026-12-24"}
    assert opening | days | {"opens": "00:00", "closes": "00:00"} in special


def test_an_office_without_hours_says_nothing_of_days(office):
    office.channels.all().delete()

    assert not main().select(".days")


def test_a_region_whose_office_has_no_entry_still_lets_people_ask(satamala):
    page = main()

    assert page.h1.get_text() == "Welcome Office"
    assert page.select_one("a.go")["href"].startswith("/satamala/en/ask")


def test_a_region_without_the_room_has_no_such_page(satamala):
    satamala.rooms = []
    satamala.save()

    assert Client().get(PAGE).status_code == 404


@pytest.fixture
def network(office, advice):
    """A desk up the river, a phone line for all, a far one, and a shop that gives no advice."""
    river = cast.municipality("river", "902", latitude=63.9, longitude=23.9)
    far = cast.municipality("far", "903", latitude=60.2, longitude=24.9)
    for slug, town in (("river-desk", river), ("far-desk", far)):
        cast.entry(slug, topics=[advice], kind="service", municipalities=[town])
    line = cast.fact("line", "phone", "+358 50 7654321")
    cast.entry("phone-line", None, [("phone", line)], [advice], kind="service")
    cast.entry("shop", topics=[cast.topic("shops"), advice], kind="service")
    cast.entry("old-desk", topics=[advice], kind="office", status="ended")
    cast.entry("guide", topics=[advice])
    cast.municipality("nowhere", "904")


def listed(path: str = PAGE) -> list[str]:
    return [link["href"].split("/")[-1] for link in main(path).select("#network ~ ul h3 a")]


def test_every_office_of_the_network_is_listed_its_own_first(network):
    assert listed()[0] == "welcome-office"
    assert sorted(listed()[1:]) == ["far-desk", "phone-line", "river-desk"]


@pytest.mark.parametrize(
    ("town", "order"),
    [
        ("satamala", ["welcome-office", "phone-line", "river-desk", "far-desk"]),
        ("river", ["river-desk", "phone-line", "welcome-office", "far-desk"]),
        ("far", ["far-desk", "phone-line", "welcome-office", "river-desk"]),
    ],
)
def test_the_nearest_and_what_needs_no_visit_come_first(network, town, order):
    assert listed(f"{PAGE}?municipality={town}") == order
    chosen = main(f"{PAGE}?municipality={town}").select_one("option[selected]")
    assert chosen["value"] == town


def test_a_municipality_of_which_nobody_knows_where_it_is_still_gets_the_list(network):
    found = listed(f"{PAGE}?municipality=nowhere")

    assert sorted(found) == ["far-desk", "phone-line", "river-desk", "welcome-office"]


def test_a_municipality_that_is_none_makes_no_page_to_keep(network):
    answer = Client().get(f"{PAGE}?municipality=atlantis")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_the_page_is_kept_by_municipality_alone(network):
    assert Client().get(f"{PAGE}?municipality=river")["X-Page-Params"] == "municipality"


@pytest.mark.parametrize("path", ["/satamala/en/", "/satamala/en/entries/welcome-office"])
def test_pages_lead_to_it(office, path):
    assert main(path).select(f'a[href="{PAGE}"]')


def test_the_site_map_has_it(office):
    assert f"{PAGE}</loc>" in Client().get("/sitemap.xml").content.decode().replace("/fi/", "/en/")


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_takes_the_same_queries_however_many_offices_there_are(office, advice, many):
    for number in range(many):
        fact = cast.fact(f"hours-{number}", "hours", WEEK)
        place = cast.place(f"desk-{number}", hours=fact)
        towns = [cast.municipality(f"town-{number}", f"{number:03}")]
        entry = {"kind": "office", "municipalities": towns}
        cast.entry(f"desk-{number}", None, [("place", place)], [advice], **entry)

    with CaptureQueriesContext(connection) as asked:
        assert Client().get(PAGE).status_code == 200

    assert sum("contentversion" not in q["sql"] for q in asked.captured_queries) == 23
