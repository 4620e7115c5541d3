"""What is kept, for whom and how long; what stands on every answer; the doors for machines."""

import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from .visit import KINDS, LANGUAGES, ask, python

pytestmark = pytest.mark.xdist_group("server")

KEPT = [kind for kind in KINDS if kind not in ("results", "no result", "not found", "refused")]
SAFETY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture
def home(server) -> str:
    return f"{server.url}/kokkola/en/"


@pytest.mark.parametrize("kind", KEPT)
def test_a_page_that_did_not_change_is_not_sent_twice(home, kind):
    first = ask(home + KINDS[kind])

    again = ask(home + KINDS[kind], if_none_match=first.headers["etag"])
    other = ask(home + KINDS[kind], if_none_match='"something-else"')

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == first.headers["vary"]
    assert (other.status, other.body) == (200, first.body)


@pytest.mark.parametrize("kind", KEPT)
def test_a_page_for_everyone_may_be_kept_but_is_asked_for_again(home, kind):
    page = ask(home + KINDS[kind])

    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "Accept-Encoding" in page.headers["vary"]
    assert "Cookie" not in page.headers["vary"]
    assert "x-page-params" not in page.headers


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_the_same_in_every_packing(home, kind):
    plain, packed, small = (
        ask(home + KINDS[kind], accept_encoding=coding) for coding in ("identity", "gzip", "br")
    )

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert small.headers["content-encoding"] == "br"
    assert gzip.decompress(packed.body) == brotli.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 2


def test_each_packing_has_a_tag_of_its_own(home):
    pages = [ask(home, accept_encoding=coding) for coding in ("identity", "gzip", "br")]

    assert len({page.headers["etag"] for page in pages}) == 3


@pytest.mark.parametrize("kind", ["home", "find", "entry", "topics"])
def test_an_unknown_parameter_makes_no_page_of_its_own(home, kind):
    page = ask(home + KINDS[kind])

    marked = ask(home + KINDS[kind] + "?utm_source=letter&fbclid=1")

    assert marked.headers["etag"] == page.headers["etag"]
    assert marked.body == page.body


@pytest.mark.parametrize("name", ["q", "on-purpose", "topic"])
def test_a_kept_page_never_holds_what_another_visitor_typed(home, name):
    for _ in range(6):
        ask(f"{home}accessibility?{name}=hayneedle")

    pages = [ask(f"{home}accessibility") for _ in range(6)]

    assert not any("hayneedle" in page.text for page in pages)


def test_a_filter_makes_a_page_of_its_own_whatever_stands_around_it(home):
    everything, tax = ask(f"{home}find"), ask(f"{home}find?topic=tax")

    again = ask(f"{home}find?utm_source=letter&topic=tax&kind=")

    assert tax.headers["etag"] == again.headers["etag"] != everything.headers["etag"]


def test_the_page_for_a_question_is_its_own_even_after_the_empty_page_was_kept(home):
    empty = [ask(f"{home}find") for _ in range(8)]

    asked = [ask(f"{home}find?q=tax+card") for _ in range(8)]

    assert {page.soup.h1.text for page in empty} == {"Find help"}
    assert {page.soup.h1.text for page in asked} == {"Answers"}
    assert {page.soup.select_one("#q")["value"] for page in asked} == {"tax card"}


@pytest.mark.parametrize("path", ["find?q=tax", "find?topic=tax&q=tax", "suggest?q=tax"])
def test_what_a_visitor_typed_is_kept_by_nobody(home, path):
    assert ask(home + path).headers["cache-control"] == "private, no-store"


def test_a_part_for_the_script_is_never_given_out_as_the_page(home):
    part = ask(f"{home}find?topic=work", hx_request="true")

    pages = [ask(f"{home}find?topic=work") for _ in range(6)]

    assert part.soup.select_one("#results") and not part.soup.html
    assert all(page.text.startswith("<!doctype html>") for page in pages)
    assert all("HX-Request" in answer.headers["vary"] for answer in [part, *pages])


