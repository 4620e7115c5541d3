"""Loading: all or nothing, the same again and again, and staff's work is kept."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.databank.models import (
    Channel,
    ContentVersion,
    Entry,
    Fact,
    FactValue,
    Organisation,
    Place,
    Region,
    Text,
    Topic,
)
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import NotLoaded, Result, load_packs

from .sample_pack import spoil, write_pack

pytestmark = pytest.mark.django_db


def load(folder) -> Result:
    packs = read_packs([folder], folder.parent)
    assert [str(fault) for pack in packs for fault in pack.faults] == []
    return load_packs(packs)


@pytest.fixture
def folder(tmp_path):
    return write_pack(tmp_path)


def test_everything_in_the_files_is_in_the_databank(folder):
    assert load(folder) == Result(created=13)
    region = Region.objects.get()
    assert (region.slug, region.host, region.time_zone, region.country, region.office) == (
        "harbour", "harbour.example.org", "Europe/Helsinki", "FI", "office",
    )  # fmt: skip
    assert region.emergency == ["card"]
    vero = Organisation.objects.get(slug="vero")
    assert (vero.part_of.slug, vero.phone.key, vero.confirmed) == ("ministry", "vero-phone", False)
    assert Topic.objects.get(slug="tax").parent.slug == "money"
    assert list(Topic.objects.values_list("slug", flat=True)) == ["tax", "money"]
    place = Place.objects.get()
    assert (place.hours.key, place.municipality.code, place.postal_code) == (
        "vero-hours",
        "272",
        "67100",
    )
    values = FactValue.objects.filter(fact__key="fee").values_list("value", flat=True)
    assert list(values) == ["490 EUR", "590 EUR"]


def test_an_entry_comes_with_its_words_channels_and_links(folder):
    load(folder)
    card = Entry.objects.get(slug="card")
    assert [row.topic.slug for row in card.topic_rows.all()] == ["tax", "money"]
    ways = [
        (c.kind, str(c.fact or c.place), str(c.hours), c.languages) for c in card.channels.all()
    ]
    assert ways == [
        ("phone", "vero-phone", "vero-hours", ["fi", "ar"]),
        ("place", "Library", "None", []),
    ]
    assert [(link.relation, link.target.slug) for link in card.links.all()] == [("next", "office")]
    assert [one.slug for one in card.also.all()] == ["ministry"]
    assert [one.slug for one in card.municipalities.all()] == ["kokkola"]
    text = card.texts.get(language="en")
    assert (text.made, text.documents) == ("person", ["Passport", "? anything"])
    assert text.body == "It costs [[fee]].\n\nSee [the office](entry:office)."
    assert card.texts.get(language="uk").made == "machine"


def test_a_second_load_writes_nothing_at_all(folder):
    load(folder)
    version = ContentVersion.objects.get().version
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load(folder) == Result(unchanged=13)
    written = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []
    assert ContentVersion.objects.get().version == version


def test_what_the_pack_changes_is_updated_and_nothing_else(folder):
    load(folder)
    kept_text = Text.objects.get(entry__slug="card", language="uk").pk
    spoil(folder, "entries/card.yaml", "Get a tax card", "Order a tax card")
    spoil(folder, "entries/card.yaml", "next: [office]", "after: [office]")
    spoil(folder, "facts/facts.yaml", "590 EUR", "600 EUR")
    spoil(folder, "organisations.yaml", "    part_of: ministry\n", "")
    assert load(folder) == Result(updated=3, unchanged=10)
    card = Entry.objects.get(slug="card")
    assert card.texts.get(language="en").title == "Order a tax card"
    assert [(link.relation, link.target.slug) for link in card.links.all()] == [("after", "office")]
    assert Text.objects.get(entry=card, language="uk").pk == kept_text
    assert FactValue.objects.get(fact__key="fee", valid_until=None).value == "600 EUR"
    assert Organisation.objects.get(slug="vero").part_of is None
    assert load(folder) == Result(unchanged=13)


def test_a_language_leaves_an_entry_when_a_redirect_leads_its_readers_on(folder):
    load(folder)
    path = folder / "entries/card.yaml"
    path.write_text(path.read_text().split("  uk:")[0])
    result = load(folder)
    assert (result.updated, result.kept) == (
        0,
        [
            "kept: entry card: Readers would lose /harbour/uk/entries/card. Give a redirect first."
            " (harbour/entries/card.yaml)"
        ],
    )
    leads = "redirects: [{path: entries/card, language: uk, to: entries/office}]\n"
    (folder / "redirects.yaml").write_text(leads)
    assert load(folder).updated == 1
    assert list(Text.objects.filter(entry__slug="card").values_list("language", flat=True)) == [
        "en"
    ]


def test_what_staff_edited_is_kept_and_the_difference_told(folder):
    load(folder)
    Text.objects.filter(entry__slug="card", language="en").update(title="Ritva's title")
    Organisation.objects.filter(slug="vero").update(names={"en": "Vero"})
    expected = [
        "kept: organisation vero: staff changed it: names.en is “Vero”, "
        "the pack says “Tax Administration” (harbour/organisations.yaml)",
        "kept: entry card: staff changed it: texts.en.title is “Ritva's title”, "
        "the pack says “Get a tax card” (harbour/entries/card.yaml)",
    ]
    assert load(folder) == Result(unchanged=11, kept=expected)
    spoil(folder, "entries/card.yaml", "charge: free", "charge: fee")
    result = load(folder)
    assert "charge is “free”, the pack says “fee”" in result.kept[1]
    assert Entry.objects.get(slug="card").charge == "free"
    assert Text.objects.get(entry__slug="card", language="en").title == "Ritva's title"


def test_saving_a_form_without_a_change_is_no_edit(folder):
    load(folder)
    text = Text.objects.get(entry__slug="card", language="en")
    text.body = text.body.replace("\n", "\r\n") + "\r\n"
    text.save()
    assert load(folder) == Result(unchanged=13)


def test_when_the_pack_takes_over_an_edit_it_leads_again(folder):
    load(folder)
    Text.objects.filter(entry__slug="card", language="en").update(title="Order a card")
    spoil(folder, "entries/card.yaml", "Get a tax card", "Order a card")
    assert load(folder) == Result(unchanged=13)
    spoil(folder, "entries/card.yaml", "Order a card", "Order your card")
    assert load(folder) == Result(updated=1, unchanged=12)


def test_a_row_that_staff_made_themselves_is_kept(folder):
    load(folder)
    Entry.objects.filter(slug="card").update(packed="", charge="fee")
    (sentence,) = load(folder).kept
    assert sentence.startswith("kept: entry card: staff made one of their own: charge is “fee”")


def test_what_leaves_the_pack_is_told_and_stays(folder):
    load(folder)
    spoil(folder, "facts/facts.yaml", "- key: start", "- key: begin")
    result = load(folder)
    assert (result.created, result.missing) == (
        1, ["missing: fact start is no longer in the pack harbour; it stays until staff end it"],
    )  # fmt: skip
    assert Fact.objects.filter(key="start").exists()


def test_what_staff_add_is_not_missing(folder):
    load(folder)
    Topic.objects.create(region=Region.objects.get(), slug="sauna", labels={"en": "Sauna"})
    assert load(folder) == Result(unchanged=13)


def test_a_refusal_of_the_databank_leaves_nothing_behind(folder):
    other = Region.objects.create(slug="other", names={"en": "Other"}, languages=["en"],
                                  host="harbour.example.org")  # fmt: skip
    with pytest.raises(NotLoaded, match="duplicate key"):
        load(folder)
    assert list(Region.objects.all()) == [other]


def test_a_late_refusal_leaves_nothing_behind(folder, tmp_path, monkeypatch):
    pier = write_pack(tmp_path, "quay", {
        "pack.yaml": "pack: quay\nparent: harbour\nnames: {en: Quay}\nlanguages: [en]\n",
    })  # fmt: skip
    load(pier)
    quay = Region.objects.get(slug="quay")
    Topic.objects.create(region=quay, slug="sauna", labels={"en": "Sauna"})
    spoil(folder, "facts/facts.yaml", "590 EUR", "600 EUR")
    spoil(
        folder,
        "topics.yaml",
        "  - slug: tax",
        "  - slug: sauna\n    labels: {en: S}\n  - slug: tax",
    )
    with pytest.raises(NotLoaded, match="sauna exists already in this region or above or below it"):
        load(pier)
    assert FactValue.objects.filter(value="590 EUR").exists()


def test_the_parent_of_a_region_cannot_change(folder, tmp_path):
    load(folder)
    write_pack(tmp_path, "sea", {"pack.yaml": "pack: sea\nnames: {en: Sea}\nlanguages: [en]\n"})
    spoil(folder, "pack.yaml", "pack: harbour", "pack: harbour\nparent: sea")
    with pytest.raises(
        NotLoaded, match=r"harbour/pack.yaml:2: the parent of a region cannot change"
    ):
        load(folder)
    assert not Region.objects.filter(slug="sea").exists()


def test_the_command_loads_parents_first_and_says_what_it_did(folder, tmp_path):
    quay = write_pack(tmp_path, "quay", {
        "pack.yaml": "pack: quay\nparent: harbour\nnames: {en: Quay}\nlanguages: [en]\n",
    })  # fmt: skip
    out = StringIO()
    call_command("load", str(quay), stdout=out)
    assert out.getvalue() == (
        "14 created, 0 updated, 0 unchanged, 0 kept as staff left them, 0 no longer in the packs.\n"
    )
    assert Region.objects.get(slug="quay").parent.slug == "harbour"


def test_the_command_loads_nothing_when_one_file_has_a_fault(folder):
    spoil(folder, "entries/office.yaml", "kind: office", "kind: ofice")
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load", str(folder), stderr=err)
    assert err.getvalue().startswith("harbour/entries/office.yaml:2: kind: unknown 'ofice'")
    assert not Region.objects.exists()


def test_a_load_takes_a_fixed_number_of_queries(folder):
    load(folder)
    with CaptureQueriesContext(connection) as few:
        load(folder)
    for number in range(30):
        text = (
            (folder / "entries/office.yaml").read_text().replace("slug: office", f"slug: o{number}")
        )
        (folder / f"entries/o{number}.yaml").write_text(text)
    load(folder)
    assert Entry.objects.count() == 32 and Channel.objects.count() == 2
    with CaptureQueriesContext(connection) as many:
        load(folder)
    assert len(many) == len(few)
