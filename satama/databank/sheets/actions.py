"""What a file does to the databank: first only told, then all of it or nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from satama.base.alone import one_at_a_time
from satama.databank.continuity.actions import Lost, nothing_lost
from satama.databank.continuity.losses import without_words
from satama.databank.models import Region
from satama.databank.packs.load import LOADING, Plan, complete, create
from satama.databank.packs.reading import Item
from satama.databank.packs.records import MODELS
from satama.databank.packs.shapes import SHAPES
from satama.databank.roles.policy import is_locked

from .compare import compare
from .difference import Difference
from .held import Held, hold
from .table import Sheet


class NotApplied(Exception):
    """Nothing was changed; the difference says why."""

    def __init__(self, difference: Difference) -> None:
        super().__init__("Nothing was changed.")
        self.difference = difference


def foresee(sheets: list[Sheet], region: Region, by: Any = None) -> Difference:
    """What `apply` would do now. `by` is the person who wants it; none is the command line."""
    held = hold(region)
    return _allowed(compare(sheets, held), held, region, by)


def apply(sheets: list[Sheet], region: Region, by: Any = None) -> Difference:
    """Write what the sheets say, in one transaction. Raises NotApplied."""
    try:
        with nothing_lost():
            one_at_a_time(LOADING)
            held = hold(region, lock=True)
            found = _allowed(compare(sheets, held), held, region, by)
            if found.is_refused:
                raise NotApplied(found)
            _write(found.items, held, by)
    except Lost as lost:
        raise NotApplied(Difference(faults=[str(lost)])) from lost
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise NotApplied(Difference(faults=[f"The databank refused: {reason}"])) from error
    return found


def _allowed(found: Difference, held: Held, region: Region, by: Any) -> Difference:
    """What a person may not do to rows of the region, no sheet does for them; no reader loses
    words."""
    for item in found.items:
        row = held.rows.get((item.kind, item.slug))
        if lost := without_words(row, item.record):
            found.faults.append(str(Lost(lost)))
        if is_locked(row, by):
            found.faults.append(_("Another person has locked %(row)s.") % {"row": row})
    wanted = {("change", item.kind) for item in found.items} | {("add", k) for k in found.added}
    for verb, kind in sorted(wanted):
        one = MODELS[kind](region=region)
        if by and not by.has_perm(f"databank.{verb}_{kind}", one):
            found.faults.append(f"You may not {verb} anything of the kind {kind}.")
    return found


def _write(items: Iterable[Item], held: Held, by: Any) -> None:
    """Rows do not remember this record as their pack's: to a content pack it is staff's work."""
    plans = {kind: Plan(kind, by_pack=False) for kind in SHAPES}
    for item in items:
        row, plan = held.rows.get((item.kind, item.slug)), plans[item.kind]
        pairs = plan.changed if row else plan.new
        pairs.append((row or MODELS[item.kind](region=held.region), item.record))
    for plan in plans.values():
        create(plan, held.pks, held.names)
    for plan in plans.values():
        complete(plan, held.pks)
        for action, pairs in (("wagtail.create", plan.new), ("wagtail.edit", plan.changed)):
            for row, _record in pairs:
                log(row, action, user=by)
