"""Sheets as people have them open, for tests."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook

from satama.databank.models import Region
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import load_packs
from satama.databank.packs.records import MODELS, all_names, records_of
from satama.databank.packs.shapes import Record
from satama.databank.sheets.actions import apply, foresee
from satama.databank.sheets.difference import Difference
from satama.databank.sheets.files import file_of, read

from .sample_pack import write_pack


def harbour(folder: Path) -> Region:
    """The region of the sample pack, in the databank."""
    load_packs(read_packs([write_pack(folder)], folder))
    return Region.objects.get(slug="harbour")


class Table:
    """A sheet of a region; its rows are named by their first cell, the last one of that name."""

    def __init__(self, region: Region, sheet: str) -> None:
        self.region, self.name = region, f"{sheet}.csv"
        text = file_of(region, self.name).decode("utf-8-sig")
        self.head, *self.rows = csv.reader(StringIO(text, newline=""))

    def put(self, name: str, column: str, text: str) -> "Table":
        row = next(row for row in reversed(self.rows) if row[0] == name)
        row[self.head.index(column)] = text
        return self

    def add(self, cells: dict[str, str]) -> "Table":
        self.rows.append([cells.get(name, "") for name in self.head])
        return self

    def without(self, column: str) -> "Table":
        at = self.head.index(column)
        for row in (self.head, *self.rows):
            del row[at]
        return self

    @property
    def data(self) -> bytes:
        file = StringIO(newline="")
        csv.writer(file).writerows([self.head, *self.rows])
        return file.getvalue().encode()

    def foresee(self) -> Difference:
        return foresee(read(self.data, self.name), self.region)

    def apply(self) -> Difference:
        return apply(read(self.data, self.name), self.region)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def records(region: Region) -> dict[tuple[str, int], Record]:
    """All that the databank says of a region."""
    return {
        (kind, row.pk): record
        for kind, model in MODELS.items()
        if kind != "region"
        for row, record in records_of(kind, model.objects.filter(region=region), all_names())
    }
