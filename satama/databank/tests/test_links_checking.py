"""A round of asking: what is due, politely, by several processes, killed at any moment."""

import threading
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from satama.databank.links import checking
from satama.databank.links.actions import list_links
from satama.databank.links.checking import check
from satama.databank.models import Link, LinkHost

from . import cast
from .misbehaving import Site, status, unless_get

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


class Clock:
    """Time passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = NOON
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, pause: timedelta) -> None:
        self.slept.append(pause.total_seconds())
        self.time += pause


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def here(settings):
    settings.LINKS_MAY_BE_LOOPBACK = True
    settings.LINK_PAUSE = timedelta(seconds=5)


@pytest.fixture
def site():
    with Site() as opened:
        yield opened


def link(address: str, **changes) -> Link:
    """A page shows the address, and it is on the list."""
    cast.fact(f"link-{Link.objects.count()}", "url", address)
    list_links(TODAY, NOON)
    Link.objects.filter(address=address).update(**changes)
    return Link.objects.get(address=address)


def states() -> dict[str, str]:
    return dict(Link.objects.values_list("address", "state"))


def test_a_round_asks_what_is_due_and_writes_down_what_it_heard(site, clock):
    good, gone = site.at("/pier", status(200)), site.at("/gone", status(410))
    link(good), link(gone), link(site.at("/later", status(200)), due=NOON + DAY)

    counted = check(clock=clock)

    assert counted == {"good": 1, "broken": 1}
    assert states() == {good: "good", gone: "broken", f"{site.url}/later": "new"}
    assert site.asked == ["HEAD /pier", "HEAD /gone", "GET /gone"]
    assert Link.objects.get(address=gone).since == TODAY


def test_an_error_is_forgiven_when_it_is_over(site, clock):
    kept = link(site.at("/pier", status(500), status(500), status(200)))

    check(clock=clock)
    clock.time += HOUR
    check(clock=clock)

    kept.refresh_from_db()
    assert (kept.state, kept.failures, kept.said, site.asked) == (
        "good",
        0,
        "200",
        ["HEAD /pier", "GET /pier", "HEAD /pier"],
    )


def test_between_two_requests_to_a_host_there_is_a_pause(site, clock):
    link(site.at("/pier", unless_get(405)))
    link(site.at("/quay", status(302, Location="/pier")))

    check(clock=clock)

    assert site.asked == ["HEAD /pier", "GET /pier", "HEAD /quay", "HEAD /pier", "GET /pier"]
    assert clock.slept == [5.0] * 4


def test_another_host_is_asked_meanwhile(clock):
    with Site("127.0.0.2") as other, Site() as site:
        for name in ("/a", "/b"):
            link(site.at(name, status(200)))
        link(other.at("/c", status(200)))

        check(clock=clock)

        assert (site.asked, other.asked) == (["HEAD /a", "HEAD /b"], ["HEAD /c"])
    asked = list(Link.objects.order_by("asked", "pk").values_list("address", flat=True))
    assert [address[-2:] for address in asked] == ["/a", "/c", "/b"]
    assert clock.slept == [5.0]


def test_a_host_that_wants_to_wait_is_left_for_another_round(site, clock):
    link(site.at("/pier", status(429, Retry_After="7200")))
    link(site.at("/quay", status(200)))

    check(clock=clock)
    clock.time += HOUR
    check(clock=clock)

    assert (site.asked, clock.slept) == (["HEAD /pier"], [])
    clock.time += HOUR
    check(clock=clock)
    assert site.asked[1] in ("HEAD /pier", "HEAD /quay")


def test_a_redirect_to_a_host_that_wants_to_wait_waits_too(clock):
    with Site("127.0.0.2") as busy, Site() as site:
        kept = link(site.at("/pier", status(302, Location=busy.at("/quay", status(200)))))
        LinkHost.objects.create(name="127.0.0.2", free_at=NOON + HOUR)

        counted = check(clock=clock)

        kept.refresh_from_db()
        assert (counted, kept.state, kept.due) == ({}, "new", NOON + HOUR)
        assert busy.asked == []


def test_a_round_may_be_limited(site, clock):
    for name in ("/a", "/b", "/c"):
        link(site.at(name, status(200)))

    assert check(limit=2, clock=clock).total() == 2
    assert site.asked == ["HEAD /a", "HEAD /b"]


def test_a_round_that_was_killed_is_taken_up_again(site, clock, monkeypatch):
    link(site.at("/pier", status(200)))
    link(site.at("/quay", status(200)))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(checking, "ask", killed)
        check(clock=clock)
    first = check(clock=clock)
    clock.time += checking.LINK_TAKEN
    second = check(clock=clock)

    assert (first, second) == ({"good": 1}, {"good": 1})
    assert set(states().values()) == {"good"}


def test_a_host_that_was_taken_when_its_process_was_killed_is_free_again(site, clock):
    link(site.at("/pier", status(200)))
    LinkHost.objects.update(free_at=NOON + checking.HOST_TAKEN)

    assert (check(clock=clock), sum(clock.slept)) == ({"good": 1}, 120.0)


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_ask_each_link_once_and_a_host_one_by_one(settings):
    settings.LINK_PAUSE = timedelta(seconds=0.05)
    times: list[tuple[float, float]] = []
    with Site() as site:

        def slow(handler):
            begun = datetime.now().timestamp()
            site.over.wait(0.02)
            times.append((begun, datetime.now().timestamp()))
            status(200)(handler)

        for number in range(8):
            link(site.at(f"/{number}", slow))
        Link.objects.update(due=timezone.now())
        LinkHost.objects.update(free_at=timezone.now())

        def round_of_its_own() -> None:
            check()
            connection.close()

        rounds = [threading.Thread(target=round_of_its_own) for _ in range(3)]
        for one in rounds:
            one.start()
        for one in rounds:
            one.join()

        assert sorted(site.asked) == [f"HEAD /{number}" for number in range(8)]
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(sorted(times)))
    assert set(states().values()) == {"good"}


def test_the_command_lists_asks_and_says_what_it_did(site, settings, capsys):
    settings.LINK_PAUSE = timedelta(seconds=0)
    cast.fact("pier", "url", site.at("/pier", status(200)))

    call_command("check-links")
    call_command("check-links")
    call_command("check-links", "--all")

    assert capsys.readouterr().out.splitlines() == [
        "Asked 1 links: 1 good. 0 are still to be asked.",
        "Asked 0 links: none. 0 are still to be asked.",
        "Asked 1 links: 1 good. 0 are still to be asked.",
    ]
