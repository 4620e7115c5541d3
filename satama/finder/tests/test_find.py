"""Amina asks in her own words and narrows down; nothing she does ends in an error."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.databank import version
from satama.databank.models import Entry, Region
from satama.databank.tests import cast
from satama.web.pagecache import PageCache

FIND = "/satamala/en/find"
OFFICE_HOURS = "Mo-Fr 09:00-15:00; PH off"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def helsinki(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def noon():
    """Monday 23 November 2026; time stands still."""
    with time_machine.travel(helsinki("2026-11-23T12:00"), tick=False):
        yield


def words(title: str, summary: str = "One sentence.", **more) -> dict:
    return {"title": title, "summary": summary, **more}


@pytest.fixture
def harbour(db):
    """Four things to find: the library, the tax card, a course and a firm's helpdesk."""
    learning = cast.topic("learning")
    novels = {"uk": ["книги"], "en": ["novels"]}
    reading = cast.topic("reading", parent=learning, synonyms=novels)
    money = cast.topic("money", synonyms={"en": ["wages", "tax number"]})
    hours = cast.fact("hours", "hours", OFFICE_HOURS)
    evening = cast.fact("evening", "hours", "Mo-Su 18:00-20:00")
    phone = cast.fact("phone", "phone", "112")
    library(hours, reading)
    tax_card(phone, hours, money)
    course(phone, evening, learning)
    texts = {"en": words("Helpdesk for firms", "Hire people.")}
    cast.entry("helpdesk", texts, topics=[money], kind="service", audiences=["employer"])


def library(hours, reading) -> None:
    cast.entry(
        "library",
        {"en": words("Library", "Borrow books."), "fi": words("Kirjasto", "Lainaa kirjoja.")},
        [("place", cast.place(hours=hours))],
        [reading],
        kind="place",
        audiences=["everyone"],
        languages_served=["fi", "en"],
        municipalities=[cast.municipality("town", "901")],
    )


def tax_card(phone, hours, money) -> None:
    cast.entry(
        "tax-card",
        {"en": words("Tax card", "You need it for work.", body="See [[phone]]. Passport.")},
        [("phone", phone, hours)],
        [money],
        kind="service",
        audiences=["worker"],
        languages_served=["en", "uk"],
    )


def course(phone, evening, learning) -> None:
    cast.entry(
        "course",
        {"en": words("Finnish course", "Learn the language.")},
        [("phone", phone, evening)],
        [learning],
        kind="course",
        audiences=["worker", "refugee"],
        municipalities=[cast.municipality("island", "902")],
    )


def page(client, query: str = "", **headers) -> BeautifulSoup:
    answer = client.get(f"{FIND}?{query}", headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def found(client, query: str = "") -> list[str]:
    """The slugs of what is found, in order."""
    links = page(client, query).select(".results li > :is(h2, h3) a")
    return [link["href"].rsplit("/", 1)[1] for link in links]


ALL = ["course", "library", "helpdesk", "tax-card"]


def test_without_a_question_everything_is_there_pressing_topics_first(client, harbour):
    assert found(client) == ALL


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic=money", ["helpdesk", "tax-card"]),
        ("topic=reading", ["library"]),
        ("topic=learning", ["course", "library"]),
        ("audience=worker", ["course", "library", "tax-card"]),
        ("audience=employer", ["library", "helpdesk"]),
        ("served=uk", ["tax-card"]),
        ("municipality=town", ["library", "helpdesk", "tax-card"]),
        ("municipality=island", ["course", "helpdesk", "tax-card"]),
        ("kind=course", ["course"]),
        ("open=on", ["library", "tax-card"]),
        ("topic=money&open=on", ["tax-card"]),
        ("audience=worker&municipality=town&open=on", ["library", "tax-card"]),
        ("kind=course&open=on", []),
        ("q=books&audience=worker", ["library"]),
        ("q=books&audience=worker&kind=course", []),
    ],
)
def test_filters_narrow_down(client, harbour, query, expected):
    assert found(client, query) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59", []),
        ("2026-11-23T14:59", ["library", "tax-card"]),
        ("2026-11-23T18:30", ["course"]),
        ("2026-11-28T12:00", []),
        ("2026-12-25T12:00", []),
        ("2026-12-25T18:30", ["course"]),
    ],
)
def test_open_now_is_what_is_open_at_this_moment(client, harbour, moment, expected):
    with time_machine.travel(helsinki(moment), tick=False):
        assert found(client, "open=on") == expected


