"""That staff found a row still true is no edit: a pack leads on, and never sets the look back."""

from datetime import date

import pytest

from satama.databank.models import Entry, Fact, FactValue, Organisation, Place, Text
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import Result, load_packs
from satama.databank.packs.looks import edition, last_looked
from satama.databank.upkeep.actions import confirm, doubt

from . import cast  # noqa: F401  the rows below are the pack's
from .sample_pack import spoil, write_pack
from .test_roles import person

TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path, db):
    made = write_pack(tmp_path)
    load(made)
    return made


def load(folder) -> Result:
    return load_packs(read_packs([folder], folder.parent))


def confirm_all(on: date = TODAY) -> None:
    by = person("ritva", "editor", region=Entry.objects.first().region)
    rows = [row for model in (Entry, Fact, Organisation, Place) for row in model.objects.all()]
    confirm(rows, by=by, on=on)


def test_confirmed_rows_are_no_edits_and_a_pack_as_old_sets_nothing_back(folder):
    confirm_all()

    result = load(folder)

    assert (result.kept, result.updated, result.created) == ([], 0, 0)
    assert set(Entry.objects.values_list("checked", "confirmed")) == {(TODAY, True)}
    assert FactValue.objects.filter(checked=TODAY).count() == 4  # those in force
    assert Organisation.objects.get(slug="vero").confirmed


def test_a_pack_that_says_something_new_comes_in_and_keeps_the_look(folder):
    confirm_all()
    spoil(folder, "entries/card.yaml", "You need one for work.", "Your employer needs it.")
    spoil(folder, "facts/facts.yaml", "key: fee\n", "key: fee\n    review_days: 30\n")

    result = load(folder)

    assert (result.kept, result.updated) == ([], 2)
    assert Text.objects.get(language="en", entry__slug="card").summary == "Your employer needs it."
    assert Entry.objects.get(slug="card").checked == TODAY
    fee = Fact.objects.get(key="fee")
    assert fee.review_days == 30
    assert dict(fee.values.values_list("value", "checked")) == {
        "590 EUR": TODAY,
        "490 EUR": date(2026, 11, 21),
    }


def test_a_value_that_the_pack_changes_has_the_packs_look(folder):
    confirm_all()
    spoil(folder, "facts/facts.yaml", "value: 590 EUR", "value: 600 EUR")

    load(folder)

    assert Fact.objects.get(key="fee").values.get(value="600 EUR").checked == date(2026, 11, 21)


def test_a_later_look_of_the_pack_comes_in(folder):
    confirm_all()
    spoil(folder, "entries/card.yaml", "checked: 2026-11-21", "checked: 2026-12-24")

    assert load(folder).updated == 1
    assert Entry.objects.get(slug="card").checked == date(2026, 12, 24)


def test_a_doubt_stays_until_somebody_looks_later(folder):
    entry = Entry.objects.get(slug="card")
    by = person("ritva", "editor", region=entry.region)
    doubt(entry, note="The fee rose.", by=by, on=TODAY)

    assert load(folder).kept == []
    assert not Entry.objects.get(slug="card").confirmed

    spoil(folder, "entries/card.yaml", "checked: 2026-11-21", "checked: 2026-12-24")
    load(folder)
    assert Entry.objects.get(slug="card").confirmed


def test_what_staff_wrote_is_kept_as_before(folder):
    confirm_all()
    Entry.objects.filter(slug="card").update(charge="fee")
    spoil(folder, "entries/card.yaml", "You need one for work.", "Your employer needs it.")

    (kept,) = load(folder).kept

    assert kept.startswith("kept: entry card: staff changed it")


def test_two_records_are_the_same_edition_whenever_they_were_looked_at():
    old = {"slug": "card", "checked": "2026-01-01", "confirmed": False}
    new = {"slug": "card", "checked": "2026-02-01", "confirmed": True}

    assert edition(old) == edition(new) != edition(new | {"slug": "cart"})
    assert last_looked(new, old) == new
    assert last_looked(old, new) == new
    assert last_looked({"slug": "card"}, new) == new
