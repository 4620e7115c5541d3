"""Who is asked about a thing: its keeper, or those of its organisation, or of its region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from ..models import Member
from ..roles.rights import RIGHTS

if TYPE_CHECKING:  # things are asked of people
    from .register import Thing

DOUBT = "databank.doubt"


class People:
    """Who is active, what they may do, and what they have already said is no longer true."""

    def __init__(self, members: Iterable[Member], keepers: Iterable[int]) -> None:
        self.of: dict[int, list[Member]] = defaultdict(list)
        self.organisations: dict[int | None, set[int]] = defaultdict(set)
        self.roles: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        for member in members:
            self.of[member.user_id].append(member)
            if member.organisation_id:
                self.organisations[member.organisation_id].add(member.user_id)
            else:
                self.roles[member.region_id, member.role].add(member.user_id)
        self.keepers = set(keepers)
        self.everywhere = _everywhere()
        self.doubted: set[tuple[int, str]] = set()

    @classmethod
    def around(cls, things: Iterable[Thing]) -> People:
        """Five queries at most, whatever the things."""
        things = list(things)
        active = get_user_model().objects.filter(is_active=True)
        kept = {thing.row.keeper_id for thing in things if thing.row.keeper_id}
        keepers = active.filter(pk__in=kept).values_list("pk", flat=True)
        people = cls(Member.objects.filter(user__is_active=True), keepers)
        people.doubted = _doubts(things)
        return people

    def asked(self, thing: Thing) -> list[int]:
        """The first of these who may change it and have not said that it is no longer true. Nobody:
        then it stands on the board alone."""
        region = thing.row.region_id
        ranks = [
            {thing.row.keeper_id} & self.keepers,
            self.organisations.get(thing.organisation, set()),
            self.roles.get((region, "editor"), set()),
            self.roles.get((region, "coordinator"), set()),
        ]
        for rank in ranks:
            if found := [pk for pk in sorted(rank) if self._is_to_be_asked(pk, thing)]:
                return found
        return []

    def _is_to_be_asked(self, person: int, thing: Thing) -> bool:
        return (person, thing.key) not in self.doubted and self.may_change(person, thing)

    def may_change(self, person: int, thing: Thing) -> bool:
        """As `roles.scope` says it of one person, for many at once."""
        right = f"databank.change_{thing.noun}"
        return (person, right) in self.everywhere or any(
            right in RIGHTS[member.role]
            and (
                member.region_id == thing.row.region_id
                or (bool(member.organisation_id) and member.organisation_id == thing.organisation)
            )
            for member in self.of.get(person, ())
        )


def _everywhere() -> set[tuple[int, str]]:
    """Rights that hold everywhere: of administrators, of Wagtail's groups, of a person."""
    rights = [f"change_{noun}" for noun in ("entry", "fact", "organisation", "place")]
    users = get_user_model().objects.filter(is_active=True)
    found = {
        (pk, f"databank.{right}")
        for pk in users.filter(is_superuser=True).values_list("pk", flat=True)
        for right in rights
    }
    given = Permission.objects.filter(content_type__app_label="databank", codename__in=rights)
    for right, *who in given.values_list("codename", "user", "group__user"):
        found |= {(pk, f"databank.{right}") for pk in who if pk}
    return found


def _doubts(things: Iterable[Thing]) -> set[tuple[int, str]]:
    """Who said of what that it is no longer true, since it was last found true."""
    open_ones = {thing.key: thing for thing in things if not thing.confirmed}
    if not open_ones:
        return set()
    said: Any = ModelLogEntry.objects.filter(
        action=DOUBT, object_id__in={str(thing.row.pk) for thing in open_ones.values()}
    )
    rows = said.values_list("user_id", "content_type__model", "object_id", "timestamp")
    return {
        (user, key)
        for user, noun, pk, at in rows
        if (key := f"{noun}-{pk}") in open_ones
        and at.date() >= (open_ones[key].checked or date.min)
    }
