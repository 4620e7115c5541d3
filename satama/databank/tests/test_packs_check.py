"""Every mistake that a pack can have is told with its file, line and reason, never a traceback."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.files import Unreadable, read_text

from .sample_pack import FILES, spoil, write_pack


def faults_of(folder: Path) -> list[str]:
    return [str(fault) for pack in read_packs([folder], folder.parent) for fault in pack.faults]


def test_a_good_pack_has_no_fault(tmp_path):
    (pack,) = read_packs([write_pack(tmp_path)], tmp_path)
    assert pack.faults == []


def test_our_own_packs_have_no_fault():
    packs = read_packs(all_packs(settings.CONTENT), settings.CONTENT)
    assert {"finland", "kokkola"} <= {pack.slug for pack in packs}
    assert [str(fault) for pack in packs for fault in pack.faults] == []


CARD, FACTS, ORGS = "entries/card.yaml", "facts/facts.yaml", "organisations.yaml"
MISTAKES = [
    # how it is written
    (CARD, "kind: guide", "kind: [guide", 3, "not YAML"),
    (CARD, "kind: guide", "kind: guide\nkind: office", 3, "the key 'kind' is written twice"),
    (CARD, "kind: guide", "kind: &a guide", 2, "an anchor (&)"),
    (CARD, "kind: guide", "kind: *a", 2, "an alias (*)"),
    (CARD, "kind: guide", "kind: !!python/object:os.system guide", 2, "a tag (!)"),
    (CARD, "kind: guide", f"kind: {'[' * 20}{']' * 20}", 2, "nested too deeply"),
    (CARD, "kind: guide", "kind: guide\n---\nkind: guide", 3, "a second document"),
    (CARD, "kind: guide", "kind: guide\n? [a]\n: b", 3, "a key must be one word"),
    (CARD, "kind: guide", 'kind: guide\nassured_by: "a\\0b"', 3, "nobody can see (U+0000)"),
    ("topics.yaml", "topics:", "topic:", 1, "the file must have one key, 'topics', and a list"),
    ("topics.yaml", "topics:", "- topics:", 1, "the file must have one key, 'topics', and a list"),
    # which keys
    (CARD, "kind: guide", "kinds: guide", 2, "unknown key 'kinds'; did you mean 'kind'?"),
    (CARD, "kind: guide", "", 1, "the key 'kind' is missing or empty"),
    (CARD, "kind: guide", "kind: null", 2, "the key 'kind' is missing or empty"),
    (CARD, "topics: [tax, money]", "topics: []", 3, "the key 'topics' is missing or empty"),
    (CARD, "    title: Get a tax card\n", "", 16, "texts.en: the key 'title' is missing or empty"),
    (CARD, "    summary: You", "    sumary: You", 18, "texts.en: unknown key 'sumary'"),
    # which values
    (CARD, "kind: guide", "kind: gide", 2, "kind: unknown 'gide'; did you mean 'guide'?"),
    (CARD, "kind: guide", "kind: [guide]", 2, "kind: expected a text, not a list"),
    (CARD, "audiences: [worker]", "audiences: worker", 7, "audiences: expected a list"),
    (CARD, "audiences: [worker]", "audiences: [sailor]", 7, "audiences: unknown 'sailor'"),
    (CARD, "audiences: [worker]", "audiences: [worker, worker]", 7, "'worker' is listed twice"),
    (CARD, "charge: free", "charge: cheap", 8, "charge: unknown 'cheap'"),
    (CARD, "charge: free", "status: gone", 8, "status: unknown 'gone'"),
    (CARD, "charge: free", "confirmed: maybe", 8, "confirmed: true or false, not 'maybe'"),
    (CARD, "charge: free", "service_classes: [14.1]", 8, "not a code of this list: '14.1'"),
    (CARD, "charge: free", "life_events: [KR5]", 8, "not a code of this list: 'KR5'"),
    (CARD, "charge: free", "languages_served: [xx]", 8, "unknown language 'xx'"),
    (CARD, "checked: 2026-11-21", "checked: 21.11.2026", 14, "not a date like 2027-01-31"),
    (CARD, "checked: 2026-11-21", "checked: 2026-02-30", 14, "not a date like 2027-01-31"),
    (CARD, "source: https://www.vero.fi", "source: vero.fi", 13, "not a web address"),
    (CARD, "made: machine", "made: robot", 25, "texts.uk.made: unknown 'robot'"),
    (CARD, "  uk:", "  xq:", 24, "texts: unknown language 'xq'"),
    (CARD, "Get a tax card", "x" * 91, 17, "texts.en.title: 91 characters; at most 90"),
    (CARD, "You need one", "x" * 221, 18, "at most 220"),
    (CARD, "[Passport,", "Passport\n    # [", 19, "expected a list, not the text 'Passport'"),
    ("municipalities.yaml", "code: 272", "code: 27", 3, "code: not three digits: '27'"),
    ("municipalities.yaml", "latitude: 63.838", "latitude: north", 5, "not degrees with decimals"),
    ("municipalities.yaml", "latitude: 63.838", "latitude: 93.5", 5, "latitude is from -90 to 90"),
    ("municipalities.yaml", "    latitude: 63.838\n", "", 2, "latitude and longitude go together"),
    ("pack.yaml", "languages: [fi, en, uk]", "languages: fi", 3, "expected a list"),
    ("pack.yaml", "fallbacks: {fi: [en]}", "fallbacks: {fi: [sv]}", 4, "'sv' is not one of the la"),
    ("pack.yaml", "#0a5c7a", "red; } body {", 5, "'accent' is not a name and a plain value"),
    ("pack.yaml", "host: harbour", "time_zone: Mars/North\nhost: h", 6, "not a time zone"),
    ("pack.yaml", "host: harbour", "country: XX\nhost: h", 6, "not a country's two letters"),
    ("pack.yaml", "office: office", "office: card", 7, "the entry 'card' is not of kind office"),
    ("pack.yaml", "emergency: [card]", "emergency: [office]", 8, "'office' has no phone to call"),
    ("pack.yaml", "emergency: [card]", "emergency: [cart]", 8, "unknown entry 'cart'"),
    ("pack.yaml", "pack: harbour", "pack: haven", 1, "in a folder called 'harbour'"),
    ("pack.yaml", "pack: harbour", "pack: harbour\nparent: sea", 2, "unknown pack 'sea'"),
    ("pack.yaml", "pack: harbour", "pack: harbour\nparent: harbour", 2, "in a circle"),
    # slugs
    (CARD, "slug: card", "slug: Card", 1, "only lower-case letters a-z, digits and single hyphens"),
    (CARD, "slug: card", "slug: cards", 1, "must be called cards.yaml"),
    ("entries/office.yaml", "slug: office", "slug: card", 1, "entry 'card' exists already"),
    (ORGS, "slug: ministry", "slug: vero", 10, "organisation 'vero' exists already"),
    # what is named
    (CARD, "topics: [tax, money]", "topics: [taxe]", 3, "unknown topic 'taxe'"),
    (CARD, "organisation: vero", "organisation: vera", 4, "unknown organisation 'vera'; did you"),
    (CARD, "also: [ministry]", "also: [kela]", 5, "unknown organisation 'kela'"),
    (CARD, "also: [ministry]", "also: [vero]", 5, "the entry's own organisation once more"),
    (CARD, "municipalities: [kokkola]", "municipalities: [oulu]", 6, "unknown municipality 'oulu'"),
    (CARD, "place: library", "place: market", 11, "unknown place 'market'"),
    (CARD, "fact: vero-phone,", "fact: vero-fax,", 10, "unknown fact 'vero-fax'"),
    (CARD, "next: [office]", "next: [tax-office]", 12, "unknown entry 'tax-office'"),
    (CARD, "next: [office]", "next: [card]", 12, "an entry does not lead to itself"),
    (CARD, "[[fee]]", "[[fees]]", 21, "unknown fact [[fees]]; did you mean 'fee'?"),
    (CARD, "[[fee]]", "[[The fee]]", 21, "[[The fee]] is not a fact's key"),
    (CARD, "[[fee]]", "[[fee", 21, "'[[' without ']]'"),
    (CARD, "entry:office", "entry:offices", 23, "the link entry:offices leads nowhere"),
    ("topics.yaml", "{en: Money}", "{en: '[[fee]]'}", 9, "facts are shown only in the texts"),
    # channels and facts
    (CARD, "fact: vero-phone,", "fact: fee,", 10, "'fee' is of type money; here belongs phone"),
    (CARD, "hours: vero-hours", "hours: fee", 10, "'fee' is of type money; here belongs hours"),
    (CARD, "place: library", "fact: vero-phone", 11, "a place channel needs the key 'place'"),
    (CARD, "  - {kind: place", "  - &DOUBLE {kind: place", 11, "an anchor"),
    (CARD, "next: [office]", "  - {kind: place, place: library}", 12, "listed twice"),
    (CARD, "place: library}", "place: library, fact: fee}", 11, "a place channel has no 'fact'"),
    (ORGS, "phone: vero-phone", "phone: fee", 6, "the fact 'fee' is of type money"),
    ("places.yaml", "hours: vero-hours", "hours: fee", 6, "the fact 'fee' is of type money"),
    (FACTS, "type: phone", "type: fax", 3, "type: unknown 'fax'"),
    (FACTS, "owner: vero", "owner: nobody", 4, "unknown organisation 'nobody'"),
    (FACTS, "+358 29 497 050", "029 497 050", 6, "not a phone number like +358 29 419 0600"),
    (FACTS, "Mo-Fr 09:00-15:00; PH off", "weekdays 9-15", 11, "not opening hours like"),
    (FACTS, "590 EUR", "590 euros", 16, "not an amount like 590 EUR"),
    (FACTS, "590 EUR", "{en: 590 EUR}", 16, "only a text may be in several languages"),
    (FACTS, "value: 2027-01-01", "value: 1.1.2027", 28, "not a date like 2027-01-31"),
    (FACTS, "valid_until: 2025-12-31", "valid_until: 2026-01-01", 16, "overlaps another period"),
    (FACTS, "valid_from: 2026-01-01", "valid_from: 2026-01-01\n        valid_until: 2025-01-01", 18,
     "valid_until 2025-01-01 is before valid_from 2026-01-01"),
    # circles
    (ORGS, "    names: {en: Ministry}", "    names: {en: M}\n    part_of: vero", 5,
     "part_of goes in a circle: vero -> ministry -> vero"),
    ("topics.yaml", "  - slug: money", "  - slug: money\n    parent: tax", 3,
     "parent goes in a circle: tax -> money -> tax"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "reason"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path, file, old, new, line, reason):
    folder = write_pack(tmp_path)
    spoil(folder, file, old, new)
    found = faults_of(folder)
    assert any(
        fault.startswith(f"harbour/{file}:{line}: ") and reason in fault for fault in found
    ), found


def test_every_fault_is_told_at_once_and_in_order(tmp_path):
    folder = write_pack(tmp_path)
    spoil(folder, "topics.yaml", "parent: money", "parent: cash")
    spoil(folder, CARD, "charge: free", "charge: cheap")
    spoil(folder, CARD, "kind: guide", "kind: gide")
    assert [fault.split(": ")[0] for fault in faults_of(folder)] == [
        "harbour/entries/card.yaml:2",
        "harbour/entries/card.yaml:8",
        "harbour/topics.yaml:3",
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "null\n", "---\n"])
def test_an_empty_file_is_told(tmp_path, content):
    folder = write_pack(tmp_path, files=FILES | {"entries/void.yaml": content})
    assert faults_of(folder) == ["harbour/entries/void.yaml:1: the file is empty"]


def test_another_encoding_is_told_with_its_line(tmp_path):
    folder = write_pack(tmp_path)
    (folder / "topics.yaml").write_bytes("topics:\n  - slug: työ\n".encode("latin-1"))
    assert "harbour/topics.yaml:2: not in UTF-8: save the file with that encoding" in faults_of(
        folder
    )


def test_a_byte_order_mark_does_no_harm(tmp_path):
    folder = write_pack(tmp_path)
    path = folder / "topics.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert faults_of(folder) == []


def test_a_file_over_a_megabyte_is_refused(tmp_path):
    folder = write_pack(tmp_path, files=FILES | {"entries/big.yaml": "#" * 1_000_001})
    assert faults_of(folder) == ["harbour/entries/big.yaml:1: larger than 1 MB"]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret").write_text("slug: secret")
    folder = write_pack(tmp_path)
    os.symlink(tmp_path / "secret", folder / "entries" / "secret.yaml")
    assert faults_of(folder) == ["harbour/entries/secret.yaml:1: leads out of the pack's folder"]


@pytest.mark.parametrize(
    "name", ["entries/card.yml", "topic.yaml", "entry/card.yaml", "facts/a/b.yaml"]
)
def test_a_file_that_would_be_overlooked_is_told(tmp_path, name):
    folder = write_pack(tmp_path, files=FILES | {name: "slug: card\n"})
    assert faults_of(folder) == [
        f"harbour/{name}:1: no file of a pack has this name (docs/content-packs.md)"
    ]


def test_a_folder_that_is_not_there_or_no_pack_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    assert faults_of(tmp_path / "empty") == ["empty/pack.yaml:1: pack.yaml is missing"]
    assert "no such folder" in faults_of(tmp_path / "nowhere")[0]


def test_a_slug_of_the_parent_cannot_be_used_again(tmp_path):
    write_pack(tmp_path)
    pack = {"pack.yaml": "pack: quay\nparent: harbour\nnames: {en: Quay}\nlanguages: [en]\n"}
    folder = write_pack(tmp_path, "quay", pack | {"topics.yaml": FILES["topics.yaml"]})
    assert faults_of(folder) == [
        "quay/topics.yaml:2: topic 'tax' exists already: harbour/topics.yaml:2",
        "quay/topics.yaml:7: topic 'money' exists already: harbour/topics.yaml:7",
    ]


def test_a_pack_may_name_what_its_parent_has(tmp_path):
    write_pack(tmp_path)
    entry = (
        "slug: pier\nkind: guide\ntopics: [tax]\ntexts:\n  en: {title: Pier, summary: '[[fee]]'}\n"
    )
    pack = {"pack.yaml": "pack: quay\nparent: harbour\nnames: {en: Quay}\nlanguages: [en]\n"}
    assert faults_of(write_pack(tmp_path, "quay", pack | {"entries/pier.yaml": entry})) == []


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from(list("ab:-[]{}\"'|>&*!%@`#,? \n\t\\x0\u2028\x85\x00\ud800~<")), max_size=40
    )
)
def test_no_text_makes_the_reader_fall(text):
    try:
        read_text(text)
    except Unreadable as error:
        assert error.line >= 1
