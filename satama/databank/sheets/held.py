"""What the databank holds of a region, of those above it and of those below it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from satama.databank.models import Redirect, Region
from satama.databank.packs.reading import Item
from satama.databank.packs.records import MODELS, Names, all_names, key_of, records_of
from satama.databank.packs.shapes import Record

Key = tuple[str, str]


@dataclass
class Held:
    """Rows and records of a region by kind and slug, with those of the regions around it.

    `lineages` has the region and each below it: itself, and the regions whose content it sees.
    """

    region: Region
    names: Names
    lineages: dict[int, list[int]]
    shelves: dict[int, dict[Key, Item]] = field(default_factory=dict)
    rows: dict[Key, Any] = field(default_factory=dict)
    pks: dict[str, dict[str, int]] = field(default_factory=lambda: {kind: {} for kind in MODELS})

    def record(self, kind: str, slug: str) -> Record | None:
        item = self.shelves[self.region.pk].get((kind, slug))
        return item.record if item else None

    def own(self, kind: str) -> list[Item]:
        return [item for (of, _), item in self.shelves[self.region.pk].items() if of == kind]

    def is_draft(self, kind: str, slug: str) -> bool:
        """Whether publishing will bring back what the row says otherwise today."""
        return getattr(self.rows.get((kind, slug)), "has_unpublished_changes", False)

    @property
    def file(self) -> str:
        """What the records of the region give as their file."""
        return self.region.slug

    def known(self, region: int) -> dict[Key, Item]:
        """All that a record of a region may name."""
        return {key: item for pk in self.lineages[region] for key, item in self.shelves[pk].items()}

    def elsewhere(self, kind: str, slug: str) -> str:
        """The file of a record with this slug in another region of the tree; or nothing."""
        others = (shelf for pk, shelf in self.shelves.items() if pk != self.region.pk)
        return next((shelf[kind, slug].file for shelf in others if (kind, slug) in shelf), "")


def hold(region: Region, lock: bool = False) -> Held:
    """Read it all, with a fixed number of queries; `lock` keeps it until the transaction ends."""
    parents: dict[int, int | None] = dict(Region.objects.values_list("pk", "parent_id"))
    lines = {pk: list(_upwards(pk, parents)) for pk in parents}
    lineages = {pk: line for pk, line in lines.items() if region.pk in line}
    held = Held(region, all_names(), lineages)
    held.shelves = {pk: {} for line in lineages.values() for pk in line}
    for kind, model in MODELS.items():
        at = "pk" if kind == "region" else "region_id"
        rows = model.objects.filter(**{f"{at}__in": held.shelves})
        if lock:
            rows = rows.select_for_update(of=("self",))
        for row, record in records_of(kind, rows, held.names):
            _put(held, kind, row, record, getattr(row, at))
    for path, home in Redirect.objects.filter(language="", region__in=held.shelves).values_list(
        "path", "region_id"
    ):
        held.shelves[home]["redirect", path] = Item("redirect", path, {}, "", 0)
    return held


def _put(held: Held, kind: str, row: Any, record: Record, region: int) -> None:
    slug = getattr(row, key_of(kind))
    file = held.names["region"][region]
    held.shelves[region][kind, slug] = Item(kind, slug, record, file, 0)
    if region in held.lineages[held.region.pk]:
        held.pks[kind][slug] = row.pk
    if region == held.region.pk:
        held.rows[kind, slug] = row


def _upwards(pk: int | None, parents: dict[int, int | None]) -> Iterator[int]:
    while pk:
        yield pk
        pk = parents[pk]
