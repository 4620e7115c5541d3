"""The API as Oleh's program meets it: its document, its page, its limit, its refusals."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client

from satama.databank.tests import cast
from satama.web.limit import window_key

SEARCH = "/api/v1/search?region=satamala&language=en"
START = datetime(2026, 11, 23, 10, 0, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def satamala(settings, db):
    settings.REGION = "satamala"
    cast.region()
    window_key.cache_clear()


def ask(client, times: int = 1, address: str = SEARCH, **headers) -> list[int]:
    return [client.get(address, **headers).status_code for _ in range(times)]


def test_after_sixty_requests_a_minute_the_next_one_waits(client):
    with time_machine.travel(START, tick=False) as clock:
        allowed = ask(client, 60)
        refused = client.get(SEARCH)
        clock.shift(timedelta(seconds=29))
        still = ask(client)
        clock.shift(timedelta(seconds=1))
        free = ask(client, 2)

    assert allowed == [200] * 60
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    assert refused.json() == {
        "detail": "At most 60 requests a minute, please. Ask again in 30 seconds."
    }
    assert refused.headers["Cache-Control"] == "private, no-store"
    assert (still, free) == ([429], [200, 200])


def test_a_refused_question_counts_too(client):
    with time_machine.travel(START, tick=False):
        assert ask(client, 60, "/api/v1/search") == [422] * 60
        assert ask(client) == [429]


def test_one_address_does_not_use_up_the_limit_of_another(client):
    with time_machine.travel(START, tick=False):
        ask(client, 60, REMOTE_ADDR="192.0.2.1")

        assert ask(client, REMOTE_ADDR="192.0.2.1") == [429]
        assert ask(client, REMOTE_ADDR="192.0.2.2") == [200]


def test_a_forged_address_is_believed_only_from_our_own_proxy(client, settings):
    forged = [{"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"} for number in range(61)]
    with time_machine.travel(START, tick=False):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
        statuses = [ask(client, **one)[0] for one in forged]
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        behind = ask(client, HTTP_X_FORWARDED_FOR="192.0.2.9, 198.51.100.1")

    assert statuses == [200] * 60 + [429]
    assert behind == [200]


def rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM web_cache WHERE cache_key LIKE '%%api-limit-%%'")
        return sorted(key for (key,) in cursor.fetchall())


def test_an_address_is_kept_only_as_a_hash_that_changes_each_minute(client):
    with time_machine.travel(START, tick=False) as clock:
        ask(client, REMOTE_ADDR="192.0.2.1")
        first, key = rows(), cache.get("api-limit-key")
        clock.shift(timedelta(minutes=1))
        ask(client, REMOTE_ADDR="192.0.2.1")

        assert len(first) == 2 and len(rows()) == 3
        assert "192.0.2.1" not in str(rows())
        assert cache.get("api-limit-key") != key
        assert cache.get(first[0].removeprefix(":1:")) is None


def test_every_process_counts_together(client):
    with time_machine.travel(START, tick=False):
        ask(client, 60)
        window_key.cache_clear()  # as another process begins

        assert ask(client) == [429]


def test_any_site_may_read_the_answers_and_the_refusals(client):
    addresses = [SEARCH, "/api/openapi.json", "/api/", "/api/v1/search", "/api/v1/nothing"]

    answers = [client.get(address) for address in addresses]

    assert {answer.headers["Access-Control-Allow-Origin"] for answer in answers} == {"*"}
    assert not any(answer.cookies for answer in answers)
    assert "Access-Control-Allow-Origin" not in client.get("/satamala/en/").headers


@pytest.mark.parametrize("address", ["/api/nothing", "/api/v1/", "/api/v1/search/x", "/api/en/"])
def test_an_address_that_is_not_there_says_so(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is nothing at this address."}


@pytest.mark.parametrize("address", [SEARCH, "/api/", "/api/openapi.json", "/api/nothing"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_answered(method, address):
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.json() == {"detail": "Nothing can be changed here: only GET is answered."}
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("address", [SEARCH, "/api/", "/api/openapi.json"])
def test_the_head_of_an_answer_is_that_of_the_answer(client, address):
    head, answer = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(answer.headers)


def test_another_host_name_is_refused_as_json(client):
    answer = client.get(SEARCH, headers={"host": "pirate.example"})

    assert answer.status_code == 400
    assert answer.json() == {"detail": "The request cannot be understood."}


def test_our_own_fault_is_said_without_a_trace(monkeypatch):
    monkeypatch.setattr("satama.finder.api.regions", lambda: 1 / 0)

    answer = Client(raise_request_exception=False).get(SEARCH)

    assert answer.status_code == 500
    assert answer.json() == {
        "detail": "Something broke, and the fault is ours. Please try again in a moment."
    }


def test_the_document_describes_the_search(client):
    answer = client.get("/api/openapi.json")

    document = answer.json()
    (address,) = document["paths"]
    search = document["paths"][address]["get"]
    assert answer.headers["X-Page-Params"] == "-"
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Satama" and document["info"]["version"] == "1"
    assert len(document["servers"]) == 1
    assert address == "/api/v1/search"
    assert [(p["name"], p["required"]) for p in search["parameters"]] == [
        ("region", True),
        ("language", True),
        *((n, False) for n in ("q", "topic", "kind", "municipality", "audience", "served")),
        ("open_now", False),
        ("limit", False),
    ]
    assert set(search["responses"]) == {"200", "404", "422", "429"}


def shape(document: dict, value: dict) -> dict:
    """The schema that a reference leads to."""
    name = value.get("$ref", "").rsplit("/", 1)[-1]
    return document["components"]["schemas"][name] if name else value


def fits(document: dict, schema: dict, value) -> bool:
    """Whether a value has the shape, as far as the document uses JSON Schema."""
    schema = shape(document, schema)
    if schema["type"] == "object":
        known = schema["properties"]
        return value.keys() == known.keys() == set(schema["required"]) and all(
            fits(document, known[name], part) for name, part in value.items()
        )
    if schema["type"] == "array":
        return all(fits(document, schema["items"], part) for part in value)
    kinds = {"string": str, "number": (int, float), "boolean": bool}
    return isinstance(value, kinds[schema["type"]]) and value in schema.get("enum", [value])


@pytest.mark.parametrize("address", [SEARCH, SEARCH + "&q=tax", SEARCH + "&kind=x", SEARCH + "x"])
def test_answers_are_as_the_document_says(client, address):
    cast.entry("tax-card", {"en": "Tax card"})
    document = client.get("/api/openapi.json").json()
    responses = document["paths"]["/api/v1/search"]["get"]["responses"]

    answer = client.get(address)

    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    assert fits(document, schema, answer.json())
    assert all(
        fits(document, known, sample)
        for known in document["components"]["schemas"].values()
        for sample in known.get("examples", [])
    )


def test_the_page_shows_what_the_document_says(client, settings):
    search = client.get("/api/openapi.json").json()["paths"]["/api/v1/search"]["get"]

    answer = client.get("/api/")

    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.h1.text == "Satama API"
    assert soup.article["lang"] == "en"
    assert "GET /api/v1/search" in soup.article.text
    assert [li.code.text for li in soup.select("h3 + ul")[0].select("li")] == [
        *("region", "language", "q", "topic", "kind", "municipality", "audience", "served"),
        *("open_now", "limit"),
    ]
    assert [h3.text for h3 in soup.select("h3")] == [
        *("Parameters", "Example", "Answers", "Result", "Refusal")
    ]
    assert soup.find("a", string="openapi.json")["href"] == "/api/openapi.json"
    asked = {p["name"]: p["example"] for p in search["parameters"] if "example" in p}
    assert asked.keys() == {"region", "language", "q"}
    assert soup.find("a", href=f"{settings.PUBLIC_URL}/api/v1/search?{urlencode(asked)}")
    assert not soup.select("script, style, [style]")
    assert answer.headers["X-Page-Params"] == "-"


def test_the_page_stands_in_a_region_that_speaks_no_english(client):
    cast.region("fjord", languages=["sv"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.conf.settings.REGION", "fjord")
        soup = BeautifulSoup(client.get("/api/").content, "html.parser")

    assert (soup.html["lang"], soup.article["lang"]) == ("sv", "en")
    assert soup.select_one(".brand")["href"] == "/fjord/sv/"


def test_without_any_region_there_is_no_page_yet(client, settings):
    settings.REGION = "nowhere"

    assert client.get("/api/").status_code == 404
    assert client.get("/api/openapi.json").status_code == 200
