"""What a file would do to the databank, in words for the person who wrote it. No database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from satama.databank.packs.differences import parting
from satama.databank.packs.reading import Item

from .columns import Cells


@dataclass(frozen=True)
class Change:
    """A row of a sheet and what is in the databank now: each column with its `now` and `then`."""

    sheet: str
    row: int
    name: str
    cells: list[tuple[str, str, str]]
    reason: Any = ""

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}: {self.name}"


@dataclass
class Difference:
    """Rows that are new or changed; `conflicts` and `faults` stop all of it.

    `since` are rows that others edited and the sheet did not; `absent` are not in the sheet. Both
    stay as they are. `items` are the records to write, `added` the kinds that get new ones.
    """

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    since: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    same: int = 0
    absent: int = 0

    @property
    def is_refused(self) -> bool:
        return bool(self.faults or self.conflicts)

    def lines(self) -> Iterator[str]:
        """All of it for a terminal."""
        for title, changes in (("new", self.new), ("changed", self.changed)):
            for change in changes:
                yield f"{title}: {change}"
                yield from (f"    {name}: {now} -> {then}" for name, now, then in change.cells)
        for change in self.since:
            yield f"left alone: {change}: others edited it since, the sheet did not"
        for change in self.conflicts:
            yield f"conflict: {change}: {change.reason}"
            yield from (f"    {name}: {now} -> {then}" for name, now, then in change.cells)
        yield from (f"fault: {fault}" for fault in self.faults)

    @property
    def counts(self) -> str:
        return (
            f"{len(self.new)} new, {len(self.changed)} changed, {self.same} the same, "
            f"{len(self.since)} left as others edited them; "
            f"{self.absent} that are not in the file stay as they are."
        )


def parted(now: Cells, then: Cells) -> list[tuple[str, str, str]]:
    """The columns in which two rows differ, with the place where their texts part."""
    names = dict.fromkeys([*now, *then])
    both = ((name, now.get(name, ""), then.get(name, "")) for name in names)
    return [(name, *parting(one, other)) for name, one, other in both if one != other]
