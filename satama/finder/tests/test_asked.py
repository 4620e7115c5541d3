"""Amina and Oleh look for things; what they typed is kept only when many type the same."""

import logging
import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from satama.databank import version
from satama.databank.tests import cast
from satama.finder import asked
from satama.finder.models import Asked

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def satamala():
    return cast.region()


def day(before: int) -> date:
    return TODAY - timedelta(days=before)


def ask(words: str, times: int = 1, on: date = TODAY, language: str = "en", **more):
    """The row of the last asking."""
    told = {"results": 3, "confident": True} | more
    rows = [asked.count(cast.region().pk, language, words, on=on, **told) for _ in range(times)]
    return rows[-1]


def clear() -> dict[str, int]:
    """What can be read, and how often it was asked."""
    return {row.text: row.asked for row in Asked.objects.exclude(text="").order_by("day")}


def everything_kept() -> str:
    """Every column of every row, as the database writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM finder_asked a")
        return cursor.fetchone()[0] or ""


def test_the_fourth_asking_is_not_in_clear(satamala):
    ask("rent a boat", times=4)

    row = Asked.objects.get()
    assert (row.asked, row.text, len(row.hash)) == (4, "", 64)
    assert "boat" not in everything_kept()


def test_the_fifth_asking_is_in_clear(satamala):
    ask("rent a boat", times=5)

    row = Asked.objects.get()
    assert (row.asked, row.text, row.hash) == (5, "rent a boat", "")


def test_the_fifth_asking_may_come_on_the_thirtieth_day(satamala):
    for before in (29, 20, 10, 1, 0):
        ask("rent a boat", on=day(before))

    kept = Asked.objects.order_by("day").values_list("day", "text", "hash", "asked")
    assert list(kept) == [(day(before), "rent a boat", "", 1) for before in (29, 20, 10, 1, 0)]


def test_an_asking_31_days_ago_does_not_count(satamala):
    ask("rent a boat", on=day(30))
    ask("rent a boat", times=4)

    assert clear() == {}


def test_what_is_known_stays_in_clear_on_the_next_day(satamala):
    ask("rent a boat", times=5, on=day(1))
    ask("rent a boat")

    assert Asked.objects.get(day=TODAY).text == "rent a boat"


@pytest.mark.parametrize("other", ["fi", "kala"])
def test_askings_elsewhere_do_not_count_together(satamala, other):
    ask("rent a boat", times=4)
    if other == "fi":
        ask("rent a boat", times=4, language="fi")
    else:
        asked.count(
            cast.region("kala").pk, "en", "rent a boat", results=1, confident=True, on=TODAY
        )

    assert clear() == {}
    assert Asked.objects.count() == 2


def test_marks_capitals_and_blanks_make_no_other_text(satamala):
    for words in ("Päiväkoti?", " päiväkoti", "PÄIVÄKOTI!", "päi\u200bväkoti", "«päiväkoti»"):
        ask(words)

    assert clear() == {"päiväkoti": 5}


def test_a_long_text_is_cut_at_80_characters(satamala):
    ask("boats " * 200, times=5)

    assert clear() == {("boats " * 14)[:80].strip(): 5}


@pytest.mark.parametrize("words", ["", "   ", "?!", "\x00", "\ud800"])
def test_nothing_is_no_question(satamala, words):
    ask(words)

    assert not Asked.objects.exists()


def test_the_last_asking_says_what_was_found(satamala):
    ask("rent a boat", times=5, results=2, confident=True)
    ask("rent a boat", results=0, confident=False)

    row = Asked.objects.get()
    assert (row.asked, row.results, row.confident) == (6, 0, False)


PERSONAL = (
    """
