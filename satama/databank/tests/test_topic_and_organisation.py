"""Topics lead to entries, organisations to what they offer; neither is a dead end."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from . import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
MONEY = "/satamala/en/topics/money"
OFFICE = "/satamala/en/organisations/tax-office"


def page(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def said(found) -> str:
    return " ".join(found.get_text(" ").split())


def titles(soup: BeautifulSoup) -> list[str]:
    return [said(link) for link in soup.select(".results a")]


def some_entries(many: int, **links):
    for n in range(many):
        hours = cast.fact(f"hours-{n}", "hours", "Mo-Fr 09:00-15:00")
        phone = cast.fact(f"phone-{n}", "phone", "112")
        words = {"en": {"title": f"Entry {n}", "summary": f"Call [[phone-{n}]]."}}
        cast.entry(f"entry-{n}", words, [("phone", phone, hours)], **links)


@pytest.mark.parametrize("many", [1, 30])
def test_a_topic_takes_the_same_queries_however_much_it_leads_to(client, queries, many):
    some_entries(many, topics=[cast.topic()], organisation=cast.organisation())

    assert queries(client, MONEY) == 8


@pytest.mark.parametrize("many", [1, 30])
def test_all_topics_take_the_same_queries(client, queries, many):
    some_entries(1, topics=[cast.topic(f"topic-{n}") for n in range(many)])

    assert queries(client, "/satamala/en/topics") == 3


@pytest.mark.parametrize("many", [1, 30])
def test_an_organisation_takes_the_same_queries_however_much_it_has(client, queries, many):
    phone, mail = cast.fact("phone", "phone", "112"), cast.fact("mail", "email", "a@tax.example")
    office = cast.organisation(phone=phone, email=mail)
    some_entries(many, organisation=office)
    for n in range(many):
        cast.organisation(f"part-{n}", part_of=office)
        town = cast.municipality(f"town-{n}", f"{n:03}")
        cast.place(f"place-{n}", organisation=office, municipality=town)

    assert queries(client, OFFICE) == 9


def test_a_topic_shows_its_own_first_then_those_below_each_entry_once(client):
    money = cast.topic()
    tax, bank = cast.topic("tax", parent=money), cast.topic("bank", parent=money)
    cast.entry("aside", topics=[cast.topic("else"), money])
    cast.entry("both", topics=[bank, tax])
    cast.entry("below", topics=[tax])
    cast.entry("home", topics=[money])

    soup = page(client, MONEY)

    assert titles(soup) == ["Home", "Aside", "Below", "Both"]
    assert [said(h) for h in soup.select("h2, h3")] == [
        *["Home", "Aside"],
        "Tax",
        "Below",
        "Bank",
        "Both",
    ]
    assert [link["href"] for link in soup.select(".chips a")] == [
        "/satamala/en/topics/tax",
        "/satamala/en/topics/bank",
    ]


def test_a_topic_leads_to_nothing_that_has_ended_or_has_not_begun(client):
    money = cast.topic()
    cast.entry("here", topics=[money])
    cast.entry("ended", topics=[money], status="ended")
    cast.entry("over", topics=[money], valid_until=date(2026, 11, 22))
    cast.entry("later", topics=[money], valid_from=date(2026, 11, 24))

    assert titles(page(client, MONEY)) == ["Here"]


def test_an_empty_topic_sends_to_the_office(client):
    cast.region(office="welcome")
    cast.topic()

    (words,) = page(client, MONEY).select("main p")

    assert said(words) == "Nothing here yet. Ask the Welcome Office"
    assert words.a["href"] == "/satamala/en/entries/welcome"


def test_only_topics_that_lead_somewhere_are_listed(client):
    money = cast.topic()
    cast.topic("empty", parent=money)
    cast.topic("closed", parent=cast.topic("hollow"))
    cast.entry(topics=[cast.topic("tax", parent=money)])

    links = page(client, "/satamala/en/topics").select("main a")

    assert [link["href"] for link in links] == [MONEY, "/satamala/en/topics/tax"]


def test_no_topics_at_all_is_still_a_page(client):
    cast.region()

    assert said(page(client, "/satamala/en/topics").main) == "All topics"


def test_a_card_says_whether_a_door_is_open(client):
    hours = cast.fact("hours", "hours", "Mo-Fr 09:00-15:00")
    phone = cast.fact("phone", "phone", "112")
    way, money = [("phone", phone, hours)], [cast.topic()]
    cast.entry("active", channels=way, topics=money, kind="service")
    cast.entry("closed", channels=way, topics=money, kind="service", status="closed")

    badges = [said(badge) for badge in page(client, MONEY).select(".badge")]

    assert badges == ["Open now, until 15:00", "Closed for now."]


def test_an_organisation_shows_how_to_reach_it_and_what_it_offers(client):
    phone = cast.fact("phone", "phone", "+358 29 497 050")
    office = cast.organisation(
        phone=phone, part_of=cast.organisation("state", names={"en": "State"})
    )
    other = cast.organisation("other")
    cast.entry("own", organisation=office)
    cast.entry("shared", organisation=other, also=[office])
    cast.place(organisation=office)

    soup = page(client, OFFICE)

    assert said(soup.select_one(".kind")) == "Authority · State"
    assert [said(row) for row in soup.select(".facts > div")] == [
        "Online https://tax.example/",
        "Phone +358 29 497 050",
        "Visit Town Hall, Satamakatu 1",
    ]
    assert titles(soup) == ["Own", "Shared"]


def test_an_organisation_with_nothing_is_still_a_page(client):
    cast.organisation(url="")

    soup = page(client, OFFICE)

    assert said(soup.h1) == "Tax Office"
    assert soup.select(".results") == []


def test_an_organisation_that_has_ended_leads_on(client):
    new = cast.organisation("new-office", names={"en": "New Office"})
    cast.organisation(valid_until=date(2026, 11, 22), successor=new)

    (notice,) = page(client, OFFICE).select("main .notice")

    assert said(notice) == "This organisation has ended. See now: New Office"
    assert notice.a["href"] == "/satamala/en/organisations/new-office"


@pytest.mark.parametrize("address", [MONEY, OFFICE])
def test_what_is_not_there_is_not_found(client, address):
    cast.region()

    assert client.get(address).status_code == 404


def test_the_parts_are_for_staff(client, ritva):
    cast.entry(topics=[cast.topic()])

    assert client.get("/satamala/en/parts").status_code == 403
    assert ritva.get("/satamala/en/parts").status_code == 200


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
@pytest.mark.parametrize("language", cast.LANGUAGES)
def test_the_service_tells_of_itself(client, name, language):
    cast.region()

    soup = page(client, f"/satamala/{language}/{name}")

    assert soup.html["lang"] == language
    assert said(soup.h1)
