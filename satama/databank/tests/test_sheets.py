"""A sheet goes out and comes back: what was edited in it is in the databank, and nothing else."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from satama.databank.models import ContentVersion, Entry, Fact, FactValue, Organisation, Region
from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.load import load_packs
from satama.databank.packs.readers import tidy
from satama.databank.packs.reading import read_item
from satama.databank.packs.shapes import KEYS, Field
from satama.databank.sheets import cells
from satama.databank.sheets.actions import apply, foresee
from satama.databank.sheets.columns import SHEETS, flat, tree
from satama.databank.sheets.difference import Change, Difference
from satama.databank.sheets.files import file_of, read

from .sample_pack import spoil, write_pack
from .sheet_files import Table, harbour, records

pytestmark = pytest.mark.django_db
NEW = {"slug": "bank", "kind": "guide", "topics": "money"}
WORDS = {"title.en": "Open a bank account", "summary.en": "For your pay."}


@pytest.fixture
def region(tmp_path) -> Region:
    return harbour(tmp_path)


def load_ours():
    packs = read_packs(all_packs(settings.CONTENT), settings.CONTENT)
    load_packs(packs)
    return packs


def test_our_own_packs_go_round_without_a_difference():
    load_ours()
    for region in Region.objects.all():
        before = records(region)
        for name in ("all.xlsx", "entries.csv", "organisations.csv", "facts.csv"):
            found = apply(read(file_of(region, name), name), region)
            assert found == Difference(same=found.same)
            assert found.same > 20
        assert records(region) == before


def test_every_record_of_our_packs_is_the_same_when_read_from_its_cells():
    items = [item for pack in load_ours() for item in pack.items]
    for item in (item for item in items if item.kind in SHEETS.values()):
        rows = [(1, row, {}) for row in flat(item.kind, item.record)]
        back, faults = read_item(item.kind, tree(item.kind, rows), "", KEYS[item.kind])
        assert (back.record, faults) == (item.record, [])


def test_the_columns_are_the_keys_of_the_format_and_the_texts_of_the_languages(region):
    table = Table(region, "entries")
    assert table.head[:4] == ["slug", "kind", "topics", "organisation"]
    assert [name for name in table.head if name.startswith("title.")] == [
        "title.fi", "title.en", "title.uk",
    ]  # fmt: skip
    card = dict(zip(table.head, table.rows[0], strict=True))
    assert (card["topics"], card["documents.en"]) == ("tax | money", "Passport | ? anything")
    assert card["channels"] == (
        "kind: phone, fact: vero-phone, hours: vero-hours, languages: fi ar"
        " | kind: place, place: library"
    )
    assert (card["keywords.en"], card["made.uk"], card["made.en"]) == ("first pay", "machine", "")


def test_a_fact_has_a_row_for_each_period(region):
    table = Table(region, "facts")
    assert [row[:6] for row in table.rows if row[0] == "fee"] == [
        ["fee", "money", "vero", "", "", "490 EUR"],
        ["fee", "money", "vero", "", "", "590 EUR"],
    ]
    assert table.head[:6] == ["key", "type", "owner", "hurts", "review_days", "value"]
    assert table.head[-1:] == ["version"]


def test_what_was_edited_is_told_and_then_changed(region):
    table = Table(region, "entries").put("card", "title.en", "Order a tax card")
    table.put("card", "topics", "money|tax").put("card", "documents.en", "")

    told = table.foresee()

    assert told.changed == [
        Change("entries", 2, "card", [
            ("topics", "“tax | money”", "“money | tax”"),
            ("title.en", "“Get a tax card”", "“Order a tax card”"),
            ("documents.en", "“Passport | ? anything”", "empty"),
        ])
    ]  # fmt: skip
    assert Entry.objects.get(slug="card").texts.get(language="en").title == "Get a tax card"
    assert table.apply() == told
    card = Entry.objects.get(slug="card")
    assert [row.topic.slug for row in card.topic_rows.all()] == ["money", "tax"]
    text = card.texts.get(language="en")
    assert (text.title, text.documents) == ("Order a tax card", [])
    assert text.body == "It costs [[fee]].\n\nSee [the office](entry:office)."


def test_a_second_time_there_is_nothing_to_do(region):
    table = Table(region, "entries").put("card", "title.en", "Order a tax card")
    table.add(NEW | WORDS).apply()
    version = ContentVersion.objects.get().version

    assert table.apply() == Difference(same=3)
    assert ContentVersion.objects.get().version == version


def test_new_rows_may_name_each_other(region):
    table = Table(region, "entries").add(NEW | WORDS | {"next": "later"})
    table.add(NEW | WORDS | {"slug": "later", "after": "bank"})

    assert [change.name for change in table.apply().new] == ["bank", "later"]
    assert Entry.objects.get(slug="bank").links.get().target.slug == "later"
    assert Entry.objects.get(slug="later").packed == ""


def test_a_new_period_of_a_fact_leaves_the_others(region):
    table = Table(region, "facts")
    table.put("fee", "valid_until", "2026-12-31")
    row = dict(zip(table.head, table.rows[-1], strict=True))
    fee = {"key": "fee", "type": "money", "owner": "vero", "source": "https://www.vero.fi"}
    table.rows = [one for one in table.rows if one[0] == "fee"][1:]
    table.add(row | fee | {"value": "600 EUR", "valid_from": "2027-01-01", "version": "",
                           "checked": "2026-11-22", "valid_until": ""})  # fmt: skip

    found = table.apply()

    assert [str(one) for one in found.changed] == ["facts, row 2: fee from 2026-01-01"]
    assert [str(one) for one in found.new] == ["facts, row 3: fee from 2027-01-01"]
    assert list(FactValue.objects.filter(fact__key="fee").values_list("value", flat=True)) == [
        "490 EUR", "590 EUR", "600 EUR",
    ]  # fmt: skip
    assert found.absent == 4


def test_the_start_of_a_period_may_move(region):
    table = Table(region, "facts").put("fee", "valid_from", "2026-02-01")

    assert [str(one) for one in table.apply().changed] == ["facts, row 3: fee from 2026-02-01"]
    assert FactValue.objects.filter(fact__key="fee").count() == 2


def test_rows_and_columns_that_are_not_in_the_sheet_stay(region):
    table = Table(region, "entries").put("card", "title.en", "Order a tax card")
    table.rows.pop()
    for name in [name for name in table.head if "." in name and name != "title.en"]:
        table.without(name)
    before = records(region)

    found = table.apply()

    assert (found.absent, len(found.changed)) == (1, 1)
    changed = [key for key, record in records(region).items() if record != before[key]]
    assert changed == [("entry", Entry.objects.get(slug="card").pk)]
    assert Entry.objects.get(slug="card").texts.get(language="uk").title == "Податкова картка"


def test_a_content_pack_takes_it_for_the_work_of_staff(region, tmp_path):
    Table(region, "organisations").put("vero", "names.en", "Taxes").apply()
    folder = write_pack(tmp_path / "again")
    spoil(folder, "organisations.yaml", "Tax Administration", "Tax Office")

    kept = load_packs(read_packs([folder], folder.parent)).kept

    assert kept == [
        "kept: organisation vero: staff changed it: names.en is “Taxes”, "
        "the pack says “Tax Office” (harbour/organisations.yaml)"
    ]


def test_the_history_tells_what_was_added_and_edited(region):
    Table(region, "entries").put("card", "title.en", "Order").add(NEW | WORDS).apply()

    told = ModelLogEntry.objects.values_list("label", "action").order_by("label")
    assert list(told) == [("bank", "wagtail.create"), ("card", "wagtail.edit")]


def test_an_edit_of_someone_else_is_never_overwritten(region):
    table = Table(region, "organisations").put("vero", "names.en", "Taxes")
    Organisation.objects.filter(slug="vero").update(url="https://vero.example")

    found = table.foresee()

    assert found.is_refused
    assert [(str(one), one.cells) for one in found.conflicts] == [
        (
            "organisations, row 3: vero",
            [
                ("names.en", "“Tax Administration”", "“Taxes”"),
                ("url", "“https://vero.example”", "“https://www.vero.fi”"),
            ],
        )
    ]


def test_an_edit_of_someone_else_stays_where_the_sheet_says_nothing_new(region):
    table = Table(region, "organisations").put("ministry", "names.en", "The Ministry")
    Organisation.objects.filter(slug="vero").update(url="https://vero.example")

    found = table.apply()

    assert [str(one) for one in found.since] == ["organisations, row 3: vero"]
    assert Organisation.objects.get(slug="vero").url == "https://vero.example"
    assert Organisation.objects.get(slug="ministry").names == {"en": "The Ministry"}


def test_the_same_edit_by_both_is_no_conflict(region):
    table = Table(region, "organisations").put("vero", "url", "https://vero.example")
    Organisation.objects.filter(slug="vero").update(url="https://vero.example")

    assert table.apply() == Difference(same=2)


@pytest.mark.parametrize("without", [True, False], ids=["no column", "an empty cell"])
def test_without_its_version_a_row_that_is_there_is_not_changed(region, without):
    table = Table(region, "organisations").put("vero", "url", "https://vero.example")
    table = table.without("version") if without else table.put("vero", "version", "")

    assert "has this row already" in str(table.foresee().conflicts[0].reason)


def test_a_slug_is_not_changed_by_a_sheet(region):
    found = Table(region, "organisations").put("vero", "slug", "tax").foresee()

    assert "its name was changed here" in str(found.conflicts[0].reason)


def test_the_command_writes_tells_and_changes(region, tmp_path):
    file = str(tmp_path / "organisations.csv")
    assert said("write", file) == f"Wrote harbour to {file}.\n"
    assert said("read", file).startswith("0 new, 0 changed, 2 the same")
    table = Table(region, "organisations").put("vero", "names.en", "Taxes")
    (tmp_path / "organisations.csv").write_bytes(table.data)

    told = said("read", file)
    assert told.splitlines()[:2] == [
        "changed: organisations, row 3: vero",
        "    names.en: “Tax Administration” -> “Taxes”",
    ]
    assert Organisation.objects.get(slug="vero").names == {"en": "Tax Administration"}
    assert said("read", file, "--apply").splitlines()[:2] == told.splitlines()[:2]
    assert Organisation.objects.get(slug="vero").names == {"en": "Taxes"}


def said(*words: str) -> str:
    out = StringIO()
    call_command("sheet", *words, "--region", "harbour", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("write", "harbour.ods"), "The name of the file must end with .xlsx or .csv."),
        (("write", "harbour.csv"), "A .csv file has one kind, which its name tells"),
        (("write", "facts.csv", "--kind", "entries"), "A .csv file has one kind"),
        (("read", "nowhere.csv"), "nowhere.csv: No such file or directory."),
    ],
)
def test_the_command_refuses_in_words(region, tmp_path, monkeypatch, words, reason):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=reason):
        said(*words)
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


def test_the_command_knows_its_regions(region):
    with pytest.raises(CommandError, match="There is no region 'nowhere'; there is: harbour"):
        call_command("sheet", "write", "all.xlsx", "--region", "nowhere")


@given(st.lists(st.text(min_size=1), min_size=1))
@example(["a | b", "c\\", "\\|", ", ", "k: v"])
def test_any_list_goes_round_in_one_cell(texts):
    texts = [tidy(text) for text in texts if tidy(text)] or ["x"]
    field = Field("texts")

    read_back = cells.node(field, cells.written(field, texts), 1)

    assert [one.value for one in read_back.value] == texts


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_row_goes_round_in_one_cell(first, second):
    rows = [{"type": "a-b", "value": tidy(text) or "x"} for text in (first, second)]
    field = Field("rows")

    read_back = cells.node(field, cells.written(field, rows), 1)

    assert [{key: one.value for key, one in row.value.items()} for row in read_back.value] == rows


def test_it_takes_as_many_queries_for_one_row_as_for_thirty(region, django_assert_num_queries):
    table = Table(region, "entries")
    sheets = read(table.data, table.name)
    with django_assert_num_queries(23):
        foresee(sheets, region)
    for number in range(30):
        table.add(NEW | WORDS | {"slug": f"bank-{number}"})
    table.apply()
    assert Fact.objects.count() == 4
    sheets = read(table.data, table.name)
    with django_assert_num_queries(23):
        assert foresee(sheets, region).same == 32
