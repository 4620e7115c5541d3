"""Where a person has a right: everywhere, or in some regions and for some organisations."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import and_
from typing import Any, NamedTuple

from django.contrib.auth.backends import ModelBackend
from django.db.models import F, Model, Q, QuerySet

from satama.databank import models

from ..reading import lineage, regions
from .rights import RIGHTS


@dataclass(frozen=True)
class Scope:
    """Primary keys of regions and organisations."""

    everywhere: bool = False
    regions: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.regions or self.organisations)

    def __and__(self, other: "Scope") -> "Scope":
        """Where both hold."""
        if self.everywhere or other.everywhere:
            return other if self.everywhere else self
        return Scope(
            regions=self.regions & other.regions,
            organisations=self.organisations & other.organisations,
        )

    @property
    def of_regions(self) -> "Scope":
        """Without what holds for single organisations."""
        return replace(self, organisations=frozenset())

    def covers(self, row: Model) -> bool:
        if self.everywhere:
            return True
        where = WHERE.get(type(row), Where(()))
        if any(_along(row, path) in self.regions for path in where.regions):
            return True
        of = _along(row, where.organisation) if self.organisations else None
        return of in self.organisations and _along(row, where.region) == _along(row, where.home)

    def within(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that it covers."""
        if self.everywhere:
            return rows
        where, held = WHERE[rows.model], Q()
        for path in where.regions if self.regions else ():
            held |= Q(**{f"{path}__in": self.regions})
        if self.organisations and where.organisation:
            of = Q(**{f"{where.organisation}__in": self.organisations})
            held |= of & Q(**{where.region: F(where.home)})
        return rows.filter(held) if held else rows.none()


class Where(NamedTuple):
    """The ways from a row to its region; to the organisation whose members may keep it, and to the
    region of that one. Members keep what is in their organisation's own region: what another
    region says of it is that region's."""

    regions: tuple[str, ...]
    organisation: str = ""
    home: str = ""

    @property
    def region(self) -> str:
        return self.regions[-1]


OF_REGION = Where(("region_id",))
WHERE: dict[type[Model], Where] = {
    models.Region: Where(("id",)),
    models.Municipality: OF_REGION,
    models.Topic: OF_REGION,
    models.Redirect: OF_REGION,
    models.Closure: OF_REGION,
    models.Organisation: Where(("region_id",), "id", "region_id"),
    models.Place: Where(("region_id",), "organisation_id", "organisation__region_id"),
    models.Fact: Where(("region_id",), "owner_id", "owner__region_id"),
    models.Entry: Where(("region_id",), "organisation_id", "organisation__region_id"),
    models.Text: Where(
        ("entry__region_id",), "entry__organisation_id", "entry__organisation__region_id"
    ),
    models.Member: Where(
        ("region_id", "organisation__region_id"), "organisation_id", "organisation__region_id"
    ),
}


def _along(row: Any, path: str) -> int | None:
    for name in path.split("__") if path else ():
        row = getattr(row, name, None)
    return row if path else None


def scope(user: Any, right: str) -> Scope:
    """Where a person has a right, such as `databank.change_entry`. Rights that Wagtail's groups
    give hold everywhere, those of a membership in its region or for its organisation."""
    if not user.is_active or user.is_anonymous:
        return Scope()
    if user.is_superuser or ModelBackend().has_perm(user, right):
        return Scope(everywhere=True)
    held = [member for member in memberships(user) if right in RIGHTS[member.role]]
    return Scope(
        regions=frozenset(member.region_id for member in held if member.region_id),
        organisations=frozenset(m.organisation_id for m in held if m.organisation_id),
    )


def regions_with(user: Any, *rights: str) -> Scope:
    """The regions in which a person has all of these rights."""
    return reduce(and_, (scope(user, right).of_regions for right in rights))


def in_sight(user: Any, right: str) -> Scope:
    """The regions in which a person has a right, with those above: what a row there may name."""
    held = scope(user, right).of_regions
    own = (region for region in regions().values() if region.pk in held.regions)
    return replace(held, regions=frozenset(chain.from_iterable(map(lineage, own))))


def memberships(user: Any) -> Iterable[models.Member]:
    """Read once for each request: a user lives as long."""
    if not hasattr(user, "_held_memberships"):
        user._held_memberships = list(user.memberships.all())
    return user._held_memberships
