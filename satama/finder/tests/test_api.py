"""A program asks for Amina: whole answers, a sentence for each refusal, nothing of elsewhere."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.databank import version
from satama.databank.models import Channel, Region
from satama.databank.tests import cast
from satama.web.pagecache import PageCache

SEARCH = "/api/v1/search"
HERE = {"region": "satamala", "language": "en"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon():
    """Monday 23 November 2026; time stands still."""
    moment = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
    with time_machine.travel(moment, tick=False):
        yield


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = "https://satamala.example"


def words(title: str, summary: str = "One sentence.") -> dict:
    return {"title": title, "summary": summary}


@pytest.fixture
def harbour(db):
    """The library, the tax card, and a course that only Finnish words tell of."""
    money, learning = cast.topic("money"), cast.topic("learning")
    cast.topic("reading", parent=learning)
    hours = cast.fact("hours", "hours", "Mo-Fr 09:00-15:00")
    phone = cast.fact("phone", "phone", "06 123 456")
    cast.fact("fee", "money", "12.50 EUR")
    cast.fact("old-fee", "money", owner=cast.organisation())
    cast.entry(
        "library",
        {"en": words("Library", "Books & <films> for [[fee]]."), "fi": words("Kirjasto")},
        [("place", cast.place(hours=hours))],
        [learning],
        kind="place",
        audiences=["everyone"],
        languages_served=["fi", "en"],
        municipalities=[cast.municipality("town", "901")],
    )
    cast.entry(
        "tax-card",
        {"en": words("Tax card", "Call [[phone]]. The fee: [[old-fee]].")},
        [("phone", phone)],
        [money],
        kind="service",
        audiences=["worker"],
        languages_served=["uk"],
    )
    cast.entry("course", {"fi": words("Suomen kurssi", "Maksu [[fee]].")}, [], [learning])


LIBRARY = {
    "slug": "library",
    "kind": "place",
    "language": "en",
    "title": "Library",
    "summary": "Books & <films> for €12.50.",
    "url": "https://satamala.example/satamala/en/entries/library",
    "score": 0.0,
}
TAX_CARD = {
    "slug": "tax-card",
    "kind": "service",
    "language": "en",
    "title": "Tax card",
    "summary": "Call 06 123 456. The fee: check with Tax Office.",
    "url": "https://satamala.example/satamala/en/entries/tax-card",
    "score": 0.0,
}
COURSE = {
    "slug": "course",
    "kind": "guide",
    "language": "fi",
    "title": "Suomen kurssi",
    "summary": "Maksu 12,50\xa0€.",
    "url": "https://satamala.example/satamala/en/entries/course",
    "score": 0.0,
}


def ask(client, **asked: Any):
    return client.get(SEARCH, HERE | asked)


def found(client, **asked: Any) -> list[str]:
    answer = ask(client, **asked)
    assert answer.status_code == 200
    return [result["slug"] for result in answer.json()["results"]]


def test_without_words_everything_is_there_in_the_order_of_topics(client, harbour):
    answer = ask(client)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.json() == {"confident": True, "results": [TAX_CARD, COURSE, LIBRARY]}


def test_words_are_answered_best_first_with_a_score(client, harbour):
    answer = ask(client, q="books tax card").json()

    scores = [result.pop("score") for result in answer["results"]]
    without = [{**result, "score": 0.0} for result in answer["results"]]
    assert without[0] == TAX_CARD
    assert answer["confident"] is True
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_a_reader_of_another_language_gets_its_words_and_pages(client, harbour):
    (library,) = ask(client, language="fi", kind="place").json()["results"]

    assert library == LIBRARY | {
        "language": "fi",
        "title": "Kirjasto",
        "summary": "One sentence.",
        "url": "https://satamala.example/satamala/fi/entries/library",
    }


def test_a_language_with_an_easy_variant_has_dates_and_money_too(client, harbour):
    led = {language: ["fi"] for language in cast.LANGUAGES}
    Region.objects.update(languages=["fi", "fi-simple", "en"], fallbacks=led)

    (course,) = ask(client, language="fi-simple", kind="guide").json()["results"]

    assert (course["language"], course["summary"]) == ("fi", "Maksu 12,50\xa0€.")


def test_every_script_is_written_as_it_is(client):
    cast.entry("dytsadok", {"uk": words("Дитячий садок", "Садок поруч.")})

    assert "Дитячий садок" in ask(client, language="uk").content.decode()


def test_nothing_found_is_an_answer_too(client, harbour):
    assert ask(client, q="zzzz", kind="guide").json() == {"confident": False, "results": []}


def test_a_line_in_a_language_counts_as_served_in_it(client, harbour):
    Channel.objects.filter(entry__slug="tax-card").update(languages=["so"])

    assert [found["slug"] for found in ask(client, served="so").json()["results"]] == ["tax-card"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"topic": "money"}, ["tax-card"]),
        ({"topic": "learning"}, ["course", "library"]),
        ({"topic": "reading"}, []),
        ({"kind": "place"}, ["library"]),
        ({"municipality": "town"}, ["tax-card", "course", "library"]),
        ({"audience": "worker"}, ["tax-card", "library"]),
        ({"served": "uk"}, ["tax-card"]),
        ({"served": "zh-Hans"}, []),
        ({"open_now": "true"}, ["library"]),
        ({"open_now": "false"}, ["tax-card", "course", "library"]),
        ({"limit": 1}, ["tax-card"]),
        ({"limit": 50, "kind": "service"}, ["tax-card"]),
        ({"colour": "blue"}, ["tax-card", "course", "library"]),
        ({"on": "2027-01-01"}, ["tax-card", "course", "library"]),
        (
            dict.fromkeys(("q", "topic", "kind", "municipality", "served", "limit", "open_now"), "")
            | {"audience": ""},
            ["tax-card", "course", "library"],
        ),
    ],
)
def test_filters_narrow_down_and_empty_ones_do_not_matter(client, harbour, asked, expected):
    assert found(client, **asked) == expected


def test_ten_come_when_no_limit_is_said(client):
    many_entries(12)

    assert len(found(client)) == len(found(client, q="tax")) == 10
    assert len(found(client, limit=50)) == 12


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"region": ""}, 422, "region: Field required."),
        ({"language": ""}, 422, "language: Field required."),
        ({"region": "atlantis"}, 404, "region: There is no such region."),
        ({"region": "a\x00"}, 404, "region: There is no such region."),
        (
            {"language": "xx"},
            404,
            "language: The region has no such language. It has fi, sv, en, uk, ar.",
        ),
        ({"topic": "rumours"}, 422, "topic: The region has no such topic."),
        ({"municipality": "\x00"}, 422, "municipality: The region has no such municipality."),
        (
            {"kind": "rumour"},
            422,
            "kind: Say one of guide, service, office, place, course, event, group, opening, "
            "practice, answer.",
        ),
        (
            {"audience": "pirate"},
            422,
            "audience: Say one of everyone, worker, student, family, jobseeker, refugee, youth, "
            "employer, entrepreneur.",
        ),
        ({"served": "{q}"}, 422, "served: Say a language code such as uk."),
        ({"limit": 0}, 422, "limit: Input should be greater than or equal to 1."),
        ({"limit": 51}, 422, "limit: Input should be less than or equal to 50."),
        (
            {"limit": "many"},
            422,
            "limit: Input should be a valid integer, unable to parse string as an integer.",
        ),
        (
            {"open_now": "perhaps"},
            422,
            "open_now: Input should be a valid boolean, unable to interpret input.",
        ),
        ({"kind": ["place", "guide"]}, 422, "Every parameter may be given once."),
        (
            {"limit": 51, "served": "?"},
            422,
            "served: Say a language code such as uk. "
            "limit: Input should be less than or equal to 50.",
        ),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(client, harbour, asked, status, sentence):
    answer = ask(client, **asked)

    assert (answer.status_code, answer.json()) == (status, {"detail": sentence})
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "typed", ["a" * 5000, '" AND (OR', "\x00", "🚢", "'; DROP TABLE x", "  ", "{q}%s"]
)
def test_any_words_are_answered(client, harbour, typed):
    found(client, q=typed)


def test_a_long_question_is_cut(client, harbour):
    assert found(client, q="zz " * 90 + "library") == ["library"]
    assert found(client, q="zz " * 100 + "library") == []


@pytest.mark.parametrize("asked", [{}, {"q": "tax secret"}, {"q": "секрет"}, {"limit": 50}])
def test_what_another_region_says_never_appears(client, harbour, asked):
    elsewhere = cast.region("elsewhere")
    cast.entry("secret", {"en": "Tax secret", "uk": "секрет"}, region=elsewhere)
    cast.entry("national", {"en": "Tax of the land"}, region=cast.country())

    assert "secret" not in found(client, **asked)
    assert "secret" in found(client, q="secret", region="elsewhere")
    assert "tax-card" not in found(client, q="tax", region="elsewhere")
    assert "national" in found(client, q="land") and "national" in found(client, region="elsewhere")
    assert ask(client, region="elsewhere", topic="money").status_code == 422
    assert ask(client, region="elsewhere", municipality="town").status_code == 422


def test_what_begins_later_is_not_there_yet(client, harbour):
    cast.entry("later", {"en": "Tax later"}, valid_from="2027-01-01")

    assert "later" not in found(client, q="tax")


def test_words_are_in_no_cache_and_other_answers_may_be_kept(client, harbour):
    asked, filtered = ask(client, q="hiv"), ask(client, topic="money")

    assert asked.headers["Cache-Control"] == "private, no-store"
    assert "X-Page-Params" not in asked.headers
    assert set(filtered.headers["X-Page-Params"].split(",")) == {
        *("region", "language", "q", "topic", "kind", "municipality"),
        *("audience", "served", "open_now", "limit"),
    }
    assert "Set-Cookie" not in asked.headers and "Cookie" not in asked.headers.get("Vary", "")


def test_a_kept_answer_is_given_to_nobody_who_asks_for_another(client, harbour):
    here = "region=satamala&language=en"

    def django(environ, start):
        answer = client.get(f"{SEARCH}?{environ['QUERY_STRING']}")
        start(f"{answer.status_code} x", list(answer.headers.items()))
        return [answer.content]

    cache = PageCache(django, version.current)

    def get(query: str) -> bytes:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": SEARCH, "QUERY_STRING": query}
        return b"".join(cache(environ, lambda *_: None))

    assert get(here) == get(f"{here}&kind=") == ask(client).content
    assert get(f"{here}&kind=place") == ask(client, kind="place").content
    assert get(f"{here}&q=tax") == ask(client, q="tax").content != get(here)


def many_entries(many: int) -> None:
    money, office = cast.topic(), cast.organisation()
    town = cast.municipality("town")
    for n in range(many):
        hours = cast.fact(f"hours-{n}", "hours", "Mo-Fr 09:00-15:00")
        texts = {"en": words(f"Tax {n}", f"Open [[hours-{n}]].")}
        place = cast.place(f"place-{n}", hours=hours)
        own = {"organisation": office, "municipalities": [town]}
        cast.entry(f"tax-{n}", texts, [("place", place)], [money], **own)


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.parametrize(
    ("asked", "expected"),
    [({}, 15), ({"q": "tax"}, 24), ({"open_now": "true"}, 15), ({"municipality": "town"}, 16)],
)
def test_an_answer_takes_the_same_queries_however_much_is_found(client, many, asked, expected):
    many_entries(many)
    client.get(SEARCH)  # the first of a minute makes its key

    with CaptureQueriesContext(connection) as made:
        assert ask(client, limit=50, **asked).status_code == 200

    assert sum("contentversion" not in query["sql"] for query in made.captured_queries) == expected
