"""A region's entries, organisations and facts as a file, and a file as sheets."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from satama.databank.models import Region
from satama.databank.packs.records import MODELS, all_names, records_of

from .cells import LONGEST
from .columns import SHEETS, VERSION, flat, names, row_id, version
from .commas import commas, read_commas
from .table import Refused, Sheet
from .workbook import read_workbook, workbook

LARGEST = 10_000_000
FORMATS = (".xlsx", ".csv")
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML has no way to say
CSV_NAMES = ", ".join(f"{name}.csv" for name in SHEETS)


class NotWritten(Exception):
    """Nothing was written; the text says why."""


def file_of(region: Region, name: str, sheets: Sequence[str] = ()) -> bytes:
    """The file of this name with some sheets, or all. Raises NotWritten."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMATS:
        raise NotWritten("The name of the file must end with .xlsx or .csv.")
    if ending == ".xlsx":
        return workbook({sheet: rows_of(region, sheet) for sheet in sheets or SHEETS})
    sheet = named_in(name)
    if not sheet or (sheets and list(sheets) != [sheet]):
        raise NotWritten(f"A .csv file has one kind, which its name tells: {CSV_NAMES}.")
    return commas(rows_of(region, sheet))


def rows_of(region: Region, sheet: str) -> list[list[str]]:
    """The head and the rows of a sheet. Raises NotWritten."""
    kind = SHEETS[sheet]
    rows = MODELS[kind].objects.filter(region=region)
    found = [row for _, said in records_of(kind, rows, all_names()) for row in flat(kind, said)]
    for row in found:
        for name, text in row.items():
            if len(text) > LONGEST or UNFIT.search(text):
                raise NotWritten(
                    f"{sheet}, {row_id(kind, row)}: {name} does not fit into a cell of a sheet."
                )
    head = names(kind, found, region.languages)
    marked = ({**row, VERSION: version(row)} for row in found)
    return [head, *([row.get(name, "") for name in head] for row in marked)]


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a file. Raises Refused when it cannot be read at all."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMATS:
        raise Refused("Only .xlsx and .csv files can be read.")
    if len(data) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if ending == ".xlsx":
        sheets = read_workbook(data)
    elif kind := named_in(name):
        sheets = [read_commas(data, kind)]
    else:
        raise Refused(f"The name of a .csv file must tell what it has: {CSV_NAMES}.")
    if not any(sheet.lines or sheet.faults for sheet in sheets):
        raise Refused("There is no row in the file.")
    return sheets


def named_in(name: str) -> str:
    """The sheet that a file's name tells; empty when it tells none or several."""
    found = [sheet for sheet in SHEETS if sheet in PurePath(name).stem.lower()]
    return found[0] if len(found) == 1 else ""
