"""One address is asked: what a site says is understood, also when it misbehaves."""

from urllib.parse import urlsplit

import pytest

from satama.databank.links import network
from satama.databank.links.asking import Outcome, ask
from satama.databank.links.network import Answer, host_of, is_public, request

from .misbehaving import (
    Site,
    certificate,
    hangs_up,
    says_nonsense,
    slowly,
    status,
    unless_get,
    without_end,
)


@pytest.fixture(autouse=True)
def here(settings):
    settings.LINKS_MAY_BE_LOOPBACK = True


@pytest.fixture
def site():
    with Site() as opened:
        yield opened


def asked(address: str) -> Outcome:
    return ask(address, lambda _host, act: act())


def test_a_good_page_is_asked_once_and_by_head(site):
    address = site.at("/pier?q=1", status(200))

    assert (asked(f"{address}#harbour"), site.asked) == (Outcome("200"), ["HEAD /pier?q=1"])


def test_a_site_is_told_who_asks_and_nothing_else(site):
    asked(site.at("/pier", status(200)).replace("//", "//amina:secret@"))

    assert site.headers == [
        {
            "Host": urlsplit(site.url).netloc,
            "Accept-Encoding": "identity",
            "User-Agent": "Satama link check (+https://satamala.example/)",
            "Accept": "*/*",
            "Connection": "close",
        }
    ]


@pytest.mark.parametrize("code", [403, 404, 405, 500, 501])
def test_what_head_is_refused_get_may_have(site, code):
    address = site.at("/pier", unless_get(code))

    assert (asked(address), site.asked) == (Outcome("200"), ["HEAD /pier", "GET /pier"])


@pytest.mark.parametrize("code", [401, 403, 404, 410, 418, 500, 503])
def test_a_refusal_is_told_by_its_number(site, code):
    assert asked(site.at("/pier", status(code))) == Outcome(str(code))


@pytest.mark.parametrize("code", [429, 503])
def test_a_site_that_wants_to_be_left_alone_is_not_asked_twice(site, code):
    address = site.at("/pier", status(code, Retry_After="60"))

    assert (asked(address), site.asked) == (Outcome(str(code)), ["HEAD /pier"])


def test_a_site_that_hangs_up_on_head_may_answer_get(site):
    address = site.at("/pier", hangs_up, status(200))

    assert asked(address) == Outcome("200")


def test_a_site_that_always_hangs_up(site):
    assert asked(site.at("/pier", hangs_up)) == Outcome("closed")


def test_an_answer_that_is_no_answer(site):
    assert asked(site.at("/pier", says_nonsense)) == Outcome("no-sense")


def test_a_body_without_end_is_not_read(site):
    assert asked(site.at("/pier", without_end(site))) == Outcome("200")


def test_a_site_that_says_nothing_is_left(site, monkeypatch):
    monkeypatch.setattr(network, "QUIET", 0.2)

    assert asked(site.at("/pier", lambda _handler: site.over.wait(5))) == Outcome("timeout")


def test_a_site_that_never_comes_to_an_end_is_left(site, monkeypatch):
    monkeypatch.setattr(network, "DEADLINE", 0.4)

    assert asked(site.at("/pier", slowly(site))) == Outcome("timeout")


def test_nobody_at_home():
    with Site() as gone:
        address = gone.url

    assert asked(address) == Outcome("refused")


def test_a_name_that_does_not_exist():
    assert asked("http://pier.invalid/") == Outcome("no-name")


def test_a_certificate_that_nobody_vouches_for(tmp_path):
    with Site(certificate=certificate(tmp_path)) as site:
        assert (asked(site.at("/pier", status(200))), site.asked) == (Outcome("certificate"), [])


def test_a_redirect_is_followed_to_the_end(site):
    site.at("/quay", status(200))
    address = site.at("/pier", status(302, Location="/quay"))

    assert (asked(address), site.asked) == (Outcome("200"), ["HEAD /pier", "HEAD /quay"])


@pytest.mark.parametrize("code", [301, 308])
def test_a_move_for_good_is_told_as_far_as_it_is_for_good(site, code):
    site.at("/quay", status(302, Location="/tonight"))
    site.at("/tonight", status(200))
    address = site.at("/pier", status(code, Location="quay"))

    assert asked(f"{address}#boats") == Outcome("200", f"{site.url}/quay#boats")


def test_a_move_to_nowhere(site):
    address = site.at("/pier", status(301, Location="/quay"))

    assert asked(address) == Outcome("404", f"{site.url}/quay")


def test_a_circle_is_left(site):
    site.at("/quay", status(302, Location="/pier"))
    address = site.at("/pier", status(302, Location="/quay"))

    assert (asked(address), len(site.asked)) == (Outcome("too-far"), 9)


@pytest.mark.parametrize(
    "location", ["mailto:a@b.example", "http://[", "ftp://quay.example/", "/\x00"]
)
def test_a_redirect_to_what_is_no_web_address(site, location):
    assert asked(site.at("/pier", status(302, Location=location))) == Outcome("no-sense")


@pytest.mark.parametrize(
    "inside",
    [
        "10.0.0.1",
        "192.168.1.1:8080",
        "169.254.169.254/a",
        "[::ffff:10.0.0.1]",
        "[fe80::1]",
        "0.0.0.0",
    ],
)
def test_a_redirect_into_the_own_network_is_not_followed(site, inside):
    assert asked(site.at("/pier", status(301, Location=f"http://{inside}"))).said == "own-network"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_this_machine_is_not_asked(site, settings, name):
    settings.LINKS_MAY_BE_LOOPBACK = False

    address = site.at("/pier", status(200)).replace("127.0.0.1", name)

    assert (asked(address), site.asked) == (Outcome("own-network"), [])


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("193.166.3.2", True),
        ("2001:708::1", True),
        ("64:ff9b::c1a6:302", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("100.64.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_which_numbers_are_public(number, public):
    assert is_public(number) is public


def test_names_and_paths_in_any_script(site):
    assert host_of("https://www.ääkkönen.example/") == "www.xn--kknen-fraa0m.example"

    assert (
        request("HEAD", site.at("/%C3%A4mp%20", status(200)).replace("%C3%A4", "ä")).said == "200"
    )


@pytest.mark.parametrize("address", ["http://[", "http://", "http://a..b/", "ftp://a.example/"])
def test_what_has_no_host_to_ask(address):
    assert host_of(address) == ""


def test_a_line_break_in_an_address_becomes_no_header(site):
    asked(site.url + "/pier\r\nX-Own: 1")

    assert [list(headers) for headers in site.headers if "X-Own" in headers] == []


def test_an_answer_waits_as_long_as_it_says(site):
    address = site.at("/pier", status(429, Retry_After="120"))

    assert request("HEAD", address) == Answer("429", "", "120")