def test_what_is_closed_for_now_or_has_ended_is_not_open(client):
    phone, hours = cast.fact("phone", "phone", "112"), cast.fact("hours", "hours", "24/7")
    way = [("phone", phone, hours)]
    cast.entry("active", channels=way, kind="service")
    cast.entry("closed", channels=way, kind="service", status="closed")
    cast.entry("ended", channels=way, kind="service", status="ended")
    cast.entry("over", channels=way, kind="service", valid_until=date(2026, 11, 22))

    assert found(client, "open=on") == ["active"]
    assert found(client) == ["active", "closed", "ended", "over"]


@pytest.mark.parametrize("kind", ["guide", "practice", "answer"])
def test_advice_is_not_open_whatever_phone_it_names(client, kind):
    phone, hours = cast.fact("phone", "phone", "112"), cast.fact("hours", "hours", "24/7")
    cast.entry(kind=kind, channels=[("phone", phone, hours)])

    assert found(client, "open=on") == []
    assert page(client).select(".badge") == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tax+card", "tax-card"),
        ("TAX CARD", "tax-card"),
        ("tax number", "tax-card"),
        ("kirjasto", "library"),
        ("книги", "library"),
        ("novels", "library"),
        ("passport", "tax-card"),
        ("finish cuorse", "course"),
    ],
)
def test_everyday_words_find_it_in_any_language(client, harbour, query, first):
    assert found(client, f"q={query}")[:1] == [first]


def test_a_question_without_an_answer_offers_a_person(client, harbour):
    Region.objects.update(office="helpdesk")

    soup = page(client, "q=zzzz&kind=course")

    assert [notice.text for notice in soup.select(".notice")] == ["We found nothing that fits."]
    assert soup.select_one(".asked").text == "zzzz"
    assert [link["href"] for link in soup.select("#results a")] == [
        "/satamala/en/find?q=zzzz",
        "/satamala/en/topics",
        "/satamala/en/entries/helpdesk",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "topic=unheard-of",
        "audience=pirate",
        "served=xx",
        "municipality=atlantis",
        "kind=rumour",
        "open=",
        "colour=blue",
        "topic=%00",
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999",
        "page=%D9%A1",
        "q=",
        "q=%00",
        "q=%20%20",
    ],
)
def test_what_is_not_on_offer_is_left_out(client, harbour, query):
    assert found(client, query) == ALL


@pytest.mark.parametrize(
    "query",
    ["q=%22+AND+OR+NOT+*:*+[a+TO+b]", "q=(((", "q=%F0%9F%9A%A2", "q=%FF%FE", "q=" + "a" * 5000],
)
def test_any_question_is_answered(client, harbour, query):
    page(client, query)


def test_what_is_typed_comes_back_as_words(client, harbour):
    soup = page(client, 'q="><script>alert(1)</script>')

    assert soup.find(id="q")["value"] == '"><script>alert(1)</script>'
    assert [s["src"] for s in soup.select("script")] == ["/static/django_htmx/htmx-2.min.js"]


def test_what_is_typed_is_kept_by_nobody(client, harbour):
    asked = client.get(FIND, {"q": "hiv"})
    unknown = client.get(FIND, {"topic": "hiv"})
    filtered = client.get(FIND, {"topic": "money"})

    assert asked.headers["Cache-Control"] == "private, no-store"
    assert unknown.headers["Cache-Control"] == "private, no-store"
    assert "X-Page-Params" not in asked.headers
    assert "X-Page-Params" not in unknown.headers
    assert set(filtered.headers["X-Page-Params"].split(",")) >= {"topic", "kind", "open", "page"}


def test_a_question_never_gets_the_kept_page_without_one(client, harbour):
    def django(environ, start):
        answer = client.get(f"{FIND}?{environ['QUERY_STRING']}")
        start("200 OK", list(answer.headers.items()))
        return [answer.content]

    cache = PageCache(django, version.current)

    def get(query: str) -> str:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": FIND, "QUERY_STRING": query}
        return b"".join(cache(environ, lambda *_: None)).decode()

    assert ">Find help<" in get("")
    assert ">Answers<" in get("q=books")
    assert 'value="books"' in get("q=books")


