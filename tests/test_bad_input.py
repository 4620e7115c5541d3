"""Whatever comes in, nothing breaks, nothing typed is drawn as markup, nothing typed is logged."""

import socket
from contextlib import suppress
from urllib.parse import quote

import pytest

from .visit import ask

pytestmark = pytest.mark.xdist_group("server")

NEEDLE = "hayneedle"  # in everything typed here; it must never be found in the log
HOSTILE = {
    "markup": f"<script>alert('{NEEDLE}')</script>",
    "attribute": f"\"><img src=x onerror=alert('{NEEDLE}')>",
    "template": f"{{{{ {NEEDLE} }}}}{{% load x %}}%({NEEDLE})s",
    "sql": f"{NEEDLE}'; DROP TABLE databank_entry; --",
    "sql union": f"{NEEDLE}' UNION SELECT password FROM accounts_user --",
    "search syntax": f'{NEEDLE} AND (OR) "unclosed [TO *] field:^^ ~2 +- \\',
    "long": f"{NEEDLE} " + "word " * 2_000,
    "one long word": NEEDLE + "a" * 10_000,
    "control": f"{NEEDLE}\x01\x02\x07\x0b\x1b[31m\x7f\x85",
    "nothing": f"{NEEDLE}\x00\x00",
    "lines": f"{NEEDLE}\r\nSet-Cookie: a=b\r\n\r\n<h1>",
    "directions": f"{NEEDLE}\u202e\u2066\ufeff\u200f",
    "planes": f"{NEEDLE} 🧿𝕳𐍈\U0010ffff\ufffe",
    "dots": f"../../../etc/passwd{NEEDLE}",
}
RAW = ["%ff%fe%80", "%c0%ae%c0%ae", "%ed%a0%80", "%", "%zz", "%u0041", "+%00+", "&=&==&", "%0d%0a"]
PARAMETERS = ["q", "topic", "audience", "served", "municipality", "kind", "open", "page", "x"]
PARTS = ["{}/en/", "kokkola/{}/", "kokkola/en/{}", "kokkola/en/entries/{}", "kokkola/en/topics/{}"]
PARTS += ["kokkola/en/organisations/{}", "kokkola/en/entries/{}/code.svg", "{}/brand.css"]
PARTS += ["static/{}", "staff/first/{}/", "staff/{}", "media/{}"]
PAGES = ["", "find", "suggest", "topics", "entries/tax-card", "about", "entries/tax-card/code.svg"]


@pytest.fixture
def home(server) -> str:
    return f"{server.url}/kokkola/en/"


def harmless(answer) -> bool:
    """No fault of ours, and nothing typed stands there as markup."""
    text = answer.body.decode(errors="replace")
    split = "a=b" in answer.headers.get("set-cookie", "")
    return (
        answer.status < 500
        and not split
        and "<script>alert" not in text
        and "<img src=x" not in text
    )


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_parameter_is_only_words(home, hostile, name):
    answer = ask(f"{home}find?{name}={quote(HOSTILE[hostile])}")

    assert harmless(answer)
    assert answer.status == 200
    assert answer.soup.select_one("h1") and answer.soup.select_one("[role=status]")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_question_gets_harmless_suggestions(home, hostile):
    answer = ask(f"{home}suggest?q={quote(HOSTILE[hostile])}")

    assert harmless(answer)
    assert answer.status == 200


@pytest.mark.parametrize("hostile", ["markup", "attribute", "template", "lines"])
def test_what_was_typed_stands_in_the_box_as_it_was_typed(home, hostile):
    page = ask(f"{home}find?q={quote(HOSTILE[hostile])}").soup

    boxes = [tag["value"] for tag in page.select("input[name=q]")]

    assert len(boxes) == 2
    assert all(box.split() == HOSTILE[hostile].split() for box in boxes)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_address_is_a_page_that_is_not_there(server, hostile, part):
    words = quote(HOSTILE[hostile], safe="")

    answer = ask(f"{server.url}/{part.format(words)}")

    assert harmless(answer)
    assert answer.status in (301, 302, 400, 404, 414)


@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_words_break_nothing(server, home, raw):
    answers = [
        ask(f"{home}find?q={raw}"),
        ask(f"{home}find?{raw}={raw}"),
        ask(f"{home}suggest?q={raw}"),
        ask(f"{home}entries/{raw}"),
        ask(f"{server.url}/{raw}/"),
        ask(f"{server.url}/static/{raw}"),
    ]

    assert [answer.status for answer in answers[:3]] == [200, 200, 200]
    assert all(harmless(answer) for answer in answers)


@pytest.mark.parametrize(
    "path",
    ["/atlantis/en/", "/kokkola/xx/", "/kokkola/EN/", "/kokkola/en-GB/", "/finland/xx/topics"]
    + [f"/kokkola/en/{kind}/no-such" for kind in ("entries", "topics", "organisations")]
    + ["/kokkola/en/entries/", "/kokkola/en/entries/tax-card/", "//", "/kokkola//en/", "/.env"],
)
def test_what_is_not_there_gets_a_page_that_helps_on(server, path):
    answer = ask(server.url + path)

    assert answer.status == 404
    assert answer.soup.select_one("form[role=search]")
    assert answer.soup.select_one('meta[name="robots"]')["content"] == "noindex"


