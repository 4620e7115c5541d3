"""Files that are no sheets of ours are refused in a sentence, and hostile cells are only texts."""

import csv
import struct
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django.db import connection
from openpyxl import Workbook, load_workbook

from satama.databank.models import FactValue, Region
from satama.databank.sheets.actions import NotApplied, apply, foresee
from satama.databank.sheets.files import NotWritten, file_of, read
from satama.databank.sheets.table import MOST_ROWS, Refused
from satama.databank.sheets.workbook import workbook

from .sheet_files import Table, harbour, records, saved

pytestmark = pytest.mark.django_db
HEAD = "slug,kind,names.en,version"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def region(tmp_path) -> Region:
    return harbour(tmp_path)


def book(*rows: tuple, name: str = "organisations") -> Workbook:
    made = Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    return made


def plain() -> bytes:
    return saved(book(("slug", "kind", "names.en"), ("vero", "authority", "Vero")))


def packed(parts: dict[str, bytes], data: bytes = b"") -> bytes:
    """A zip file, or a workbook with parts put in or replaced."""
    file = BytesIO()
    old = {}
    if data:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            old = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**old, **parts}.items():
            made.writestr(name, content)
    return file.getvalue()


def worksheet(rows: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FORMULA = [("slug", "kind"), ("vero", '=HYPERLINK("http://evil.example")')]
REFUSED = {
    "a program": ("x.xlsx", lambda: b"MZ\x90\x00" + bytes(500), "is not an Excel workbook"),
    "an empty file": ("x.xlsx", lambda: b"", "is not an Excel workbook"),
    "an old workbook": ("x.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(500), "has a password or"),
    "a zip": ("x.xlsx", lambda: packed({"a.txt": b"a"}), "is a packed folder"),
    "a cut file": ("x.xlsx", lambda: plain()[:2000], "is not an Excel workbook"),
    "macros": (
        "x.xlsx",
        lambda: packed({"xl/vbaProject.bin": b"x"}, plain()),
        "has macros. Save it as .xlsx without",
    ),
    "a zip bomb": (
        "x.xlsx",
        lambda: packed({"xl/media/image1.png": bytes(40_000_000)}, plain()),
        "far larger inside",
    ),
    "a million cells": (
        "x.xlsx",
        lambda: packed({SHEET: worksheet("<row>" + "<c/>" * 1_000_000 + "</row>")}, plain()),
        "far larger inside",
    ),
    "many styles": (
        "x.xlsx",
        lambda: packed({"xl/styles.xml": b"<xf/>" * 300_000}, plain()),
        "far larger inside",
    ),
    "many parts": (
        "x.xlsx",
        lambda: packed({f"xl/{number}.xml": b"" for number in range(300)}, plain()),
        "far larger inside",
    ),
    "an XML bomb": (
        "x.xlsx",
        lambda: packed({SHEET: worksheet("<row><c><v>&b;</v></c></row>", ENTITIES)}, plain()),
        "The file is broken",
    ),
    "no XML": ("x.xlsx", lambda: packed({SHEET: b"<worksheet><row"}, plain()), "is broken"),
    "not a style": (
        "x.xlsx",
        lambda: packed({"xl/styles.xml": b"<styleSheet><x/>"}, plain()),
        "is broken",
    ),
    "a cell of no shared text": (
        "x.xlsx",
        lambda: packed({SHEET: worksheet('<row><c t="s"><v>99</v></c></row>')}, plain()),
        "is broken",
    ),
    "a formula": ("x.xlsx", lambda: saved(book(*FORMULA)), "organisations, cell B2: a formula"),
    "an error": (
        "x.xlsx",
        lambda: saved(book(("slug",), ("#REF!",))),
        "organisations, cell A2: an error",
    ),
    "another sheet": (
        "x.xlsx",
        lambda: saved(book(("slug",), name="Sheet1")),
        "has a sheet 'Sheet1'",
    ),
    "an empty sheet": ("x.xlsx", lambda: saved(book()), "organisations: the sheet is empty"),
    "no rows": ("x.xlsx", lambda: saved(book(("slug", "kind"))), "There is no row in the file"),
    "many columns": (
        "x.xlsx",
        lambda: saved(book(tuple(f"names.{number}" for number in range(500)))),
        "more than 400 columns",
    ),
    "another kind of file": ("x.ods", plain, "Only .xlsx and .csv files can be read"),
    "a CSV of no kind": ("x.csv", lambda: HEAD.encode(), "must tell what it has: entries.csv"),
    "a CSV of two kinds": ("entries-facts.csv", lambda: HEAD.encode(), "must tell what it has"),
    "a workbook as CSV": ("facts.csv", plain, "UTF-8|not a CSV"),
    "a program as CSV": ("facts.csv", lambda: b"MZ\0\0", "not a CSV file, whatever"),
    "an old alphabet": ("facts.csv", lambda: "key\näiti".encode("latin-1"), "not text in UTF-8"),
    "an empty CSV": ("facts.csv", lambda: b"", "facts: the sheet is empty"),
    "a CSV formula": (
        "facts.csv",
        lambda: b"key,valid_from\n=1+1,",
        "facts, row 2: a formula",
    ),
    "a huge cell": (
        "facts.csv",
        lambda: b"key,valid_from\n" + b"a" * 200_000,
        "not a table of cells",
    ),
    "a cut CSV": ("facts.csv", lambda: b'key,valid_from\n"a', "not a table of cells"),
    "many rows": (
        "facts.csv",
        lambda: b"key,valid_from\n" + b"a,\n" * (MOST_ROWS + 1),
        "more than 10000 rows",
    ),
}


@pytest.mark.parametrize(("name", "make", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_sheet_of_ours_is_refused_in_a_sentence(name, make, reason):
    with pytest.raises(Refused, match=reason):
        read(make(), name)


def test_a_large_file_is_refused_before_it_is_opened():
    with pytest.raises(Refused, match="larger than 10 MB"):
        read(bytes(50_000_000), "x.xlsx")


def test_a_size_that_lies_costs_nothing():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>slug</t></is></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Refused, match=r"more than 10000 rows|There is no row"):
        read(packed({SHEET: worksheet(rows)}, plain()), "x.xlsx")


def test_a_part_that_lies_about_its_size_is_refused():
    data = bytearray(packed({SHEET: worksheet("<row/>" * 100_000)}, plain()))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    with pytest.raises(Refused, match="is broken"):
        read(bytes(data), "x.xlsx")


FAULTS = {
    "unknown column": (f"{HEAD},colour\nvero,,,,red", "row 1: unknown column 'colour'"),
    "a slip": (f"{HEAD},identifers\nvero,,,,", "did you mean 'identifiers'?"),
    "doubled column": (f"{HEAD},kind\nvero,,,,", "row 1, column kind: the column 'kind' is there"),
    "no language": (f"{HEAD},names.klingon\nvero,,,,", "row 1: unknown language 'klingon'"),
    "no key": ("kind,names.en\nauthority,Vero", "row 1: the column 'slug' is missing"),
    "doubled row": (f"{HEAD}\nvero,,,\nkela,,,\nvero,,,", "row 4, column slug: vero is in row 2"),
    "nameless row": (f"{HEAD}\n,authority,,", "row 2, column slug: the cell is empty"),
    "nameless column": (f"{HEAD},\nvero,,,,x", "row 2: a cell in a column without a name"),
    "missing value": (f"{HEAD}\nnew,authority,,", "row 2: the key 'names' is missing or empty"),
    "not a kind": (f"{HEAD}\nnew,shop,New,", "row 2, column kind: unknown 'shop'"),
    "not a slug": (f"{HEAD}\nNew One,authority,New,", "row 2, column slug: only lower-case"),
    "unknown name": (f"{HEAD},phone\nn,other,N,,fone", "column phone: unknown fact 'fone'"),
    "wrong type": (f"{HEAD},phone\nn,other,N,,fee", "the fact 'fee' is of type money"),
    "circle": (f"{HEAD},part_of\nn,other,N,,o\no,other,O,,n", "part_of goes in a circle"),
    "half a row": (
        f"{HEAD},identifiers\nn,other,N,,type",
        "identifiers.0: the key 'value' is missing",
    ),
}


@pytest.mark.parametrize(("text", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_tells_sheet_row_and_column(region, text, reason):
    found = foresee(read(text.encode(), "organisations.csv"), region)

    assert any(reason in fault for fault in found.faults), found.faults
    assert all(fault.startswith("organisations, row ") for fault in found.faults)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("value", "six euros", "facts, row 3, column value: not an amount like 590 EUR"),
        ("valid_from", "1.1.2026", "facts, row 3, column valid_from: not a date like 2027-01-31"),
        ("valid_from", "2025-06-01", "facts, row 3: overlaps another period of this fact"),
        ("owner", "ministry", "facts, row 3, column owner: all rows of a fact must say the same"),
        ("value.en", "six", "facts, row 3, column value: write the value in the column value, or"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(region, column, text, reason):
    found = Table(region, "facts").put("fee", column, text).foresee()

    assert any(fault.startswith(reason) for fault in found.faults), found.faults


def test_a_text_that_names_nothing_is_refused(region):
    found = Table(region, "entries").put("card", "body.en", "Pay [[fees]].").foresee()

    assert found.faults == [
        "entries, row 2, column body.en: unknown fact [[fees]]; did you mean 'fee'?"
    ]


def test_all_faults_are_told_at_once_and_each_once(region):
    table = Table(region, "entries").put("card", "topics", "taxx").put("office", "kind", "shop")
    table.add({"slug": "new", "kind": "guide", "topics": "money", "next": "newer"})
    table.add({"slug": "newer", "kind": "guide", "topics": "money"})

    assert [fault.split(";")[0] for fault in table.foresee().faults] == [
        "entries, row 3, column kind: unknown 'shop' (one of guide, service, office, place, "
        "course, event, group, opening, practice, answer)",
        "entries, row 4: the key 'texts' is missing or empty",
        "entries, row 5: the key 'texts' is missing or empty",
        "entries, row 2, column topics: unknown topic 'taxx'",
    ]


def test_what_is_not_in_the_sheet_may_not_break(region):
    found = Table(region, "facts").put("vero-phone", "type", "text").foresee()

    assert found.faults == [
        "entry card would break: the fact 'vero-phone' is of type text; here belongs phone",
        "organisation vero would break: the fact 'vero-phone' is of type text; here belongs phone",
    ]


def test_one_bad_row_at_the_end_and_nothing_is_changed(region):
    table = Table(region, "organisations").put("vero", "names.en", "Taxes")
    for number in range(30):
        table.add({"slug": f"n-{number}", "kind": "other", "names.en": "N"})
    table.add({"slug": "last", "kind": "other", "names.en": "N", "url": "nowhere"})
    before = records(region)

    with pytest.raises(NotApplied) as refused:
        table.apply()

    assert refused.value.difference.faults == [
        "organisations, row 34, column url: not a web address with http:// or https://: 'nowhere'"
    ]
    assert records(region) == before


def test_what_only_the_databank_refuses_leaves_nothing_half_saved(region, monkeypatch):
    table = Table(region, "organisations").put("vero", "names.en", "Taxes")
    table.add({"slug": "n", "kind": "other", "names.en": "N"})
    before = records(region)
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("ALTER TABLE databank_organisation ADD CHECK (slug <> 'n')")

    with pytest.raises(NotApplied) as refused:
        table.apply()

    assert refused.value.difference.faults[0].startswith("The databank refused: ")
    assert records(region) == before


HOSTILE = [
    *(f"{sign}{text}" for sign in "=+-@＝＋－＠'" for text in (
        "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example","x")', "SUM(A1:A9)",
        "'", " ", "=", "2026-11-21",
    )),
    *("''=1", "'+358 29 497 050", "+358 29 497 050", "'quoted'", "a;b,c\td", 'say "hi"', '"'),
    *("a\nb", "a\n=1+1", "#REF!", "#N/A", "TRUE", "1e5", "007", "1/2", "2026-11-21", "_x000D_"),
    *("a|b", "a \\| b", "\\", "\\n", "null", "~", "[]", "{}", "]]>"),
    *("ä" * 90, "«x»", "§ 1", "1 > 2", "e\u0301", "🇫🇮", "العربية", "{0}"),
    *("_x005F_", "%s", "%(x)s"),
]  # fmt: skip


def test_a_hundred_hostile_cells_go_round_as_texts(region):
    assert len(HOSTILE) > 100
    rows = [
        {"slug": f"n-{number}", "kind": "other", "names.en": text, "names.fi": "N"}
        for number, text in enumerate(HOSTILE)
    ]
    data = saved_as_texts(rows)
    apply(read(data, "x.xlsx"), region)
    told = records(region)

    for name in ("all.xlsx", "organisations.csv"):
        content = file_of(region, name)
        found = apply(read(content, name), region)
        assert (found.is_refused, found.new, found.changed) == (False, [], [])
        assert records(region) == told
        assert dangerous(content, name) == []


def saved_as_texts(rows: list[dict[str, str]]) -> bytes:
    head = list(rows[0])
    return workbook({"organisations": [head, *(list(row.values()) for row in rows)]})


def dangerous(content: bytes, name: str) -> list:
    """Cells that a spreadsheet would compute."""
    if name.endswith(".csv"):
        rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
        return [one for row in rows for one in row if one[:1] and one[0] in "=+-@＝＋－＠\t\r"]
    opened = load_workbook(BytesIO(content))
    return [
        cell.value
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (cell.data_type != "s" or not cell.quotePrefix)
    ]


def test_a_workbook_that_a_spreadsheet_rewrote_means_the_same(region):
    opened = load_workbook(BytesIO(file_of(region, "all.xlsx")))
    sheet = opened["facts"]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[head.index("checked")].value = datetime(2026, 11, 21)
        row[head.index("confirmed")].value = True
        if row[0].value == "start":
            row[head.index("value")].value = date(2027, 1, 1)

    found = foresee(read(saved(opened), "all.xlsx"), region)

    assert (found.faults, found.new, found.changed, found.same) == ([], [], [], 9)


def test_excel_in_finland_writes_semicolons(region):
    table = Table(region, "organisations").put("vero", "names.en", "Taxes; and more")
    text = "\r\n".join(
        ";".join(f'"{one}"' if ";" in one else one for one in row)
        for row in (table.head, *table.rows)
    )

    found = foresee(read(text.encode("utf-8-sig"), table.name), region)

    assert [str(one) for one in found.changed] == ["organisations, row 3: vero"]


def test_a_text_that_no_cell_holds_is_told_and_not_cut(region):
    FactValue.objects.filter(fact__key="start").update(note="x" * 40_000)
    with pytest.raises(NotWritten, match="facts, start: note does not fit into a cell"):
        file_of(region, "all.xlsx")