Matti Virtanen|matti virtanen|where is Farhad Noori|Noori, Farhad|call gustafsson|олег шевченко
звоните шевченко|my name is zubaida|мене звати зоряна|اسمي زبيدة|اتصل محمد|我叫小明|flat 123
permit of 2026|bus ١٢٣|04 41 23 45 67|+358 40 123 4567|010190-123A|010190A123|112 34 56 78
FI21 1234 5600 0007 85|amina@example.com|amina＠example.com|amina(at)example.com
amina at example dot com""".strip()
    .replace("\n", "|")
    .split("|")
)
PERSONAL += ["1\u200b2\u200b3", "a" * 90 + " 040 1234567"]


@pytest.mark.parametrize("words", PERSONAL)
def test_what_looks_personal_is_counted_without_words(satamala, words):
    ask(words, times=6)

    row = Asked.objects.get()
    assert (row.text, row.hash, row.asked, row.results, row.day) == ("", "", 6, 3, TODAY)


def test_all_that_looks_personal_on_a_day_is_one_number(satamala):
    ask("rent a boat", times=5)
    for words in PERSONAL:
        ask(words)

    assert Asked.objects.get(text="", hash="").asked == len(PERSONAL)
    assert clear() == {"rent a boat": 5}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        *((words, "en") for words in ("112", "call 112 or 116117", "day care for 2 children")),
        *((words, "en") for words in ("open 8-16", "TE office", "swimming lesson")),
        *((words, "fi") for words in ("116117", "116 117 lääkäri", "taideopetus lapsille")),
        ("Does Kela pay the doctor", "en"),
        ("Kindergarten Anmeldung", "de"),
        ("дитячий садок", "uk"),
        *((words, "ar") for words in ("١١٢", "طبيب اليوم")),
    ],
)
def test_everyday_questions_do_not_look_personal(words, language):
    assert not asked.looks_personal(words, language)


def test_what_is_rare_again_is_forgotten(satamala):
    ask("day care", times=5)
    ask("rent a boat", times=5, on=day(30))
    ask("rent a boat", times=2, on=day(3))
    assert clear() == {"day care": 5, "rent a boat": 2}

    forgotten = asked.forget(TODAY)

    assert forgotten == (0, 1)
    assert clear() == {"day care": 5}
    assert "boat" not in everything_kept()
    assert [row.asked for row in Asked.objects.exclude(hash="").order_by("day")] == [5, 2]


def test_what_was_forgotten_comes_back_when_it_is_asked_again(satamala):
    ask("rent a boat", times=5, on=day(30))
    asked.forget(TODAY)
    ask("rent a boat", times=5)

    kept = Asked.objects.order_by("day").values_list("text", "asked")
    assert list(kept) == [("", 5), ("rent a boat", 5)]


def test_forgetting_joins_with_what_is_hashed_already(satamala):
    ask("rent a boat", times=2, on=day(40))
    hashed = Asked.objects.get().hash
    row = {"region": satamala, "language": "en", "day": day(40), "results": 3}
    Asked.objects.create(text="rent a boat", asked=5, opened=4, **row)

    asked.forget(TODAY)

    row = Asked.objects.get()
    assert (row.text, row.hash, row.asked, row.opened) == ("", hashed, 7, 4)


def test_nothing_is_older_than_400_days(satamala):
    ask("rent a boat", times=5, on=day(401))
    ask("matti virtanen", on=day(401))
    ask("rent a boat", on=day(400))

    forgotten = asked.forget(TODAY)

    assert forgotten.deleted == 2
    assert [row.day for row in Asked.objects.all()] == [day(400)]


def test_staff_forget_by_command(satamala, capsys):
    long_ago = date.today() - timedelta(days=401)
    ask("rent a boat", times=5, on=long_ago)
    ask("day care", times=5, on=date.today() - timedelta(days=200))

    call_command("forget-asked")

    assert capsys.readouterr().out == "1 texts hashed again, 1 old rows deleted.\n"


def test_what_is_opened_is_counted_with_the_text(satamala):
    rows = [ask("rent a boat", times=5), ask("matti virtanen")]
    for row in (*rows, 10**15):
        asked.opened(row, on=TODAY)

    opened = {(row.text, row.asked, row.opened) for row in Asked.objects.all()}
    assert opened == {("rent a boat", 5, 1), ("", 1, 1)}


def test_what_is_opened_early_comes_along_into_the_clear(satamala):
    asked.opened(ask("rent a boat", times=4, on=day(1)), on=day(1))
    ask("rent a boat")

    assert list(Asked.objects.order_by("day").values_list("text", "asked", "opened")) == [
        ("rent a boat", 4, 1),
        ("rent a boat", 1, 0),
    ]


def test_what_was_asked_the_day_before_yesterday_is_opened_no_more(satamala):
    row = ask("rent a boat", on=day(2))

    asked.opened(row, on=TODAY)

    assert Asked.objects.get().opened == 0


def test_nobody_opens_more_often_than_was_asked(satamala):
    row = ask("rent a boat", times=2)
    for _time in range(5):
        asked.opened(row, on=TODAY)

    assert Asked.objects.get().opened == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "boat", "hash": "a" * 64},
        {"hash": "rent a boat"},
        {"text": "boat", "asked": 0},
        {"text": "boat", "asked": 1, "opened": 2},
        {"text": "boat", "opened": -1},
        {"text": "boat", "results": -1},
    ],
)
def test_the_database_refuses(satamala, changes):
    fields = {"region": satamala, "language": "en", "day": TODAY, "asked": 3} | changes

    with pytest.raises(IntegrityError), transaction.atomic():
        Asked.objects.create(**fields)


def test_the_database_refuses_a_second_row(satamala):
    fields = {"region": satamala, "language": "en", "day": TODAY, "asked": 3, "text": "boat"}
    Asked.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Asked.objects.create(**fields)


def test_a_broken_count_harms_nobody_and_says_no_words(satamala, caplog):
    with caplog.at_level(logging.WARNING):
        asked.count(satamala.pk, "x" * 13, "rent a boat", results=1, confident=True, on=TODAY)

    assert caplog.messages == ["A question was not counted: DataError"]
    assert "boat" not in caplog.text
    ask("day care", times=5)
    assert clear() == {"day care": 5}


def test_counting_changes_no_content(satamala):
    with connection.cursor() as cursor:  # the region was made in this transaction
        cursor.execute("UPDATE databank_contentversion SET version = 1")

    asked.opened(ask("rent a boat", times=6), on=TODAY)
    asked.forget(TODAY)

    assert version.read() == 1


def together(act, times: int) -> None:
    """The act in as many threads, each with a connection of its own, all at once."""
    ready = threading.Barrier(times)

    def run() -> None:
        connection.ensure_connection()
        ready.wait()
        act()
        connection.close()

    threads = [threading.Thread(target=run) for _time in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted_once(satamala):
    ask("rent a boat", times=2, on=day(2))
    ask("rent a boat", times=1, on=day(1))

    together(lambda: ask("rent a boat", times=5), times=6)

    assert sum(row.asked for row in Asked.objects.all()) == 33
    ask("rent a boat")
    assert clear() == {"rent a boat": 31}
    assert Asked.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_does_not_hold_up_a_search(satamala, caplog):
    ask("rent a boat")

    with transaction.atomic():
        Asked.objects.select_for_update().get()
        with caplog.at_level(logging.WARNING):
            together(lambda: ask("rent a boat"), times=1)

    assert caplog.messages == ["A question was not counted: OperationalError"]
    assert Asked.objects.get().asked == 1


@pytest.mark.django_db(transaction=True)
def test_the_server_is_told_the_words_apart_from_the_statement(satamala):
    """Its log of failed statements, and its list of running ones, show no words."""
    shown = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT query FROM pg_stat_activity "
                "WHERE query LIKE '%WITH known%' AND datname = current_database()"
            )
            shown.extend(query for (query,) in cursor.fetchall() if "pg_stat" not in query)

    ask("rent a boat", times=2)
    together(look, times=1)

    assert len(shown) == 1
    assert "boat" not in shown[0]
