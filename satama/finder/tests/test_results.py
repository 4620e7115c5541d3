"""Amina sees the answer on the list, and never comes to a dead end."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from satama.databank.models import Entry, Region
from satama.databank.reading import Reader
from satama.databank.tests import cast
from satama.databank.views.public import frame
from satama.finder import search

FIND = "/satamala/{}/find"
pytestmark = pytest.mark.django_db


def results(client, q: str, language: str = "en", **filters) -> BeautifulSoup:
    answer = client.get(FIND.format(language), {"q": q, **filters})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").find(id="results")


def bank(**changes) -> Entry:
    english = {
        "title": "Open a bank account",
        "summary": "Your pay comes to it.",
        "body": "## What to do\n\n1. Call [[bank-phone]] and show a **passport** <b>.\n2. Wait.",
    }
    fields = {"kind": "service", "organisation": cast.organisation("bank", names={"en": "Bank"})}
    phone = cast.fact("bank-phone", "phone", "06 123 456")
    hours = cast.fact("bank-hours", "hours", "24/7")
    texts = {"en": {**english, **changes.pop("text", {})}}
    return cast.entry("bank", texts, [("phone", phone, hours)], **fields | changes)


def test_an_answer_shows_the_step_that_answers_with_its_words_marked(client):
    bank()

    (passage,) = results(client, "show passport").select("li > p:not([class])")

    assert [mark.text for mark in passage.select("mark")] == ["show", "passport"]
    assert passage.text == "1. Call \u206606 123 456\u2069 and show a passport <b>."


def test_without_a_better_sentence_the_summary_stays(client):
    bank()

    (summary,) = results(client, "bank account").select("li > p:not([class])")

    assert summary.text == "Your pay comes to it."


def test_an_answer_has_its_state_its_phone_its_price_and_what_comes_next(client):
    made = bank(charge="fee")
    cast.link(made, cast.entry("over", {"en": "Old card"}, status="ended"))
    cast.link(made, cast.entry("card", {"en": "Tax card"}))

    answer = results(client, "bank").select_one("li")

    assert answer.select_one(".badge").text == "Open now"
    assert answer.select_one('a[href="tel:06123456"][dir="ltr"]').text == "06 123 456"
    assert "There is a fee" in answer.select_one(".short").text
    assert answer.select_one('.quiet a[href="/satamala/en/entries/card"]').text == "Tax card"


@pytest.mark.parametrize(
    ("fees", "charge", "said"),
    [
        ("It costs [[fee]].", "fee", "It costs €5."),
        ("You pay for it, and how much depends on many things.", "fee", "There is a fee"),
        ("", "free", "Free"),
        ("", "other", ""),
        ("", "", ""),
    ],
)
def test_the_price_is_short_or_only_whether_there_is_one(client, fees, charge, said):
    cast.fact("fee", "money", "5 EUR")
    bank(charge=charge, text={"fees": fees})

    costs = [part.text for part in results(client, "bank").select(".short > span:not(.badge)")]

    assert [cost.removeprefix("Cost ") for cost in costs[1:]] == ([said] if said else [])


def test_what_has_ended_or_is_not_confirmed_gives_no_number_to_call(client):
    bank(status="ended")
    unsure = cast.fact("shop-phone", "phone", cast.dated("112", confirmed=False))
    cast.entry("shop", {"en": "Shop"}, [("phone", unsure)])

    assert results(client, "bank").select('a[href^="tel:"]') == []
    assert results(client, "shop").select('a[href^="tel:"]') == []


def test_a_passage_in_another_language_says_so(client):
    cast.entry("pankki", {"fi": {"title": "Pankki", "summary": "Ota passi.", "body": "Vain tili."}})

    (passage,) = results(client, "pankki tili", "ar").select("li > p:not([class])")

    assert (passage["lang"], passage["dir"]) == ("fi", "ltr")
    assert [mark.text for mark in passage.select("mark")] == ["tili"]


def test_near_copies_of_one_organisation_do_not_follow_each_other(client):
    city, county = cast.organisation("city"), cast.organisation("county")
    cast.entry("one", {"en": "Day care"}, organisation=city)
    cast.entry("two", {"en": "Day care"}, organisation=city)
    cast.entry("three", {"en": "Day care"}, organisation=county)

    found = [link["href"][-3:] for link in results(client, "day care").select("h2 a")]

    assert found == ["one", "ree", "two"]


def test_a_slip_is_put_right_and_near_topics_are_offered(client):
    away = cast.topic("away", labels={"en": "Driving away"})
    cast.topic("empty", labels={"en": "Driving school"})
    licence = cast.topic("licence", labels={"en": "Licences"}, synonyms={"en": ["driving"]})
    cast.entry("car", {"en": "Car"}, topics=[away], audiences=["worker"])
    cast.entry("bus", {"en": "Bus"}, topics=[licence])

    ways = results(client, "drivng xyzzy", audience="worker")

    assert ways.find("a", string="driving xyzzy")["href"] == "/satamala/en/find?q=driving%20xyzzy"
    assert [link["href"][-7:] for link in ways.select(".chips a")] == ["licence", "cs/away"]
    assert ways.find("a", string="Search without the filters")["href"].endswith("?q=drivng%20xyzzy")


def test_a_word_that_an_entry_has_is_no_slip(client):
    cast.topic("flutes", labels={"en": "Recorders"})
    cast.entry("lake", {"en": {"title": "Lake", "summary": "Recordes.", "body": "Recordem."}})

    assert results(client, "recordem xyzzy").find("a", string="recorders xyzzy") is None
    assert results(client, "recordex xyzzy").find("a", string="recorders xyzzy")


def test_where_nothing_fits_well_only_the_nearest_are_shown(client):
    for number in range(9):
        cast.entry(f"bus-{number}", {"en": f"Number {number} bus"})
        cast.entry(f"boat-{number}", {"en": f"Boat to island {number}"})

    assert len(results(client, "number bus").select("h2 a")) == 9
    assert len(results(client, "bus unicorn").select("h2 a")) == 5


def test_a_question_for_which_much_is_found_needs_no_other_ways(client):
    for number in range(3):
        cast.entry(f"bus-{number}", {"en": "Bus"})

    assert results(client, "bus").section is None


def test_the_question_is_there_to_be_shown_to_the_office_and_in_no_address(client):
    Region.objects.filter(pk=cast.region().pk).update(office="bank")
    bank()

    ways = results(client, "<b> my secret")

    assert ways.select_one(".asked").text == "<b> my secret"
    assert ways.section.find("a", class_="go")["href"] == "/satamala/en/entries/bank"
    assert not any("secret" in link["href"] for link in ways.section.select("a"))


@pytest.mark.parametrize(
    ("words", "alarm"),
    [
        ("he has a heart attack", True),
        ("серцевий напад", True),
        ("heart of the town", False),
        ("attacked", False),
        ("", False),
    ],
)
def test_words_of_an_emergency_lead_to_the_numbers(client, words, alarm):
    cast.country(emergency=["rescue"])
    called = {"en": ["heart attack", "…"], "uk": ["серцевий напад"]}
    danger = cast.topic("danger", synonyms=called)
    other = cast.topic("other", synonyms={"en": ["town"]})
    cast.entry("rescue", topics=[danger, other])

    links = results(client, words).select('a[href="/satamala/en/emergency"]')

    assert bool(links) is alarm


def test_weak_answers_are_shown_as_the_nearest(rf):
    made = bank()
    reader = Reader(made.region, "en", made.region.today())
    request = RequestFactory().get("/")
    request.reader = reader
    request.frame = frame(request, reader)
    page = {"answers": search.answered(reader, [made], "bank"), "count": 1, "confident": False}

    html = render_to_string("finder/parts/results.html", page, request)

    assert "Nothing fits well. These are the nearest." in html
    assert "We found nothing that fits." not in html
    assert "Other ways to find help" in html


@pytest.mark.parametrize("words", ["\x00", "a" * 5000, "🙂", "ภาษี" * 50, "x " * 200, "((("])
def test_any_words_get_ways_on(client, words):
    bank()

    assert results(client, words, kind="course").section or results(client, words)
