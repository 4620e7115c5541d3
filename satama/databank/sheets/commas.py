"""CSV files, one for each kind; Excel in Finland writes semicolons between the cells."""

import csv
from collections.abc import Iterator
from io import StringIO

from .cells import guarded
from .table import Refused, Sheet, sheet_of

DELIMITERS = ",;\t"


def commas(rows: list[list[str]]) -> bytes:
    """The rows as a file; the mark at its start tells Excel that it is UTF-8."""
    file = StringIO(newline="")
    csv.writer(file).writerows([guarded(text) for text in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def read_commas(data: bytes, name: str) -> Sheet:
    """The one sheet of a CSV file. Raises Refused with a clear sentence."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is not text in UTF-8. Save it as “CSV UTF-8”.") from None
    if "\0" in text or data.startswith(b"PK"):
        raise Refused("The file is not a CSV file, whatever its name says.")
    return sheet_of(name, _rows(text, name))


def _rows(text: str, name: str) -> Iterator[list[str]]:
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, row in enumerate(rows, 1):
            if any(one.startswith("=") for one in row):
                raise Refused(f"{name}, row {number}: a formula. Put the value itself there.")
            yield row
    except csv.Error as error:
        raise Refused(f"{name}: not a table of cells ({error}).") from None
