"""A page that has a name: the page cache tells each opening by a person. Amina, visitor."""

import pytest
from django.http import HttpResponse

from satama.web.pagecache import PageCache
from satama.web.pages import cacheable, counted

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
NAMED = [("X-Page-Params", "-"), ("X-Page-Counted", "pier en")]


class Harbour:
    """A cache in front of one page, and the names of the pages that were opened."""

    def __init__(self, headers, status="200 OK") -> None:
        self.headers, self.status, self.opened = headers, status, []
        self.cache = PageCache(self.app, lambda: 1, self.opened.append)

    def app(self, environ, start):
        start(self.status, [("Content-Type", "text/html"), *self.headers])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else b"The pier"]

    def get(self, query="", method="GET", **headers) -> tuple[str, dict]:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": "/s/en/pier", "QUERY_STRING": query}
        environ |= {"HTTP_USER_AGENT": FIREFOX, **headers}
        said: list = []
        self.cache(environ, lambda *words: said.extend(words))
        return said[0], dict(said[1])


def test_each_opening_is_told_whether_the_page_was_kept_or_not():
    harbour = Harbour(NAMED)

    for _ in range(3):
        harbour.get()

    assert harbour.opened == ["pier en"] * 3


def test_a_page_that_is_the_same_as_before_is_opened_again():
    harbour = Harbour(NAMED)
    _status, headers = harbour.get()

    status, _headers = harbour.get(HTTP_IF_NONE_MATCH=headers["ETag"])

    assert status.startswith("304")
    assert harbour.opened == ["pier en"] * 2


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "HEAD"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"HTTP_USER_AGENT": "SomeCrawler"},
        {"HTTP_USER_AGENT": "WhatsApp Link Preview"},
        {"HTTP_USER_AGENT": "Go-http-client/2.0"},
        {"HTTP_USER_AGENT": ""},
    ],
    ids=lambda asked: "-".join(asked.values()) or "nobody",
)
def test_what_is_no_reading_by_a_person_is_not_told(asked):
    harbour = Harbour(NAMED)

    harbour.get(**asked)
    harbour.get(**asked)

    assert harbour.opened == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (NAMED[:1], "200 OK"),
        (NAMED, "404 Not Found"),
        (NAMED[1:], "200 OK"),
        ([*NAMED, ("Set-Cookie", "a=b")], "200 OK"),
    ],
    ids=["no name", "not there", "not to be kept", "personal"],
)
def test_other_answers_are_not_told(headers, status):
    harbour = Harbour(headers, status)

    harbour.get()
    harbour.get()

    assert harbour.opened == []


def test_a_way_on_that_is_not_kept_is_told_each_time_for_people():
    harbour = Harbour(NAMED[1:], "302 Found")

    harbour.get()
    harbour.get()
    harbour.get(HTTP_USER_AGENT="bot")

    assert harbour.opened == ["pier en", "pier en"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
def test_the_name_never_leaves_the_house(method, status):
    _status, headers = Harbour(NAMED, status).get(method=method)

    assert not {"X-Page-Counted", "X-Page-Params"} & set(headers)


def test_a_response_gets_its_name():
    assert counted(cacheable(HttpResponse()), "pier en").headers["X-Page-Counted"] == "pier en"