def test_htmx_gets_the_results_alone(client, harbour):
    answer = client.get(FIND, {"topic": "money"}, headers={"hx-request": "true"})

    soup = BeautifulSoup(answer.content, "html.parser")
    assert [tag["id"] for tag in soup.find_all(recursive=False)] == ["count", "results"]
    assert "HX-Request" in answer.headers["Vary"]


def test_ritva_finds_what_begins_later(client, harbour):
    ritva = get_user_model().objects.create_user("r@satamala.example", "x" * 20, is_staff=True)
    cast.entry("later", {"en": "Later"}, valid_from=date(2027, 1, 1))

    assert "later" not in found(client)
    assert client.get(f"{FIND}?on=2027-01-01").status_code == 403
    client.force_login(ritva)
    assert "later?on=2027-01-01" in found(client, "on=2027-01-01")


def many_entries(many: int) -> None:
    money, town = cast.topic(), cast.municipality()
    office = cast.organisation()
    cast.fact("fee", "money", "5 EUR")
    made: list[Entry] = []
    for n in range(many):
        hours = cast.fact(f"hours-{n}", "hours", OFFICE_HOURS)
        text = words(f"Tax {n}", f"Call [[hours-{n}]].", fees="[[fee]]")
        doors = [
            ("place", cast.place(f"place-{n}", hours=hours)),
            ("phone", cast.fact(f"phone-{n}", "phone", "112")),
        ]
        own = {"organisation": office, "municipalities": [town]}
        made.append(cast.entry(f"tax-{n:02}", {"en": text}, doors, [money], **own))
        if n:
            cast.link(made[n], made[0])


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.parametrize(
    ("address", "expected"),
    [(FIND, 13), (f"{FIND}?q=tax", 22), (f"{FIND}?open=on", 10), ("/satamala/en/", 10)],
)
def test_pages_take_the_same_queries_however_much_is_found(client, many, address, expected):
    many_entries(many)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200

    assert sum("contentversion" not in q["sql"] for q in asked.captured_queries) == expected


def test_pages_of_twenty_lead_on_and_back(client):
    many_entries(45)

    soup = page(client, "topic=money&page=2")

    assert len(found(client)) == 20
    assert found(client, "page=2")[0] == "tax-20"
    assert found(client, "page=3") == [f"tax-{n}" for n in range(40, 45)] == found(client, "page=9")
    assert [(a["rel"], a["href"]) for a in soup.select("nav a[rel]")] == [
        (["prev"], f"{FIND}?topic=money&page=1"),
        (["next"], f"{FIND}?topic=money&page=3"),
    ]
    assert page(client, "page=3").select("nav a[rel=next]") == []
    assert page(client).select("nav a[rel=prev]") == []


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("tax", ["tax number", "Tax card"]),
        ("KIR", ["Kirjasto"]),
        ("кни", ["книги"]),
        ("", []),
        ("   ", []),
        ("zzzz", []),
        ("\x00", []),
    ],
)
def test_suggestions_go_on_from_what_is_typed(client, harbour, typed, phrases):
    answer = client.get("/satamala/en/suggest", {"q": typed})

    links = BeautifulSoup(answer.content, "html.parser").select("a")
    assert [link.text for link in links] == phrases
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_suggestion_leads_to_its_answers(client, harbour):
    soup = BeautifulSoup(client.get("/satamala/en/suggest?q=tax+c").content, "html.parser")

    assert soup.a["href"] == "/satamala/en/find?q=Tax%20card"


def test_home_leads_everywhere(client, harbour):
    Region.objects.update(office="library")

    soup = BeautifulSoup(client.get("/satamala/en/").content, "html.parser")

    links = {link["href"] for link in soup.select("main a")}
    assert {
        "/satamala/en/entries/library",
        "/satamala/en/entries/tax-card",
        "/satamala/en/find?open=on",
        "/satamala/en/topics",
        "/satamala/en/emergency",
    } <= links
    assert [t.text for t in soup.select('[aria-labelledby="open"] h3')] == ["Library", "Tax card"]


def test_home_of_an_empty_region_is_still_a_page(client):
    cast.region()

    assert client.get("/satamala/en/").status_code == 200
    assert found(client) == []
