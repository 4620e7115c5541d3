"""What is due, when, and who is asked: Ritva edits, Amina keeps, Kim must not."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from satama.databank.models import Entry, Fact, Member
from satama.databank.upkeep.due import due_on, is_asked, is_past, usual_days
from satama.databank.upkeep.people import People
from satama.databank.upkeep.register import asked_of, due_for, things

from . import cast
from .test_roles import person

TODAY = date(2026, 11, 23)
OLD = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("noun", "kind", "hurts", "days"),
    [
        ("fact", "", True, 90),
        ("fact", "", False, 180),
        ("entry", "event", False, 90),
        ("entry", "opening", False, 90),
        ("entry", "group", False, 180),
        ("entry", "service", False, 365),
        ("organisation", "authority", False, 365),
        ("place", "", False, 365),
    ],
)
def test_every_kind_has_its_usual_days(noun, kind, hurts, days):
    assert usual_days(noun, kind, hurts) == days


def test_days_of_its_own_come_before_the_usual_ones():
    fee = Fact(hurts=True, review_days=30)

    assert due_on(fee, date(2026, 11, 1)) == date(2026, 12, 1)
    assert due_on(Entry(kind="guide"), date(2026, 11, 1)) == date(2027, 11, 1)
    assert due_on(Entry(kind="guide"), None) is None


def test_a_thing_is_asked_about_two_weeks_before_its_date_and_past_a_day_after_it():
    due = date(2026, 12, 1)

    assert [is_asked(due, date(2026, 11, day)) for day in (16, 17)] == [False, True]
    assert [is_past(due, date(2026, 12, day)) for day in (1, 2)] == [False, True]
    assert (is_asked(None, TODAY), is_past(None, TODAY)) == (True, True)


@pytest.fixture
def choir(db):
    return cast.organisation("choir", checked=TODAY)


def asked(row) -> list[str]:
    """Who is asked about a row, by the first part of their addresses."""
    (thing,) = [thing for thing in things(TODAY) if thing.row == row]
    users = get_user_model().objects.in_bulk(People.around([thing]).asked(thing))
    return [user.email.split("@")[0] for user in users.values()]


def test_a_keeper_is_asked_before_all_others(choir):
    keeper = person("amina", "writer", organisation=choir)
    person("oleh", "owner", organisation=choir)
    entry = cast.entry("singing", organisation=choir, keeper=keeper, checked=OLD)

    assert asked(entry) == ["amina"]


def test_without_a_keeper_the_members_of_the_organisation_are_asked(choir):
    person("amina", "writer", organisation=choir)
    person("oleh", "owner", organisation=choir)
    person("ritva", "editor", region=cast.region())

    assert asked(cast.entry("singing", organisation=choir, checked=OLD)) == ["amina", "oleh"]
    assert asked(cast.fact("phone", "phone", "112", owner=choir)) == ["amina", "oleh"]
    assert asked(choir) == ["oleh"]  # a writer may not change it


def test_a_keeper_who_has_left_is_asked_no_more(choir):
    gone = person("kim", "writer", organisation=choir)
    entry = cast.entry("singing", organisation=choir, keeper=gone, checked=OLD)
    gone.is_active = False
    gone.save()
    person("ritva", "editor", region=cast.region())

    assert asked(entry) == ["ritva"]


def test_a_keeper_who_may_no_longer_change_it_is_not_asked(choir):
    keeper = person("kim", "writer", organisation=choir)
    entry = cast.entry("singing", organisation=choir, keeper=keeper, checked=OLD)
    Member.objects.filter(user=keeper).delete()
    person("saara", "coordinator", region=cast.region())

    assert asked(entry) == ["saara"]


def test_editors_are_asked_before_coordinators_each_in_their_region(choir):
    person("saara", "coordinator", region=cast.region())
    person("kim", "editor", region=cast.region("toinen"))
    entry = cast.entry("singing", checked=OLD)
    assert asked(entry) == ["saara"]

    person("ritva", "editor", region=cast.region())
    assert asked(entry) == ["ritva"]


def test_what_nobody_keeps_stands_on_the_board(choir):
    singing = cast.entry("singing", checked=OLD)
    cast.entry("tax", checked=TODAY)
    fee = cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD), hurts=True)

    past = [thing for thing in things(TODAY) if thing.is_past(TODAY)]
    assert [(one.key, one.is_hidden(TODAY)) for one in past] == [
        (f"fact-{fee.pk}", True),
        (f"entry-{singing.pk}", False),
    ]
    assert asked_of(past, TODAY) == {}


def test_what_has_ended_or_has_not_begun_is_nobodys_work(choir):
    ritva = person("ritva", "editor", region=cast.region())
    cast.entry("ended", status="ended", checked=OLD)
    cast.entry("past", valid_until=OLD, checked=OLD)
    cast.entry("later", valid_from=date(2027, 1, 1), checked=OLD)
    cast.entry("draft", live=False, checked=OLD)
    cast.fact("fee", "money", cast.dated("5 EUR", until="2026-01-01", checked=OLD))
    cast.place(checked=OLD, valid_until=OLD)

    assert due_for(ritva, TODAY) == []


def test_all_that_is_due_is_read_with_as_many_queries_for_many_as_for_one(
    choir, django_assert_num_queries
):
    ritva = person("ritva", "editor", region=cast.region())

    def read() -> int:
        fresh = get_user_model().objects.get(pk=ritva.pk)
        with django_assert_num_queries(12):
            return len(due_for(fresh, TODAY))

    def more(number: int) -> None:
        cast.entry(f"entry-{number}", checked=OLD, keeper=ritva, confirmed=False)
        cast.fact(f"fact-{number}", "money", cast.dated("5 EUR", checked=OLD))
        cast.place(f"place-{number}")

    more(0)
    assert read() == 3
    for number in range(1, 30):
        more(number)
    assert read() == 90


def test_each_person_has_a_list_of_their_own(choir):
    amina = person("amina", "writer", organisation=choir)
    ritva = person("ritva", "editor", region=cast.region())
    singing = cast.entry("singing", organisation=choir, checked=OLD)
    tax = cast.entry("tax", checked=OLD)

    found = asked_of(things(TODAY), TODAY)

    assert {pk: [thing.row for thing in those] for pk, those in found.items()} == {
        amina.pk: [singing],
        ritva.pk: [tax],
    }
