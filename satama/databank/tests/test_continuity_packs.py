"""Content packs carry redirects, and neither they nor sheets take an address from readers."""

import pytest
from django.db import connection

from satama.databank.models import Entry, Redirect, Region
from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.export import export_region
from satama.databank.packs.load import NotLoaded, Result, load_packs
from satama.databank.sheets.actions import NotApplied

from .sample_pack import FILES, spoil, write_pack
from .sheet_files import Table, harbour

pytestmark = pytest.mark.django_db


def harbour_of(folder, redirects: str) -> list:
    files = FILES | {"redirects.yaml": redirects}
    return read_packs([write_pack(folder, files=files)], folder)


MOVED = """\
redirects:
  - path: entries/tax-card
    to: entries/card
  - path: entries/tax-card
    language: uk
    to: entries/office
"""


def test_a_pack_brings_redirects_and_takes_them_along(tmp_path):
    assert load_packs(harbour_of(tmp_path, MOVED)).created == 15
    connection.check_constraints()
    Entry.objects.filter(slug="office").update(slug="desk")

    export_region(Region.objects.get(), tmp_path / "out")
    again = read_packs(all_packs(tmp_path / "out"), tmp_path / "out")

    assert [str(fault) for pack in again for fault in pack.faults] == []
    assert load_packs(again) == Result(unchanged=16)
    assert [str(row) for row in Redirect.objects.order_by("pk")] == [
        "entries/tax-card → entries/card",
        "entries/tax-card → entries/office",
        "entries/office → entries/desk",
    ]


def test_a_pack_leaves_a_redirect_as_staff_changed_it(tmp_path):
    load_packs(harbour_of(tmp_path, MOVED))
    Redirect.objects.filter(language="uk").update(to="entries/card")

    result = load_packs(harbour_of(tmp_path, MOVED))

    assert result.kept == [
        "kept: redirect entries/tax-card uk: staff lead it to entries/card (harbour/redirects.yaml)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("to: entries/card", "to: entries/cart", "3: entries/cart leads nowhere"),
        ("to: entries/card", "to: find", "3: to: not an address like entries/tax-card: 'find'"),
        ("path: entries/tax-card", "path: x", "2: path: not an address like entries/tax-card: 'x'"),
        ("language: uk", "language: xx", "5: language: unknown language 'xx'"),
    ],
)
def test_a_redirect_of_a_pack_that_leads_nowhere_is_a_fault(tmp_path, old, new, reason):
    (pack,) = harbour_of(tmp_path, MOVED.replace(old, new, 1))

    assert f"harbour/redirects.yaml:{reason}" in [str(fault) for fault in pack.faults]


def test_a_pack_that_takes_a_language_from_its_region_is_not_loaded(tmp_path):
    load_packs(harbour_of(tmp_path, MOVED))
    connection.check_constraints()
    spoil(tmp_path / "harbour", "pack.yaml", "[fi, en, uk]", "[fi, en]")

    with pytest.raises(NotLoaded, match="Readers would lose /harbour/uk/"):
        load_packs(read_packs([tmp_path / "harbour"], tmp_path))
    assert Region.objects.get().languages == ["fi", "en", "uk"]


def test_a_sheet_takes_no_words_from_readers(tmp_path):
    region = harbour(tmp_path)
    table = Table(region, "entries")
    for column in ("made", "title", "summary"):
        table.put("card", f"{column}.uk", "")
    told = ["Readers would lose /harbour/uk/entries/card. Give a redirect first."]

    assert table.foresee().faults == told
    with pytest.raises(NotApplied):
        table.apply()

    Redirect.objects.create(region=region, path="entries/card", language="uk", to="entries/office")
    assert table.apply().faults == []


def test_a_sheet_knows_old_names_in_texts(tmp_path):
    region = harbour(tmp_path)
    Entry.objects.filter(slug="office").update(slug="desk")

    assert Table(region, "entries").put("card", "title.en", "Order a card").foresee().faults == []
