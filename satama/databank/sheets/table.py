"""A table of texts as the rows of a kind: its head must name columns, its rows be there once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from satama.databank.packs.files import Fault
from satama.databank.packs.readers import nearest
from satama.databank.packs.shapes import KEYS
from satama.databank.values import is_language

from .cells import LONGEST, bare
from .columns import SHEETS, VERSION, Cells, column, row_id, shape_of

MOST_ROWS = 10_000
MOST_COLUMNS = 400
AT = MOST_COLUMNS + 2  # a fault's line is row * AT + column: the readers of packs know only lines


class Refused(Exception):
    """A file that is not read at all; the text says why."""


@dataclass(frozen=True)
class Line:
    """A row as its sheet has it: its number, its cells by column, the version it was made from."""

    number: int
    cells: Cells
    version: str


@dataclass
class Sheet:
    """A sheet that was read: its columns with their numbers, its rows, and what is wrong."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return SHEETS[self.name]

    def fault(self, reason: str, row: int, name: str = "") -> None:
        self.faults.append(Fault(self.name, row * AT + self.columns.get(name, 0), reason))

    def sentence(self, fault: Fault) -> str:
        """`entries, row 5, column title.fi: 95 characters; at most 90`."""
        row, number = divmod(fault.line, AT)
        name = next((name for name, at in self.columns.items() if number and at == number), "")
        found = column(self.kind, name)
        path = re.escape(".".join(found.path)) if found else ""
        reason = re.sub(rf"^(values\.\d+\.)?{path}: ", "", fault.reason)
        return f"{self.name}, row {row}{f', column {name}' if name else ''}: {reason}"


def sheet_of(name: str, rows: Iterable[list[str]]) -> Sheet:
    """Read the head and the rows; each row is a list of texts as they stand in the file."""
    sheet, several = Sheet(name), iter(rows)
    head = [bare(text) for text in next(several, [])]
    if not any(head):
        raise Refused(f"{name}: the sheet is empty. Its first row must name the columns.")
    _read_head(sheet, head)
    if sheet.faults:
        return sheet
    seen: dict[str, int] = {}
    for number, texts in enumerate(several, 2):
        if number > MOST_ROWS:
            raise Refused(f"{name}: more than {MOST_ROWS} rows. Divide the sheet.")
        if any(texts):
            _read_row(sheet, number, texts, seen)
    return sheet


def _read_head(sheet: Sheet, head: list[str]) -> None:
    if len(head) > MOST_COLUMNS:
        raise Refused(f"{sheet.name}: more than {MOST_COLUMNS} columns.")
    for number, name in enumerate(head, 1):
        if not name:
            continue
        if name in sheet.columns:
            sheet.fault(f"the column {name!r} is there twice", 1, name)
            continue
        found = column(sheet.kind, name)
        if name != VERSION and not found:
            close = nearest(name, [*shape_of(sheet.kind), VERSION])
            sheet.fault(f"unknown column {name!r}{close}", 1)
        elif found and "." in name and not is_language(found.language):
            sheet.fault(f"unknown language {found.language!r} in the column {name!r}", 1)
        sheet.columns[name] = number
    for key in ("key", "valid_from") if sheet.kind == "fact" else ("slug",):
        if key not in sheet.columns:
            sheet.fault(f"the column {key!r} is missing: it tells which row is which", 1)


def _read_row(sheet: Sheet, number: int, texts: list[str], seen: dict[str, int]) -> None:
    cells = {
        name: bare(texts[at - 1]) if at <= len(texts) else "" for name, at in sheet.columns.items()
    }
    for name, text in cells.items():
        if len(text) > LONGEST:
            sheet.fault(f"longer than {LONGEST} characters", number, name)
    if any(texts[at - 1] for at in range(1, len(texts) + 1) if at not in sheet.columns.values()):
        sheet.fault("a cell in a column without a name", number)
    key = KEYS[sheet.kind]
    mark = cells.pop(VERSION, "")
    name = row_id(sheet.kind, cells)
    if not cells[key]:
        sheet.fault("the cell is empty: it tells which row this is", number, key)
    elif name in seen:
        sheet.fault(f"{name} is in row {seen[name]} already", number, key)
    seen.setdefault(name, number)
    sheet.lines.append(Line(number, cells, mark))
