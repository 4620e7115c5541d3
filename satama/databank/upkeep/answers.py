"""What a person answers about the things that they were shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from ..packs.records import all_names, records_of
from ..packs.shapes import digest
from . import actions
from .register import NOUNS, Thing, held

MOST = 50  # things on one page
LONGEST_NOTE = 500
YES, NO = "yes", "no"


@dataclass
class Answered:
    """Things by what became of them. `changed`: others changed them since they were shown."""

    confirmed: list[Thing] = field(default_factory=list)
    doubted: list[Thing] = field(default_factory=list)
    changed: list[Thing] = field(default_factory=list)
    refused: list[Thing] = field(default_factory=list)


def versions(things: Iterable[Thing]) -> dict[str, str]:
    """The same for two things that say the same, by their keys; a fixed number of queries."""
    of_noun: dict[str, list[int]] = {}
    for thing in things:
        of_noun.setdefault(thing.noun, []).append(thing.row.pk)
    names = all_names() if of_noun else {}
    return {
        f"{noun}-{row.pk}": digest(record)[:20]
        for noun, keys in of_noun.items()
        for row, record in records_of(noun, NOUNS[noun].objects.filter(pk__in=keys), names)
    }


@transaction.atomic
def answer(sent: Mapping[str, str], *, by: Any, on: date) -> Answered:
    """`sent`: for each thing shown `seen-<key>` with its version, `say-<key>`, perhaps
    `note-<key>`; `all` says yes to everything shown. Who may not, or what others changed since, is
    left as it is."""
    shown = [name.removeprefix("seen-") for name in sent if name.startswith("seen-")][:MOST]
    said = {key: YES if "all" in sent else sent.get(f"say-{key}", "") for key in shown}
    things = held((key for key in shown if said[key] in (YES, NO)), on, lock=True)
    now = versions(things.values())
    result = Answered()
    for key, thing in things.items():
        if not actions.may(by, thing.row):
            result.refused.append(thing)
        elif now[key] != sent[f"seen-{key}"]:
            result.changed.append(thing)
        elif said[key] == YES:
            result.confirmed.append(thing)
        else:
            note = sent.get(f"note-{key}", "").strip()[:LONGEST_NOTE]
            actions.doubt(thing.row, note=note, by=by, on=on)
            result.doubted.append(thing)
    actions.confirm([thing.row for thing in result.confirmed], by=by, on=on)
    return result
