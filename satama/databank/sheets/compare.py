"""Sheets against what the databank holds: new, changed, edited since, or wrong. No database."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from satama.databank.packs.files import Node
from satama.databank.packs.reading import read_item
from satama.databank.packs.shapes import FACT, KEYS

from .checks import check
from .columns import Cells, flat, row_id, tree, version
from .difference import Change, Difference, parted
from .held import Held, Key
from .table import AT, Line, Sheet

GONE = _(
    "The databank no longer has this row, or its name was changed here. "
    "For a new row, empty its cell in the column “version”."
)
THERE = _("The databank has this row already. Download the sheet again and change the row there.")
EDITED = _("Others edited this row since the sheet was written. Download the sheet again.")
DRAFT = _(
    "Staff have a draft of it that is not published. Publish it first, or leave out this row."
)
OF_A_FACT = [key for key in FACT if key != "values"]


def compare(sheets: list[Sheet], held: Held) -> Difference:
    """What the sheets would change in the region, and everything that forbids it."""
    found = Difference()
    found.faults = [sheet.sentence(fault) for sheet in sheets for fault in sorted(sheet.faults)]
    if found.faults:
        return found
    named: set[Key] = set()
    for sheet in sheets:
        lines: dict[str, list[Line]] = {}
        for line in sheet.lines:
            lines.setdefault(line.cells[KEYS[sheet.kind]], []).append(line)
        for slug, those in lines.items():
            _Record(sheet, slug, those, held, found).sort()
        own = (item.record for item in held.own(sheet.kind))
        found.absent += sum(len(flat(sheet.kind, record)) for record in own)
        named |= {(sheet.kind, slug) for slug in lines}
    by_name = {sheet.name: sheet for sheet in sheets}
    for fault in sorted(set(check(found.items, held, named))):
        sheet_or_none = by_name.get(fault.file)
        found.faults.append(sheet_or_none.sentence(fault) if sheet_or_none else fault.reason)
    return found


class _Record:
    """The lines of a sheet that say one record, against the rows that the databank gives for it."""

    def __init__(
        self, sheet: Sheet, slug: str, lines: list[Line], held: Held, found: Difference
    ) -> None:
        self.sheet, self.slug, self.lines, self.found = sheet, slug, lines, found
        self.kind = sheet.kind
        record = held.record(self.kind, slug)
        self.is_new, self.is_draft = record is None, held.is_draft(self.kind, slug)
        self.base = {row_id(self.kind, row): row for row in flat(self.kind, record or {})}
        self.before = self._before()

    def _before(self) -> dict[int, Cells]:
        """What each line was made from: the row of its name, or the one with its version."""
        by_name = {line.number: row_id(self.kind, line.cells) for line in self.lines}
        taken = set(by_name.values())
        by_version = {version(row): name for name, row in self.base.items() if name not in taken}
        names = {
            line.number: by_name[line.number]
            if by_name[line.number] in self.base
            else by_version.pop(line.version, "")
            for line in self.lines
        }
        return {number: self.base[name] for number, name in names.items() if name}

    def sort(self) -> None:
        rows, touched = [], []
        self.found.absent -= len(self.before)
        for line in self.lines:
            before = self.before.get(line.number)
            if before is not None and self._is_left(line, before):
                rows.append((line, before))
                continue
            rows.append((line, {**(before or {}), **line.cells}))
            touched.append((line, before or {}, rows[-1][1]))
        if touched:
            self._read(rows, touched)

    def _is_left(self, line: Line, before: Cells) -> bool:
        """Whether there is nothing to do for a line; and why."""
        changes = [(name, before.get(name, ""), text) for name, text in line.cells.items()]
        if all(now == then for _name, now, then in changes):
            self.found.same += 1
            return True
        if line.version == version(line.cells):
            self.found.since.append(self._change(line, []))
            return True
        return False

    def _change(self, line: Line, cells: list[tuple[str, str, str]], reason: Any = "") -> Change:
        name = row_id(self.kind, line.cells)
        return Change(self.sheet.name, line.number, name, cells, reason)

    def _read(
        self, rows: list[tuple[Line, Cells]], touched: list[tuple[Line, Cells, Cells]]
    ) -> None:
        """Read the record as a whole, with the rows that are not in the sheet."""
        if self._is_torn(rows):
            return
        item, faults = read_item(self.kind, self._tree(rows), self.sheet.name, KEYS[self.kind])
        if faults:
            self.found.faults += [self.sheet.sentence(fault) for fault in sorted(faults)]
            return
        wanted = {row_id(self.kind, row): row for row in flat(self.kind, item.record)}
        before = len(self.found.new) + len(self.found.changed)
        for line, now, cells in touched:
            self._judge(line, now, parted(now, wanted[row_id(self.kind, cells)]))
        if len(self.found.new) + len(self.found.changed) > before:
            self.found.items.append(item)
            self.found.added |= {self.kind} if self.is_new else set()

    def _judge(self, line: Line, now: Cells, cells: list[tuple[str, str, str]]) -> None:
        found = self.found
        if not cells:
            found.same += 1
        elif not now and not line.version:
            found.new.append(self._change(line, cells))
        elif now and self.is_draft:
            found.conflicts.append(self._change(line, cells, DRAFT))
        elif now and line.version == version(now):
            found.changed.append(self._change(line, cells))
        else:
            reason = (EDITED if line.version else THERE) if now else GONE
            found.conflicts.append(self._change(line, cells, reason))

    def _is_torn(self, rows: list[tuple[Line, Cells]]) -> bool:
        """Report what no single cell can say wrongly."""
        faults = len(self.sheet.faults)
        first = [*self._kept(), rows[0][1]][0]
        for line, cells in rows:
            if cells.get("value") and any(cells[name] for name in cells if name[:6] == "value."):
                self.sheet.fault(
                    "write the value in the column value, or in those of the languages, not both",
                    line.number,
                    "value",
                )
            for key in OF_A_FACT if self.kind == "fact" else ():
                if cells.get(key, "") != first.get(key, ""):
                    self.sheet.fault("all rows of a fact must say the same", line.number, key)
        torn = self.sheet.faults[faults:]
        self.found.faults += [self.sheet.sentence(fault) for fault in torn]
        return bool(torn)

    def _kept(self) -> list[Cells]:
        return [row for row in self.base.values() if row not in self.before.values()]

    def _tree(self, rows: list[tuple[Line, Cells]]) -> Node:
        lines = [
            (
                line.number * AT,
                cells,
                {name: line.number * AT + at for name, at in self.sheet.columns.items()},
            )
            for line, cells in rows
        ]
        # The readers want the values of a fact in the order of their periods.
        lines += [(lines[0][0], cells, {}) for cells in self._kept()]
        return tree(self.kind, sorted(lines, key=lambda one: one[1].get("valid_from", "")))
