"""The Welcome Office or the library is closed today: every page that shows it says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from satama.databank import hours
from satama.databank.closures import actions
from satama.databank.closures.known import in_words
from satama.databank.models import Closure, Entry

from . import cast
from .test_hours import HELSINKI, OFFICE, at
from .test_roles import person

PAGE = "/staff/closures/"
OFFICE_PAGE = "/satamala/en/entries/welcome-office"


@pytest.fixture(autouse=True)
def clock(settings):
    settings.REGION = "satamala"
    with time_machine.travel("2026-11-20T08:00:00Z", tick=False) as clock:  # Friday, ten o'clock
        yield clock


@pytest.fixture
def office(db) -> Entry:
    """In the town hall, on weekdays from nine to three; by phone as long."""
    cast.region(office="welcome-office")
    week = cast.fact("office-hours", "hours", OFFICE)
    phone = cast.fact("office-phone", "phone", "+358 50 1234567")
    doors = [("place", cast.place(hours=week), week), ("phone", phone, week)]
    return cast.entry("welcome-office", {"en": "Welcome Office"}, doors, kind="office")


def main(path: str):
    return BeautifulSoup(Client().get(path).content, "html.parser").main


def notices(path: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in main(path).select("p.notice.closed")]


def badges(path: str) -> list[str]:
    return [tag.get_text() for tag in main(path).select(".badge")]


@pytest.mark.parametrize("path", [OFFICE_PAGE, "/satamala/en/"])
def test_a_page_that_shows_the_office_says_that_it_is_closed_and_why(office, path):
    cast.closure(entry=office, ends="2026-11-20T11:00Z")

    assert notices(path) == ["Closed now, until 13:00. The adviser is away."]
    assert badges(path)[:2] == ["Opens today at 13:00", "Opens today at 13:00"]


def test_the_phone_answers_while_visits_are_closed(office):
    cast.closure(entry=office, way="place", ends="2026-11-20T22:00Z")

    assert notices(OFFICE_PAGE) == ["Visits: Closed for the rest of today. The adviser is away."]
    assert badges(OFFICE_PAGE) == ["Closed. Opens next: Monday 09:00", "Open now, until 15:00"]


def test_a_place_closes_for_everything_in_it(office):
    hall = office.channels.first().place
    cast.entry("choir", channels=[("place", hall)], kind="group")
    cast.closure(place=hall, because="", reason={"fi": "Vesi poikki.", "en": "No water."})

    said = "Town Hall: Closed for the rest of today. No water."
    assert notices("/satamala/en/entries/choir") == notices(OFFICE_PAGE) == [said]
    assert badges("/satamala/en/entries/choir") == ["Closed. Opens next: Monday 09:00"]


def test_reasons_are_said_in_the_language_of_the_page(office):
    cast.closure(entry=office, because="", reason={"fi": "Vesi poikki."})

    reason = main("/satamala/uk/entries/welcome-office").select_one("p.closed [lang=fi]")

    assert reason.get_text() == "Vesi poikki."


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2026-11-20T04:00Z", "2026-11-20T08:00Z"),  # it has just ended
        ("2026-12-01T04:00Z", "2026-12-01T08:00Z"),  # too far away to worry about
    ],
)
def test_nothing_is_said_before_its_time_or_after_it(office, begins, ends):
    cast.closure(begins, ends, entry=office)

    assert notices(OFFICE_PAGE) == []
    assert badges(OFFICE_PAGE) == ["Open now, until 15:00"] * 2


def test_what_closes_later_today_is_open_until_then(office):
    cast.closure("2026-11-20T10:00Z", "2026-11-20T22:00Z", entry=office)

    assert badges(OFFICE_PAGE) == ["Open now, until 12:00"] * 2
    said = "Closed on Friday, 20 November from 12:00. The adviser is away."
    assert notices(OFFICE_PAGE) == [said]


def test_a_closed_office_is_not_among_what_is_open_now(office):
    hall = cast.place("hall", hours=cast.fact("hall-hours", "hours", OFFICE))
    cast.entry("library", {"en": "Library"}, [("place", hall)], kind="place")
    cast.closure(entry=office)

    found = main("/satamala/en/find?open=on").select("#results h2 a, #results h3 a")

    assert [link.get_text() for link in found] == ["Library"]


MON, TUE = "Monday, 23 November", "Tuesday, 24 November"
WORDS = [
    ("20T08:00", "20T15:00", "Closed now, until 15:00."),
    ("20T08:00", "21T00:00", "Closed for the rest of today."),
    ("20T08:00", "22T00:00", "Closed now, to the end of Saturday, 21 November."),
    ("20T08:00", "23T12:00", f"Closed now, until {MON} 12:00."),
    ("23T00:00", "24T00:00", f"Closed on {MON}."),
    ("23T00:00", "25T00:00", f"Closed from {MON} to {TUE}."),
    ("23T12:00", "23T15:00", f"Closed on {MON} from 12:00 to 15:00."),
    ("23T12:00", "24T00:00", f"Closed on {MON} from 12:00."),
    ("23T12:00", "24T09:00", f"Closed from {MON} 12:00 to {TUE} 09:00."),
    ("23T12:00", "25T00:00", f"Closed from {MON} 12:00 to the end of {TUE}."),
]


@pytest.mark.parametrize(("begins", "ends", "said"), WORDS)
def test_a_closure_in_words(begins, ends, said):
    moment = at("2026-11-20T10:00")

    assert in_words(at(f"2026-11-{begins}"), at(f"2026-11-{ends}"), moment, "en") == said


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(at=moments, begins=st.integers(-2000, 2000), minutes=st.integers(1, 5000))
def test_nothing_is_open_while_it_is_closed_and_the_next_change_is_one(at, begins, minutes):
    moment = at.astimezone(HELSINKI)
    start = moment + timedelta(minutes=begins)
    shut = [(start, start + timedelta(minutes=minutes))]

    state = hours.now(OFFICE, moment, "FI", shut)

    inside = shut[0][0] <= moment < shut[0][1]
    assert state.open == (hours.now(OFFICE, moment, "FI").open and not inside)
    assert hours.now(OFFICE, state.change, "FI", shut).open is not state.open


@pytest.fixture
def ritva(office) -> Client:
    client = Client()
    client.force_login(person("ritva", "editor", region=cast.region()))
    return client


def closes(client: Client, what, **changes):
    said = {"what": f"{what._meta.model_name}-{what.pk}", "until": "today", "because": "away"}
    return client.post(PAGE, {k: v for k, v in (said | changes).items() if v})


def test_an_editor_closes_the_office_for_today_with_one_press(ritva, office):
    assert closes(ritva, office).status_code == 302

    closed = Closure.objects.get()
    assert (closed.entry, closed.region, closed.by.email) == (
        office,
        office.region,
        "ritva@satamala.example",
    )
    assert (closed.begins, closed.ends) == (at("2026-11-20T10:00"), at("2026-11-21T00:00"))
    assert "Closed for the rest of today. The adviser is away." in ritva.get(PAGE).content.decode()


def test_moments_are_those_of_the_region_s_clocks(ritva, office):
    closes(ritva, office, until="moment", begins="2026-11-23T09:00", ends="2026-11-23T12:00")

    closed = Closure.objects.get()
    assert (closed.begins, closed.ends) == (at("2026-11-23T09:00"), at("2026-11-23T12:00"))


REFUSED = [
    ({"until": "moment"}, "Write until when."),
    ({"until": "moment", "ends": "2026-11-20T09:59"}, "It would be over before it begins."),
    (
        {"until": "moment", "ends": "2027-03-01T09:00"},
        "For longer than two months, change the hours",
    ),
    ({"because": ""}, "Say why: people come a long way."),
    ({"reason-en": "<b>No</b>"}, "HTML"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_a_closure_that_is_not_whole_is_refused_with_a_sentence(ritva, office, changes, said):
    answer = closes(ritva, office, **changes)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Closure.objects.exists()


def test_nobody_closes_what_is_of_another_region(ritva):
    theirs = cast.entry("their-office", kind="office", region=cast.region("toinen"))

    assert "Select a valid choice" in closes(ritva, theirs).content.decode()
    assert not Closure.objects.exists()


def test_open_again_at_once(ritva, office):
    closed = cast.closure(entry=office)

    ritva.post(f"{PAGE}{closed.pk}/open/")

    closed.refresh_from_db()
    assert closed.ends == at("2026-11-20T10:00")
    assert badges(OFFICE_PAGE) == ["Open now, until 15:00"] * 2


def test_what_has_not_begun_is_taken_back_whole(office, ritva):
    closed = cast.closure("2026-11-23T06:00Z", "2026-11-23T22:00Z", entry=office)

    ritva.post(f"{PAGE}{closed.pk}/open/")

    assert not Closure.objects.exists()


def test_opening_again_what_has_ended_changes_nothing(office):
    closed = cast.closure("2026-11-19T06:00Z", "2026-11-19T22:00Z", entry=office)
    closed.refresh_from_db()
    before = closed.ends

    actions.open_again(closed, at=at("2026-11-20T10:00"), by=None)

    closed.refresh_from_db()
    assert closed.ends == before


def test_a_look_at_the_page_to_open_again_opens_nothing(ritva, office):
    closed = cast.closure(entry=office)

    assert ritva.get(f"{PAGE}{closed.pk}/open/").status_code == 405


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "2026-11-20T06:00Z"},
        {"entry": None},
        {"because": "bored"},
        {"way": "fax"},
    ],
)
def test_the_database_refuses_a_closure_that_makes_no_sense(office, wrong):
    with pytest.raises(IntegrityError):
        cast.closure(**{"entry": office} | wrong)


def test_a_place_is_closed_whole(office):
    with pytest.raises(IntegrityError):
        cast.closure(place=office.channels.first().place, way="phone")
