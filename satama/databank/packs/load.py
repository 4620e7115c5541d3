"""Put checked packs into the databank: all or nothing, repeatable, never over staff's edits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import DatabaseError

from satama.base.alone import one_at_a_time
from satama.databank.continuity.actions import Lost, nothing_lost
from satama.databank.continuity.losses import without_words
from satama.databank.models import Region

from . import redirects
from .check import Pack, counts
from .children import Slugs, write_entries, write_facts
from .differences import differences
from .looks import edition, last_looked
from .reading import Item
from .records import MODELS, Names, all_names, fill, key_of, records_of, references, rows_of
from .shapes import SHAPES, Record

Say = Callable[[str], None]
LOADING = 5_747_282  # our advisory lock: two loads at once would both create the same rows


class NotLoaded(Exception):
    """The databank refused; nothing has changed. The text says why."""


@dataclass
class Result:
    """What a load did. `kept` and `missing` are sentences for people."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """What is to be done for one kind. Rows that a pack writes remember its record."""

    kind: str
    by_pack: bool = True
    new: list[tuple[Any, Record]] = field(default_factory=list)
    changed: list[tuple[Any, Record]] = field(default_factory=list)
    agreed: list[tuple[Any, Record]] = field(default_factory=list)


def load_packs(packs: Iterable[Pack], say: Say = lambda line: None) -> Result:
    """Load packs that have no fault, parents first. Raises NotLoaded."""
    result, slugs = Result(), dict[str, Slugs]()
    try:
        with nothing_lost():
            one_at_a_time(LOADING)
            names = all_names()
            for pack in packs:
                assert not pack.faults, f"{pack.slug} has faults"
                say(f"Loading {pack.slug}: {counts(pack)} …")
                above = slugs[pack.parent.slug] if pack.parent else {kind: {} for kind in MODELS}
                slugs[pack.slug] = {kind: dict(found) for kind, found in above.items()}
                _load(pack, slugs[pack.slug], names, result)
    except (DatabaseError, Lost) as error:
        raise NotLoaded(str(error).strip().splitlines()[0]) from error
    return result


def _load(pack: Pack, slugs: Slugs, names: Names, result: Result) -> None:
    region = _load_region(pack, slugs, names, result)
    plans = []
    added, there, kept = redirects.load(pack.of("redirect"), region)
    result.created += added
    result.unchanged += there
    result.kept += kept
    for kind in SHAPES:
        if kind in ("region", "redirect"):
            continue
        rows = {getattr(row, key_of(kind)): row for row in rows_of(kind, region)}
        slugs[kind].update((slug, row.pk) for slug, row in rows.items())
        make = partial(MODELS[kind], region=region)
        plan = _plan(kind, rows, pack.of(kind), names, result, make)
        create(plan, slugs, names)
        plans.append(plan)
    for plan in plans:
        complete(plan, slugs)
    result.missing.extend(_missing(pack, region, names))


def _load_region(pack: Pack, slugs: Slugs, names: Names, result: Result) -> Region:
    rows = {row.slug: row for row in Region.objects.filter(slug=pack.slug).select_for_update()}
    item = pack.of("region")[0]
    for row in rows.values():
        if names["region"].get(row.parent_id or 0) != item.record.get("parent"):
            raise NotLoaded(str(item.fault("parent", "the parent of a region cannot change")))
    plan = _plan("region", rows, [item], names, result, Region)
    create(plan, slugs, names)
    complete(plan, slugs)
    region = plan.new[0][0] if plan.new else rows[pack.slug]
    slugs["region"][pack.slug] = region.pk
    return region


def _plan(
    kind: str,
    rows: dict[str, Any],
    items: list[Item],
    names: Names,
    result: Result,
    make: Callable[[], Any],
) -> Plan:
    """Compare rows and pack: what is new, what the pack changed, what staff changed."""
    plan = Plan(kind)
    read = records_of(kind, rows.values(), names)
    there = {getattr(row, key_of(kind)): (row, said) for row, said in read}
    for item in items:
        if item.slug not in there:
            plan.new.append((make(), item.record))
            continue
        row, said = there[item.slug]
        _sort(plan, result, item, row, said)
    result.created += len(plan.new)
    result.updated += len(plan.changed)
    return plan


def _sort(plan: Plan, result: Result, item: Item, row: Any, said: Record) -> None:
    record = last_looked(said, item.record)
    wanted = edition(record)
    now = edition(said)
    if said == record:
        result.unchanged += 1
        if row.packed != wanted:
            plan.agreed.append((row, record))
    elif now == row.packed and not getattr(row, "has_unpublished_changes", False):
        if lost := without_words(row, record):
            result.kept.append(f"kept: {item.kind} {item.slug}: {Lost(lost)} ({item.file})")
        else:
            plan.changed.append((row, record))
    else:
        how = "staff changed it" if row.packed else "staff made one of their own"
        how = "staff have a draft of it" if now == row.packed else how
        result.kept.append(
            f"kept: {item.kind} {item.slug}: {how}: {differences(said, item.record)} ({item.file})"
        )


def create(plan: Plan, slugs: Slugs, names: Names) -> None:
    """Rows for what is new. What they name may come later: `complete` looks again."""
    if not plan.new:
        return
    for row, record in plan.new:
        fill(plan.kind, row, record, slugs)
        if plan.by_pack:
            row.packed = edition(record)
    MODELS[plan.kind].objects.bulk_create([row for row, _ in plan.new])
    for row, _ in plan.new:
        slug = getattr(row, key_of(plan.kind))
        slugs[plan.kind][slug] = row.pk
        names[plan.kind][row.pk] = slug


def complete(plan: Plan, slugs: Slugs) -> None:
    """Now that all rows exist: changed rows, references to what came later, and children."""
    late = [row for row, record in plan.new if _names_later(plan.kind, row, record, slugs)]
    if late:
        MODELS[plan.kind].objects.bulk_update(late, references(plan.kind))
    for row, record in plan.changed:
        fill(plan.kind, row, record, slugs)
        if plan.by_pack:
            row.packed = edition(record)
        row.save()
    for row, record in plan.agreed:
        # The pack took over what staff wrote: from now on the pack may change it again.
        type(row).objects.filter(pk=row.pk).update(packed=edition(record))
    for pairs, new in ((plan.new, True), (plan.changed, False)):
        if pairs and plan.kind == "fact":
            write_facts(pairs, new)
        elif pairs and plan.kind == "entry":
            write_entries(pairs, slugs, new)


def _names_later(kind: str, row: Any, record: Record, slugs: Slugs) -> bool:
    before = [getattr(row, f"{key}_id") for key in references(kind)]
    complete = fill(kind, row, record, slugs)
    assert complete, f"{kind} {row} names something that is not there"
    return before != [getattr(row, f"{key}_id") for key in references(kind)]


def _missing(pack: Pack, region: Region, names: Names) -> list[str]:
    """Rows that came with a pack and are in it no more; a person decides about them."""
    in_pack = {(item.kind, item.slug) for item in pack.items}
    return [
        f"missing: {kind} {slug} is no longer in the pack {pack.slug}; it stays until staff end it"
        for kind, model in MODELS.items()
        if kind != "region"
        for slug in model.objects.filter(region=region)
        .exclude(packed="")
        .values_list(key_of(kind), flat=True)
        if (kind, slug) not in in_pack
    ]
