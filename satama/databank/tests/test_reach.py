"""How often entries were opened and found: counted in memory, added to the database, for nobody in
particular."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from satama.databank.models import Entry, Reach
from satama.databank.reach import counting, figures
from satama.databank.reach.counting import Counts, name_of

from . import cast
from .conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def counts() -> Counts:
    """Those of a process whose thread does not begin: the tests write."""
    made = Counts()
    made._begin = lambda: None
    return made


def rows() -> list[tuple]:
    return sorted(Reach.objects.values_list("entry__slug", "language", "day", "opened", "found"))


def test_what_is_counted_is_added_to_the_day(counts):
    pier, ferry = cast.entry("pier"), cast.entry("ferry")
    for _ in range(3):
        counts.opened(name_of(pier.pk, "fi"))
    counts.opened(name_of(pier.pk, "ar"))
    counts.found([pier.pk, ferry.pk], "fi")

    counts.write(NOON)
    counts.opened(name_of(pier.pk, "fi"))
    counts.write(NOON)
    counts.write(NOON)

    assert rows() == [
        ("ferry", "fi", TODAY, 0, 1),
        ("pier", "ar", TODAY, 1, 0),
        ("pier", "fi", TODAY, 4, 1),
    ]


def test_a_day_is_that_of_the_region(counts):
    far = cast.region("far", time_zone="Pacific/Auckland")
    counts.found([cast.entry("pier").pk, cast.entry("quay", region=far).pk], "en")

    counts.write(datetime(2026, 11, 23, 21, 59, tzinfo=UTC))

    assert [row[:3] for row in rows()] == [
        ("pier", "en", date(2026, 11, 23)),
        ("quay", "en", date(2026, 11, 24)),
    ]


def test_an_entry_that_was_deleted_meanwhile_is_forgotten_and_the_others_count(counts):
    pier, ferry = cast.entry("pier", live=False), cast.entry("ferry")
    counts.found([pier.pk, ferry.pk], "en")
    pier.delete()

    counts.write(NOON)

    assert rows() == [("ferry", "en", TODAY, 0, 1)]
    assert counts.counted == {}


def test_what_the_database_does_not_take_is_kept_for_later(counts, monkeypatch):
    pier = name_of(cast.entry("pier").pk, "en")
    counts.opened(pier)
    with monkeypatch.context() as broken:
        broken.setattr(counting, "ADD", "SELECT away")
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before")
        counts.write(NOON)
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO before")
    counts.opened(pier)

    counts.write(NOON)

    assert rows() == [("pier", "en", TODAY, 2, 0)]


def test_many_threads_lose_no_count(counts):
    pier = name_of(cast.entry("pier").pk, "en")

    def read() -> None:
        for _ in range(500):
            counts.opened(pier)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert counts.counted == {pier: [4000, 0]}


@pytest.mark.django_db(transaction=True)
def test_a_thread_writes_now_and_then_and_when_the_process_ends():
    pier = name_of(cast.entry("pier").pk, "en")
    soon, late = Counts(period=0.01), Counts(period=60)
    try:
        soon.opened(pier)
        until = timezone.now() + timedelta(seconds=20)
        while not rows() and timezone.now() < until:
            threading.Event().wait(0.01)
        written = rows()[0][3]
        late.opened(pier)
    finally:
        late._end()
        soon._end()

    assert (written, rows()[0][3]) == (1, 2)
    assert not (late.thread.is_alive() or soon.thread.is_alive())


def test_what_is_older_than_400_days_is_deleted():
    pier = cast.entry("pier")
    for days in (401, 400, 0):
        Reach.objects.create(entry=pier, language="en", day=TODAY - timedelta(days), opened=1)

    assert counting.forget(TODAY) == 1

    assert [row[2] for row in rows()] == [TODAY - timedelta(400), TODAY]


def test_the_command_deletes_them_too(capsys):
    old = timezone.localdate() - timedelta(401)
    Reach.objects.create(entry=cast.entry("pier"), language="en", day=old, found=1)

    call_command("forget-reach")

    assert (Reach.objects.count(), capsys.readouterr().out) == (0, "1 old rows deleted.\n")


def test_an_entrys_page_has_a_name_wherever_it_is_shown(client, ritva):
    cast.region()
    whole = cast.entry("law", region=cast.country())
    page = client.get("/satamala/ar/entries/law")
    code = client.get("/satamala/ar/entries/law/code.svg")
    rehearsed = ritva.get("/satamala/ar/entries/law?on=2027-01-01")

    assert page.headers["X-Page-Counted"] == f"{whole.pk} ar"
    assert "X-Page-Counted" not in code.headers
    assert rehearsed.status_code == 200 and "X-Page-Counted" not in rehearsed.headers


def test_the_figures_are_those_of_the_last_days_by_language():
    pier, ferry, other = (cast.entry(slug) for slug in ("pier", "ferry", "other"))
    for entry, language, days, opened, found in [
        (pier, "fi", 0, 2, 0),
        (pier, "fi", 29, 5, 1),
        (pier, "fi", 30, 100, 100),
        (pier, "ar", 1, 9, 0),
        (ferry, "fi", 3, 0, 4),
        (other, "fi", 0, 1, 1),
    ]:
        day = TODAY - timedelta(days)
        Reach.objects.create(entry=entry, language=language, day=day, opened=opened, found=found)
    both = Entry.objects.exclude(slug="other")

    opened = figures.opened(both, today=TODAY)

    assert opened == {pier.pk: {"ar": 9, "fi": 7}}
    assert figures.found([pier.pk, ferry.pk], today=TODAY) == {
        pier.pk: {"fi": 1},
        ferry.pk: {"fi": 4},
    }
    assert figures.opened([pier.pk], today=TODAY, days=1) == {pier.pk: {"fi": 2}}
    assert figures.total({1: {"fi": 7, "ar": 9}, 2: {"fi": 3}}) == {"fi": 10, "ar": 9}
