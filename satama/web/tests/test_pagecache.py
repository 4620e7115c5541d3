"""The page cache in front of an app that counts how often it is asked. Amina and Oleh, visitors."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from satama.web import pagecache
from satama.web.pagecache import LIFE, PageCache

PAGE = "The harbour is open. " * 30
KEPT = [("Content-Type", "text/html; charset=utf-8"), ("X-Page-Params", "topic,page")]


class App:
    """Answers each request with a page that names its address, and counts."""

    def __init__(self, headers=KEPT, status="200 OK", page=PAGE) -> None:
        self.headers, self.status, self.page = headers, status, page
        self.asked: list[str] = []

    def __call__(self, environ, start):
        address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        self.asked.append(address)
        start(self.status, [*self.headers, ("Content-Length", "1")])
        return [address.encode(), b" ", self.page.encode()]


class Harbour:
    """A cache in front of an app, at a content version and a time."""

    def __init__(self, monkeypatch, app: App | None = None) -> None:
        self.app, self.version, self.time = app or App(), 1, 1000.0
        self.cache = PageCache(self.app, lambda: self.version)
        monkeypatch.setattr(pagecache.time, "monotonic", lambda: self.time)

    def get(self, address="/satamala/en/find", method="GET", **headers):
        """(status, headers, body) of an answer."""
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        for name, value in headers.items():
            environ[f"HTTP_{name.upper()}"] = value
        said = []
        body = b"".join(self.cache(environ, lambda *words: said.extend(words)))
        return said[0], dict(said[1]), body


@pytest.fixture
def harbour(monkeypatch):
    return Harbour(monkeypatch)


def test_a_page_is_asked_for_once(harbour):
    first, second = harbour.get(), harbour.get()

    assert first == second
    assert harbour.app.asked == ["/satamala/en/find?"]


def test_a_kept_page_says_how_long_it_holds_and_not_what_it_depends_on(harbour):
    harbour.get()
    status, headers, body = harbour.get()

    assert (status, body.decode()) == ("200 OK", f"/satamala/en/find? {PAGE}")
    assert headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "ETag": headers["ETag"],
        "Content-Length": str(len(body)),
    }


def test_another_version_is_another_page(harbour):
    harbour.get()
    harbour.version = 2
    harbour.get()
    harbour.get()

    assert len(harbour.app.asked) == 2


def test_a_change_while_a_page_is_made_is_seen_by_the_next(harbour):
    # What was read before the change may not be kept for the version after it.
    make = harbour.cache.app

    def changed_meanwhile(environ, start):
        harbour.version = 2
        return make(environ, start)

    harbour.cache.app = changed_meanwhile
    harbour.get()
    harbour.get()

    assert len(harbour.app.asked) == 2


def test_a_page_lives_for_its_time(harbour):
    harbour.get()
    harbour.time += LIFE - 0.1
    harbour.get()
    assert len(harbour.app.asked) == 1

    harbour.time += 0.1
    harbour.get()
    assert len(harbour.app.asked) == 2


def test_declared_parameters_make_pages_in_any_order(harbour):
    for query in ["topic=tax&page=2", "page=2&topic=tax", "topic=tax&page=1", "topic=tax&page=2"]:
        harbour.get(f"/find?{query}")

    assert harbour.app.asked == ["/find?topic=tax&page=2", "/find?topic=tax&page=1"]


def test_the_first_page_with_parameters_is_kept_too(harbour):
    harbour.get("/find?topic=tax")
    harbour.get("/find?topic=tax")

    assert harbour.app.asked == ["/find?topic=tax"]


def test_unknown_parameters_share_a_page(harbour):
    harbour.get("/find")
    for query in ["utm_source=mail", "fbclid=1&x=2", "topic=", "&&"]:
        assert harbour.get(f"/find?{query}")[2].startswith(b"/find? ")

    assert harbour.app.asked == ["/find?"]


def test_the_last_of_a_repeated_parameter_counts(harbour):
    harbour.get("/find?topic=tax&topic=bank")

    assert harbour.get("/find?topic=bank")[2].startswith(b"/find?topic=tax&topic=bank ")
    assert harbour.get("/find?topic=tax")[2].startswith(b"/find?topic=tax ")


def test_a_parameter_that_is_emptied_counts_as_none(harbour):
    harbour.get("/satamala/en/find")
    harbour.get("/satamala/en/find?topic=tax&topic=")
    harbour.get("/satamala/en/find?topic=tax")

    assert harbour.app.asked == ["/satamala/en/find?", "/satamala/en/find?topic=tax"]


def test_values_never_run_together(harbour):
    harbour.get("/find?topic=a%26page%3D2")
    harbour.get("/find?topic=a&page=2")

    assert len(harbour.app.asked) == 2


def test_too_many_parameters_are_passed_on_and_spoil_no_page(harbour):
    many = "&".join(["x=1"] * 60)
    harbour.get("/find")
    harbour.get(f"/find?topic=tax&{many}")

    assert harbour.get("/find")[2].startswith(b"/find? ")
    assert len(harbour.app.asked) == 2


def test_another_day_is_never_kept(harbour):
    harbour.get("/find")
    for _ in range(2):
        harbour.get("/find?on=2027-01-01")
    harbour.get("/find?topic=tax&on=2027-01-01")
    harbour.get("/find?topic=tax")

    assert len(harbour.app.asked) == 5


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_what_is_no_reading_passes_and_is_not_kept(harbour, method):
    harbour.get(method=method)
    harbour.get(method=method)
    harbour.get()

    assert len(harbour.app.asked) == 3


def test_parts_for_htmx_pass_and_are_not_kept(harbour):
    harbour.get(hx_request="true")
    harbour.get(hx_request="true")
    harbour.get()
    harbour.get(hx_request="true")

    assert len(harbour.app.asked) == 4


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "302 Found"])
def test_errors_and_redirects_are_never_kept(monkeypatch, status):
    harbour = Harbour(monkeypatch, App(status=status))

    answers = [harbour.get(), harbour.get()]

    assert len(harbour.app.asked) == 2
    assert all("ETag" not in headers for _, headers, _ in answers)
    assert all("X-Page-Params" not in headers for _, headers, _ in answers)


def test_a_page_that_does_not_say_so_is_not_kept(monkeypatch):
    harbour = Harbour(monkeypatch, App(headers=[("Content-Type", "text/html")]))

    harbour.get()
    _, headers, _ = harbour.get()

    assert len(harbour.app.asked) == 2
    assert "Cache-Control" not in headers


def test_a_page_that_sets_a_cookie_is_not_kept(monkeypatch):
    harbour = Harbour(monkeypatch, App(headers=[*KEPT, ("Set-Cookie", "sessionid=amina")]))

    harbour.get()
    _, headers, _ = harbour.get()

    assert len(harbour.app.asked) == 2
    assert headers["Set-Cookie"] == "sessionid=amina"
    assert "Cache-Control" not in headers


def test_cookies_and_other_headers_make_no_difference(harbour):
    amina = harbour.get(cookie="sessionid=amina", accept_language="ar", host="a.example")
    oleh = harbour.get(cookie="sessionid=oleh", accept_language="uk", host="b.example")

    assert amina == oleh
    assert len(harbour.app.asked) == 1


def test_the_oldest_pages_leave_when_the_room_is_full(monkeypatch):
    harbour = Harbour(monkeypatch, App(page="x" * 1000))
    monkeypatch.setattr(pagecache, "ROOM", 25_000)

    for number in range(100):
        harbour.get(f"/{number}")

    assert harbour.cache.size <= 25_000
    assert harbour.cache.size == sum(2 * len(k.plain.body) for k in harbour.cache.pages.values())
    assert [path for path, _ in harbour.cache.pages] == [f"/{number}" for number in range(88, 100)]


def test_a_page_larger_than_the_room_is_answered(monkeypatch):
    harbour = Harbour(monkeypatch)
    monkeypatch.setattr(pagecache, "ROOM", 10)

    assert harbour.get()[0] == "200 OK"
    assert (harbour.cache.size, len(harbour.cache.pages)) == (0, 0)


@pytest.mark.parametrize(
    ("accepted", "coding", "read"),
    [
        ("br", "br", brotli.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
@pytest.mark.parametrize("headers", [KEPT, KEPT[:1]], ids=["kept", "passed"])
def test_a_page_in_every_encoding(monkeypatch, headers, accepted, coding, read):
    harbour = Harbour(monkeypatch, App(headers=headers))

    _, headers, body = harbour.get(accept_encoding=accepted)

    assert read(body).decode() == f"/satamala/en/find? {PAGE}"
    assert headers.get("Content-Encoding") == coding
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"


def test_one_kept_page_serves_all_encodings(harbour):
    tags = {harbour.get(accept_encoding=name)[1]["ETag"] for name in ("br", "gzip", "")}

    assert len(tags) == 3
    assert len(harbour.app.asked) == 1


@pytest.mark.parametrize(
    ("type", "page"),
    [("image/png", PAGE), ("text/html", "short"), ("font/woff2", PAGE)],
)
def test_what_gains_nothing_is_not_compressed(monkeypatch, type, page):
    harbour = Harbour(monkeypatch, App(headers=[("Content-Type", type)], page=page))

    _, headers, _ = harbour.get(accept_encoding="br")

    assert "Content-Encoding" not in headers


def test_what_is_compressed_already_stays(monkeypatch):
    packed = [("Content-Type", "text/css"), ("Content-Encoding", "gzip"), ("ETag", '"own"')]
    harbour = Harbour(monkeypatch, App(headers=packed))

    _, headers, body = harbour.get(accept_encoding="br")

    assert (headers["Content-Encoding"], headers["ETag"]) == ("gzip", '"own"')
    assert body.decode().endswith(PAGE)


def test_vary_keeps_what_the_page_said(monkeypatch):
    harbour = Harbour(monkeypatch, App(headers=[*KEPT, ("Vary", "HX-Request")]))

    assert harbour.get()[1]["Vary"] == "HX-Request, Accept-Encoding"


def test_who_has_the_page_gets_no_second_copy(harbour):
    tag = harbour.get()[1]["ETag"]

    status, headers, body = harbour.get(if_none_match=f'"old", W/{tag}')

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == tag
    assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(headers)


def test_who_has_an_older_page_gets_the_new(harbour):
    tag = harbour.get()[1]["ETag"]
    harbour.version, harbour.app.page = 2, PAGE + "!"

    status, headers, _ = harbour.get(if_none_match=tag)

    assert status == "200 OK"
    assert headers["ETag"] != tag


def test_a_tag_of_another_encoding_is_another_tag(harbour):
    tag = harbour.get(accept_encoding="br")[1]["ETag"]

    assert harbour.get(if_none_match=tag)[0] == "200 OK"


def test_the_head_alone_has_the_length_and_no_body(harbour):
    full = harbour.get()

    status, headers, body = harbour.get(method="HEAD")

    assert (status, headers, body) == (full[0], full[1], b"")
    assert len(harbour.app.asked) == 1


def test_the_head_first_keeps_the_whole_page(harbour):
    assert harbour.get(method="HEAD")[2] == b""

    assert harbour.get()[2].decode() == f"/satamala/en/find? {PAGE}"
    assert len(harbour.app.asked) == 1


def test_the_answer_is_closed(monkeypatch):
    closed = []

    class Closing(list):
        def close(self):
            closed.append(True)

    def app(environ, start):
        start("200 OK", KEPT)
        return Closing([b"page"])

    harbour = Harbour(monkeypatch)
    harbour.cache.app = app

    harbour.get()

    assert closed == [True]


def test_threads_never_get_each_other_s_pages(monkeypatch):
    harbour = Harbour(monkeypatch)
    monkeypatch.setattr(pagecache, "ROOM", 20_000)
    begin = threading.Barrier(8)

    def hammer(worker: int) -> list[str]:
        begin.wait()
        wrong = []
        for number in range(400):
            if number % 50 == 0:
                harbour.version += 1
            address = f"/{(number * (worker + 1)) % 23}?topic={number % 3}"
            body = harbour.get(address, accept_encoding="")[2].decode()
            if not body.startswith(f"{address} "):
                wrong.append(f"{address}: {body[:40]}")
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert [fault for wrong in pool.map(hammer, range(8)) for fault in wrong] == []
    assert harbour.cache.size == sum(2 * len(k.plain.body) for k in harbour.cache.pages.values())
