"""Where a person has a right: everywhere, or in some regions and for some organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model, Q, QuerySet

from satama.databank import models

from .rights import RIGHTS


@dataclass(frozen=True)
class Scope:
    """Primary keys of regions and organisations."""

    everywhere: bool = False
    regions: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.regions or self.organisations)

    def covers(self, row: Model) -> bool:
        if self.everywhere:
            return True
        region, organisation = _where(row)
        return region in self.regions or organisation in self.organisations

    def within(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that it covers."""
        if self.everywhere:
            return rows
        held = Q()
        region, organisation = WHERE[rows.model]
        for path, keys in ((region, self.regions), (organisation, self.organisations)):
            if path and keys:
                held |= Q(**{f"{path}__in": keys})
        return rows.filter(held) if held else rows.none()


# For each noun, the ways to its region and to the organisation whose members may keep it.
WHERE: dict[type[Model], tuple[str, str]] = {
    models.Region: ("id", ""),
    models.Municipality: ("region_id", ""),
    models.Topic: ("region_id", ""),
    models.Redirect: ("region_id", ""),
    models.Organisation: ("region_id", "id"),
    models.Place: ("region_id", "organisation_id"),
    models.Fact: ("region_id", "owner_id"),
    models.Entry: ("region_id", "organisation_id"),
    models.Text: ("entry__region_id", "entry__organisation_id"),
    models.Member: ("region_id", "organisation_id"),
}


def _where(row: Model) -> tuple[int | None, int | None]:
    if isinstance(row, models.Text):
        row = row.entry
    if isinstance(row, models.Member) and row.organisation:
        return row.organisation.region_id, row.organisation_id
    region, organisation = WHERE.get(type(row), ("", ""))
    return tuple(getattr(row, path, None) if path else None for path in (region, organisation))  # type: ignore[return-value]


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


def memberships(user: Any) -> Iterable[models.Member]:
    """Read once for each request: a user lives as long."""
    if not hasattr(user, "_held_memberships"):
        user._held_memberships = list(user.memberships.all())
    return user._held_memberships
