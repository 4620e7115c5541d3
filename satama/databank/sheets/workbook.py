"""Excel workbooks: the one door of openpyxl. What comes in may be anything with that name."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .cells import guarded
from .columns import SHEETS
from .table import MOST_COLUMNS, MOST_ROWS, Refused, Sheet, sheet_of

UNPACKED, UNPACKED_OTHER = 30_000_000, 1_000_000
OF_CELLS = ("xl/worksheets/", "xl/sharedStrings")
MOST_MARKS = 1_000_000
MOST_PARTS = 200
PLAIN_TEXT = "@"  # the number format that leaves what is typed as it is
CODED = re.compile("_x([0-9A-Fa-f]{4})_")  # how workbooks write what XML cannot
LOOKS_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
WIDE, NARROW = 40, 16
Rows = list[list[str]]


def workbook(sheets: dict[str, Rows]) -> bytes:
    """Sheets by name, each with its head, as a file; every cell is a text and no formula."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number, title in enumerate(rows[0], 1):
            column = sheet.column_dimensions[get_column_letter(number)]
            column.number_format = PLAIN_TEXT
            column.width = WIDE if "." in title or title == rows[0][0] else NARROW
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, text, head=not number) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, head: bool) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, LOOKS_CODED.sub("_x005F_", guarded(text, ())))
    cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
    cell.number_format = PLAIN_TEXT
    cell.quotePrefix = True
    if head:
        cell.font = Font(bold=True)
    return cell


def read_workbook(data: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises Refused with a clear sentence."""
    try:
        _look_inside(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not read
            with closing(load_workbook(BytesIO(data), read_only=True, keep_links=False)) as book:
                _only_known(book.sheetnames)
                return [sheet_of(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except Refused:
        raise
    except Exception as error:
        # A file made to harm fails anywhere in the reading, in ways nobody can list.
        raise Refused("The file is broken: it cannot be read as a workbook.") from error


def _look_inside(data: bytes) -> None:
    if data.startswith(OLD_FORMAT):
        raise Refused(
            "The file has a password or the old .xls format. Save it as .xlsx without a password."
        )
    if not zipfile.is_zipfile(BytesIO(data)):
        raise Refused("The file is not an Excel workbook, whatever its name says.")
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = {part.filename.lower(): part for part in packed.infolist()}
        if any("vbaproject" in name or "macrosheets" in name for name in parts):
            raise Refused("The workbook has macros. Save it as .xlsx without macros.")
        if not {"[content_types].xml", "xl/workbook.xml"} <= parts.keys():
            raise Refused("The file is a packed folder, not an Excel workbook.")
        if _is_swollen(packed):
            raise Refused("The workbook is far larger inside than a sheet of ours can be.")


def _is_swollen(packed: zipfile.ZipFile) -> bool:
    """Whether reading it would take long; each mark of XML takes time and memory, whatever its
    length. More than it says of its size is not unpacked."""
    parts = packed.infolist()
    others = [part for part in parts if not part.filename.startswith(OF_CELLS)]
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > UNPACKED
        or any(part.file_size > UNPACKED_OTHER for part in others)
    ):
        return True
    marks = 0
    for part in parts:
        with packed.open(part) as opened:
            while chunk := opened.read(1 << 16):
                marks += chunk.count(b"<")
    return marks > MOST_MARKS


def _only_known(names: list[str]) -> None:
    for name in names:
        if name not in SHEETS or names.count(name) > 1:
            raise Refused(
                f"The workbook has a sheet {name!r}. The sheets are called {', '.join(SHEETS)}, "
                "each once; remove the others."
            )


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size may be a lie
    for number, row in enumerate(
        sheet.iter_rows(min_col=1, max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1), 1
    ):
        texts = [
            "" if cell.value is None else _text(sheet, number, at, cell)
            for at, cell in enumerate(row, 1)
        ]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _text(sheet: Any, row: int, at: int, cell: Any) -> str:
    """What a cell says, also where a spreadsheet made a number or a day of it."""
    value = cell.value
    if cell.data_type in {"f", "e"}:
        what = "a formula" if cell.data_type == "f" else "an error"
        place = f"{sheet.title}, cell {get_column_letter(at)}{row}"
        raise Refused(f"{place}: {what}. Put the value itself there.")
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return value.isoformat()
    return CODED.sub(lambda found: chr(int(found[1], 16)), str(value))