@pytest.mark.parametrize(
    "wrong", ["topic=no-such", "kind=xx", "served=xx", "municipality=0", "open=x"]
)
def test_a_filter_that_is_not_on_offer_is_left_out(home, wrong):
    answer = ask(f"{home}find?{wrong}")

    assert answer.status == 200
    assert "public" not in answer.headers["cache-control"] or wrong == "open=x"


@pytest.mark.parametrize(
    "number", ["0", "-1", "99999", "9" * 5_000, "1e9", "٣", "1.5", "", "²", " 2"]
)
def test_a_page_number_that_makes_no_sense_still_shows_answers(home, number):
    answer = ask(f"{home}find?page={quote(number)}")

    assert answer.status == 200
    assert answer.soup.select(".results > li")


def test_a_thousand_parameters_break_nothing(home):
    many = "&".join(f"a{number}={NEEDLE}" for number in range(1_500))

    answers = [ask(f"{home}{page}?{many}") for page in PAGES]

    assert all(answer.status in (200, 400, 414) for answer in answers)


def test_a_parameter_said_many_times_is_taken_once(home):
    answer = ask(f"{home}find?" + "&".join(["q=tax", "topic=tax", "page=1"] * 40))

    assert answer.status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_to_reading(home, page, method):
    answer = ask(home + page, method, NEEDLE.encode(), content_type="text/plain")

    assert answer.status in (403, 405)
    assert ask(home + page).status == 200


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "BREW", "get"])
def test_a_strange_method_breaks_nothing(home, method):
    assert ask(home, method).status < 500


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"login=" + NEEDLE.encode() * 1_000, b"a=1&" * 3_000]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_the_sign_in_survives_any_form(server, body, kind):
    answer = ask(f"{server.url}/staff/sign-in/login/", "POST", body, content_type=kind)

    assert answer.status in (400, 403)


@pytest.mark.parametrize(
    "headers",
    [
        *({"accept_encoding": value} for value in ("br;q=0, *", ";;,", "x" * 3_000, "gzip;q=z")),
        *({"if_none_match": value} for value in ("*", '"', 'W/"x"', "x" * 3_000, "\xff")),
        *({"if_modified_since": value} for value in ("yesterday", "\xff", "0")),
        *({"accept_language": value} for value in ("\xff;q=9", "-", "x," * 1_000, ";q=;")),
        *({"range": value} for value in ("bytes=0-1", "bytes=9-1", "bytes=-", "lines=1-2")),
        *({"cookie": value} for value in ("sessionid=\xff", "=;=;", "sessionid=" + "x" * 2_000)),
        *({"hx_request": "true", "hx_current_url": value} for value in ("\xff", "javascript:1")),
        *({"x_forwarded_proto": "https"}, {"x_forwarded_host": NEEDLE}, {"referer": "\xff"}),
    ],
    ids=lambda headers: "-".join(f"{name}={value[:12]!a}" for name, value in headers.items()),
)
@pytest.mark.parametrize(
    "path", ["kokkola/en/", "kokkola/en/find?q=tax", "static/web/icon.svg", ""]
)
def test_a_broken_header_breaks_nothing(server, path, headers):
    answer = ask(f"{server.url}/{path}", **headers)

    assert answer.status in (200, 206, 302, 304, 400, 416)
    assert NEEDLE not in answer.body.decode(errors="replace")


@pytest.mark.parametrize(
    "host", [f"{NEEDLE}.example", "127.0.0.1:1:1", "a b", "<script>", "", "[::1"]
)
def test_another_host_name_is_refused_or_never_repeated(server, host):
    answers = [
        ask(f"{server.url}/{path}", host=host) for path in ("", "kokkola/en/", "kokkola/en/x")
    ]

    assert all(answer.status < 500 for answer in answers)
    assert not any(
        host and host in answer.body.decode() for answer in answers if answer.status < 400
    )
    assert not any(NEEDLE in str(answer.headers) for answer in answers)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x00\xa5",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n" * 50,
        b"\x00" * 99,
        b"GET /kokkola/en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        b"GET /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % (b"a" * 70_000),
        b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:20]),
)
def test_what_is_no_request_at_all_leaves_the_service_well(server, sent):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.settimeout(5)
        line.sendall(sent)
        said = b""
        with suppress(OSError):  # the server may hang up without a word, or wait for more
            line.shutdown(socket.SHUT_WR)
            said = line.recv(200)

    assert b" 50" not in said.split(b"\r\n")[0]
    assert ask(f"{server.url}/readyz").status == 200


def test_nothing_that_was_typed_is_in_the_log(server):
    typed = f"{NEEDLE}-{'unusual' * 3}"
    for path in (f"kokkola/en/find?q={typed}", f"{typed}/en/", f"kokkola/en/entries/{typed}"):
        ask(f"{server.url}/{path}")
        ask(f"{server.url}/{path}", "POST")

    log = server.log.read_text(errors="replace")

    assert "on a page" in log  # refusals are logged, without their addresses
    assert NEEDLE not in log
    assert "Traceback" not in log
