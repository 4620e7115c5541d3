"""Counting by windows of the clock; an address stands nowhere."""

import pytest
import time_machine
from django.core.cache import cache

from satama.web.limit import Window, window_key

pytestmark = pytest.mark.django_db
TRIES = Window("tries", 900)


@pytest.fixture(autouse=True)
def clock():
    window_key.cache_clear()
    cache.clear()
    with time_machine.travel("2026-11-20T10:05:00Z", tick=False) as clock:
        yield clock


def test_each_is_counted_for_itself():
    for who in ("one", "one", "other"):
        TRIES.add(who)

    assert [TRIES.count(who) for who in ("one", "other", "nobody")] == [2, 1, 0]


def test_there_is_room_for_so_many_and_more_are_not_counted():
    assert [TRIES.take("one", 2) for _time in range(4)] == [True, True, False, False]
    assert TRIES.count("one") == 2


def test_the_next_window_knows_nothing_of_the_last(clock):
    TRIES.add("one")
    first = window_key("tries-key", 1, 900)
    assert TRIES.wait() == 600

    clock.shift(600)

    assert TRIES.count("one") == 0
    assert window_key("tries-key", 2, 900) != first


def test_two_counts_never_meet():
    TRIES.add("one")
    assert Window("others", 900).count("one") == 0
