"""What the packs that we ship promise beyond what every pack must keep."""

from datetime import date

import pytest
from django.conf import settings

from satama.databank.packs.check import Pack, all_packs, read_packs, review
from satama.web.templatetags.web import icon

pytestmark = pytest.mark.xdist_group("content")  # the packs are read once

READ = ("fi", "sv", "en", "uk", "ru", "ar")
SEARCHED = {*READ, "fa", "so", "et", "vi", "th", "zh-Hans", "tr", "es", "fr", "ne"}


@pytest.fixture(scope="module")
def packs() -> list[Pack]:
    return read_packs(all_packs(settings.CONTENT), settings.CONTENT)


def test_every_topic_has_a_picture_of_its_own(packs):
    names = [item.record.get("icon", "") for pack in packs for item in pack.of("topic")]

    assert 80 <= len(names) <= 120
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if not icon(name)] == []


def test_every_topic_has_labels_and_everyday_words_in_sixteen_languages_and_a_class(packs):
    lacking = [
        item.slug
        for pack in packs
        for item in pack.of("topic")
        if item.record["labels"].keys() != SEARCHED
        or item.record["synonyms"].keys() != SEARCHED
        or min(len(phrases) for phrases in item.record["synonyms"].values()) < 6
        or not item.record.get("service_classes")
    ]

    assert lacking == []


def test_every_entry_has_a_title_in_six_languages_and_is_whole_in_three(packs):
    texts = {item.slug: item.record["texts"] for pack in packs for item in pack.of("entry")}

    assert len(texts) >= 205
    assert [slug for slug, said in texts.items() if not said.keys() >= set(READ)] == []
    assert [s for s, said in texts.items() if not all(said[c].get("body") for c in READ[:3])] == []


def test_every_entry_has_keywords_in_sixteen_languages_of_its_own(packs):
    said = {
        item.slug: item.record.get("keywords", {}) for pack in packs for item in pack.of("entry")
    }

    assert [slug for slug, words in said.items() if words.keys() != SEARCHED] == []
    assert [slug for slug, words in said.items() if min(map(len, words.values())) < 3] == []


def test_names_of_organisations_and_places_are_in_finnish_swedish_and_english(packs):
    items = [item for pack in packs for kind in ("organisation", "place") for item in pack.of(kind)]

    assert len(items) > 110
    assert [item.slug for item in items if not item.record["names"].keys() >= set(READ[:3])] == []


def test_time_alone_fails_no_check(packs):
    review(packs, settings.CONTENT, date(2036, 1, 1))

    assert [str(warning) for pack in packs for warning in pack.warnings] == []
    assert any(pack.stale for pack in packs)


def test_some_fees_limits_and_deadlines_hide_themselves_and_each_was_found_true(packs):
    hurting = [fact for pack in packs for fact in pack.of("fact") if fact.record.get("hurts")]
    values = [value for fact in hurting for value in fact.record["values"]]

    assert len(hurting) > 15
    assert [value for value in values if not value["confirmed"]] == []
