"""An entry's page, as visitors get it; Ritva, adviser, may look at another day."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup

from . import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
GUIDE = "/satamala/en/entries/tax-card"


def page(client, address: str = GUIDE) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def said(found) -> str:
    return " ".join(found.get_text(" ").split())


def notices(soup: BeautifulSoup) -> list[str]:
    return [said(notice) for notice in soup.select("main .notice")]


def test_one_changed_phone_number_shows_in_all_languages(client):
    phone = cast.fact("tax-phone", "phone", "+358 29 497 050")
    words = {"summary": "S.", "body": "Call [[tax-phone]]."}
    cast.entry(
        texts={language: {"title": language, **words} for language in cast.LANGUAGES},
        channels=[("phone", phone)],
    )

    value = phone.values.get()
    value.value = "+358 29 497 051"
    value.save()

    for language in cast.LANGUAGES:
        links = page(client, f"/satamala/{language}/entries/tax-card").select(
            'main a[href^="tel:"]'
        )
        assert [(link["href"], link.text) for link in links] == [
            ("tel:+35829497051", "+358 29 497 051")
        ] * 2


def test_what_could_not_be_confirmed_says_so(client):
    cast.entry(confirmed=False)

    assert notices(page(client)) == ["We have not been able to confirm this."]


def test_closed_for_now_does_not_say_open(client):
    phone = cast.fact("tax-phone", "phone", "+358 29 497 050")
    hours = cast.fact("tax-hours", "hours", "24/7")
    cast.entry(status="closed", channels=[("phone", phone, hours)])

    soup = page(client)

    assert notices(soup) == ["Closed for now."]
    assert soup.select(".badge.open") == []


@pytest.mark.parametrize("change", [{"status": "ended"}, {"valid_until": date(2026, 11, 22)}])
def test_ended_leads_to_the_successor(client, change):
    new = cast.organisation("new-office", names={"en": "New Office"})
    cast.entry(organisation=cast.organisation(successor=new), **change)

    soup = page(client)

    assert notices(soup) == [
        "This has ended. The page is kept so that old links still lead somewhere. "
        "See now: New Office"
    ]
    assert soup.select_one("main .notice a")["href"] == "/satamala/en/organisations/new-office"


def test_the_last_day_is_still_one(client):
    cast.entry(valid_until=date(2026, 11, 23))

    assert notices(page(client)) == []


def test_what_begins_later_is_not_there_yet(client):
    first = cast.entry("first")
    cast.link(first, cast.entry(valid_from=date(2026, 11, 24)))

    assert client.get(GUIDE).status_code == 404
    assert "tax-card" not in client.get("/satamala/en/entries/first").content.decode()


def test_ritva_sees_another_day(ritva):
    cast.entry(
        valid_from=date(2027, 1, 1), texts={"en": {"title": "T", "summary": "It costs [[fee]]."}}
    )
    cast.fact(
        "fee",
        "money",
        cast.dated("590 EUR", None, "2026-12-31"),
        cast.dated("640 EUR", "2027-01-01"),
    )

    answer = ritva.get(GUIDE + "?on=2027-01-01")
    soup = BeautifulSoup(answer.content, "html.parser")

    assert said(soup.select_one("main .lead")) == "It costs €640."
    assert notices(soup) == [
        "You see this page as it will be on 1 January 2027. Visitors see today."
    ]
    assert soup.select_one(".languages a")["href"].endswith("?on=2027-01-01")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "X-Page-Params" not in answer.headers


def test_others_see_today_only(client):
    cast.entry()

    assert client.get(GUIDE + "?on=2027-01-01").status_code == 403
    assert client.get(GUIDE + "?on=").status_code == 403


@pytest.mark.parametrize("day", ["", "tomorrow", "2027-02-30", "99999-01-01", "2027-01-01 "])
def test_a_day_that_is_none_is_not_found(ritva, day):
    cast.entry()

    assert ritva.get(GUIDE, {"on": day}).status_code == 404


def test_facts_hold_on_their_day(client):
    office = cast.organisation(url="https://tax.example/")
    cast.entry(
        texts={"en": {"title": "T", "summary": "It costs [[fee]] & more.", "body": "[[fee]]"}}
    )
    cast.fact("fee", "money", cast.dated("590 EUR", None, "2026-11-22"), owner=office)

    soup = page(client)

    assert said(soup.select_one("main .lead")) == "It costs check with Tax Office & more."
    assert soup.select_one("main .text a")["href"] == "https://tax.example/"


def test_an_unknown_fact_leaves_no_marks(client):
    cast.entry(texts={"en": {"title": "T", "summary": "S [[gone]].", "body": "B [[gone]]."}})

    soup = page(client)

    assert "[[" not in soup.text
    assert said(soup.select_one("main .text")) == "B ."


def test_facts_and_words_in_structured_data_are_plain(client):
    cast.entry(
        texts={"en": {"title": "Bread & </script>", "summary": "It's [[fee]] & <more>."}},
    )
    cast.fact("fee", "money", "590 EUR")

    data = json.loads(page(client).select_one('script[type="application/ld+json"]').text)

    assert data["mainEntity"] == {
        "@type": "Thing",
        "name": "Bread & </script>",
        "description": "It's €590 & <more>.",
    }


def test_nothing_that_is_typed_becomes_html(client):
    bad = "<script>alert(1)</script>"
    rich = dict.fromkeys(("eligibility", "fees", "application", "body"), bad)
    cast.entry(
        texts={"en": {"title": bad, "summary": bad, "documents": [bad], **rich}},
        organisation=cast.organisation(names={"en": bad}),
        topics=[cast.topic(labels={"en": bad})],
        channels=[("place", cast.place(names={"en": bad}, address=bad))],
    )

    soup = page(client)

    assert [script.get("type") for script in soup.select("script")] == ["application/ld+json"]


def test_how_to_reach_it(client, noon):
    hours = cast.fact("hours", "hours", "Mo-Fr 09:00-15:00; PH off")
    hall = cast.place(hours=hours, municipality=cast.municipality())
    link = cast.fact("link", "url", "https://www.tax.example/card")
    cast.entry(channels=[("place", hall), ("web", link)])

    doors = [said(div) for div in page(client).select(".facts > div")]

    assert doors == [
        "Visit Town Hall Satamakatu 1 Satamala Open now, until 15:00 "
        "Monday – Friday 09:00–15:00 Closed on public holidays.",
        "Online tax.example",
    ]


def test_before_and_after(client):
    tax = cast.entry()
    cast.link(tax, cast.entry("identity-code"), "after")
    cast.link(tax, cast.entry("bank", {"fi": "Pankki"}), "next")

    soup = page(client)

    assert 'Do this first: <a href="/satamala/en/entries/identity-code">Identity code</a>' in str(
        soup.main
    )
    assert '<a href="/satamala/en/entries/bank"><span dir="ltr" lang="fi">Pankki</span></a>' in str(
        soup.main
    )


def test_what_the_country_says_is_visible_in_the_region(client):
    cast.entry(region=cast.country())
    cast.region()

    assert client.get("/satamala/en/entries/tax-card").status_code == 200
    assert client.get("/maa/en/entries/tax-card").status_code == 200


def test_what_a_region_says_is_not_seen_from_others(client):
    cast.entry()
    cast.region("lahtela")

    assert client.get("/lahtela/en/entries/tax-card").status_code == 404
    assert client.get("/maa/en/entries/tax-card").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/satamala/en/entries/unheard-of",
        "/satamala/xx/entries/tax-card",
        "/nowhere/en/entries/tax-card",
        "/satamala/en/entries/tax-card/code.png",
    ],
)
def test_what_is_not_there_is_not_found_in_words(client, address):
    cast.entry()

    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("many", [1, 30])
def test_a_page_takes_few_queries_however_much_it_shows(client, queries, many):
    guide = cast.entry(
        organisation=cast.organisation(successor=cast.organisation("new")),
        topics=[cast.topic(f"topic-{n}", parent=None) for n in range(many)],
        texts={"en": {"title": "T", "summary": "S [[phone-0]].", "body": "[[phone-0]]"}},
        channels=[
            channel
            for n in range(many)
            for channel in (
                ("phone", cast.fact(f"phone-{n}", "phone", "112"), hours_of(n)),
                ("place", cast.place(f"place-{n}")),
            )
        ],
    )
    guide.also = [cast.organisation(f"other-{n}") for n in range(many)]
    guide.municipalities = [cast.municipality(f"town-{n}", f"{n:03}") for n in range(many)]
    guide.save()
    for n in range(many):
        cast.link(guide, cast.entry(f"next-{n}"), "next")
        cast.link(guide, cast.entry(f"before-{n}"), "after")

    assert queries(client, GUIDE) == 12


def hours_of(n: int):
    return cast.fact(f"hours-{n}", "hours", "Mo-Fr 09:00-15:00")


def test_the_page_as_a_code_to_scan(client):
    cast.entry()

    answer = client.get(GUIDE + "/code.svg")
    drawing = BeautifulSoup(answer.content, "html.parser").svg

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert drawing["xmlns"] == "http://www.w3.org/2000/svg"
    assert drawing.path["d"]
    assert client.get("/satamala/en/entries/unheard-of/code.svg").status_code == 404


def test_a_public_page_may_be_kept_and_sets_no_cookie(client):
    cast.entry()

    answer = client.get(GUIDE)

    assert answer.headers["X-Page-Params"] == "-"
    assert answer.headers["Content-Language"] == "en"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_stale_cookie_is_not_answered_on_a_page_that_is_kept(client):
    cast.entry()
    client.cookies["sessionid"] = "long-gone"

    answer = client.get(GUIDE)

    assert not answer.cookies