@pytest.mark.parametrize("kind", ["home", "find", "entry"])
def test_visitors_may_not_look_at_another_day(home, kind):
    refused = ask(f"{home}{KINDS[kind]}?on=2030-01-01")

    assert refused.status == 403
    assert "no-store" in refused.headers["cache-control"]
    assert ask(home + KINDS[kind]).status == 200


@pytest.mark.parametrize("kind", KINDS)
def test_head_tells_what_get_would(home, kind):
    page = ask(home + KINDS[kind])

    head = ask(home + KINDS[kind], "HEAD")

    assert head.status == page.status
    assert head.body == b""
    kept = {"content-type", "content-length", "cache-control", "etag", "vary"}
    assert {n: v for n, v in head.headers.items() if n in kept} == {
        n: v for n, v in page.headers.items() if n in kept
    }


def test_head_of_a_static_file_tells_its_length(server, home):
    style = server.url + ask(home).soup.select_one('link[rel="stylesheet"]')["href"]

    assert ask(style, "HEAD").headers["content-length"] == ask(style).headers["content-length"]


def test_static_files_are_kept_for_good_and_change_their_name_instead(server, home):
    page = ask(f"{home}find").soup
    files = [page.select_one('link[href*="/css/"]')["href"], page.select_one("script[src]")["src"]]

    for file in files:
        sent = ask(server.url + file, accept_encoding="br")
        assert sent.status == 200
        assert "immutable" in sent.headers["cache-control"]
        assert sent.headers["content-encoding"] == "br"


@pytest.mark.parametrize(
    "path",
    [
        *(f"/kokkola/en/{path}" for path in KINDS.values()),
        *("/", "/nothing", "/kokkola/brand.css", "/static/web/icon.svg", "/static/nothing.css"),
        *("/sitemap.xml", "/robots.txt", "/healthz", "/staff/sign-in/login/"),
    ],
)
def test_every_answer_carries_the_safety_headers(server, path):
    headers = ask(server.url + path).headers
    policy = dict(
        rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";")
    )

    assert {name: headers.get(name) for name in SAFETY} == SAFETY
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "camera=()" in headers["permissions-policy"]


def test_the_staff_pages_are_kept_by_nobody_and_framed_by_nobody_else(server):
    door = ask(f"{server.url}/staff/")

    assert door.status == 302
    assert "no-store" in door.headers["cache-control"]
    assert door.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("door", ["healthz", "readyz"])
def test_machines_learn_whether_the_service_is_well(server, door):
    answer = ask(f"{server.url}/{door}")

    assert (answer.status, json.loads(answer.text)) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


def test_the_bare_address_leads_to_the_visitors_language(server):
    wishes = {"ar-SA,ar;q=0.9": "ar", "uk": "uk", "sv-FI,fi;q=0.8": "sv", "zz": "fi", "": "fi"}

    led = {wish: ask(f"{server.url}/", accept_language=wish).headers["location"] for wish in wishes}

    assert led == {wish: f"/kokkola/{language}/" for wish, language in wishes.items()}


def test_a_changed_phone_number_is_right_everywhere_within_a_second(server):
    addresses = [f"{server.url}/kokkola/{code}/entries/welcome-office" for code in LANGUAGES]
    was = phone(server)
    new = "+358 50 000 1234"
    assert all(shows(url, was) for url in addresses * 4)

    try:
        changed = phone(server, new)
        time.sleep(max(0.0, float(changed) + 1 - time.time()))
        with ThreadPoolExecutor(4) as pool:
            right = list(
                pool.map(lambda url: shows(url, new) and not shows(url, was), addresses * 8)
            )
    finally:
        phone(server, was)

    assert right.count(False) == 0


def shows(url: str, number: str) -> bool:
    return number in ask(url).text


def phone(server, number: str = "") -> str:
    """The Welcome Office's number; or, when it is changed, the moment of the change."""
    row = "FactValue.objects.filter(fact__key='welcome-office-phone')"
    then = f"{row}.update(value={number!r}); import time; print(time.time())"
    return python(
        server,
        "from satama.databank.models import FactValue",
        then if number else f"print({row}.get().value)",
    ).strip()
