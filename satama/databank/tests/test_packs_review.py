"""What an editor is told of: prose, gaps, the glossary, what grows old; and the table of it all."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from satama.databank.packs.check import read_packs, review
from satama.databank.packs.style import lix

from .sample_pack import spoil, write_pack

TODAY = date(2026, 11, 22)
CARD, FACTS, TOPICS = "entries/card.yaml", "facts/facts.yaml", "topics.yaml"
PROSE = "It costs [[fee]]."
GLOSSARY = """\
terms:
  - concept: tax-card
    words: {en: tax card, uk: податкова картка}
    avoid: {en: [withholding certificate, rate card*], uk: [карточка]}
"""


@pytest.fixture
def folder(tmp_path):
    return write_pack(tmp_path)


def warned(folder) -> list[tuple[int, str]]:
    """The lines and reasons of the warnings that the sample pack has not had before."""
    return [warning for warning in warnings_of(folder) if warning[1] not in [*USUAL, SPOILT]]


def warnings_of(folder) -> list[tuple[int, str]]:
    packs = read_packs([folder], folder.parent)
    glossary = review(packs, folder.parent, TODAY)
    assert [*glossary.faults, *packs[0].faults] == []
    return [(warning.line, warning.reason) for warning in packs[0].warnings]


USUAL = [
    "texts: nothing in fi",
    "texts: nothing in uk",
    "no source",
    "money: no synonyms in en",
    "start: nothing names this fact",
]
# The spoilt text was the only one to name it.
SPOILT = "fee: nothing names this fact"


def test_a_pack_is_told_of_the_languages_sources_and_words_it_lacks(folder):
    assert sorted({reason for _, reason in warnings_of(folder)}) == sorted(USUAL)


@pytest.mark.parametrize(
    ("prose", "reason"),
    [
        ("It costs 90 €.", "a figure in the prose (…It costs 90 €.…); make it a fact"),
        ("It costs €90 [[fee]].", "a figure"),
        ("You pay 8 % of it.", "a figure"),
        ("Call +358 29 497 050 now.", "a figure"),
        ("We open at 9:30.", "a figure"),
        ("See https://vero.fi.", "an address"),
        ("Write to desk@vero.fi.", "an address"),
        ("You have three months.", "a duration"),
        ("Wait Two weeks.", "a duration"),
        (" ".join(["word"] * 21) + ".", "more than 20 words"),
        ("Bring your withholding certificate.", "“withholding certificate”; the glossary says"),
        ("Bring Rate cards.", "“Rate cards”; the glossary says “tax card”"),
    ],
)
def test_prose_that_grows_old_or_is_hard_to_read_is_told_with_its_line(folder, prose, reason):
    (folder.parent / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    spoil(folder, CARD, PROSE, prose)

    told = warned(folder)

    assert [line for line, _ in told] == [21]
    assert told[0][1].startswith(f"texts.en.body: {reason}")


@pytest.mark.parametrize(
    "prose",
    [
        "1. You need level B1.1 or A2.",
        "Children who are six years old go to pre-school.",
        "It costs [[fee]] and this is a sentence. And this is another one with many words in it.",
        "- [the office](entry:office)",
        "Separate cards are for others.",
    ],
)
def test_good_prose_is_left_in_peace(folder, prose):
    (folder.parent / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    spoil(folder, CARD, PROSE, prose)

    assert warned(folder) == []


def test_finnish_and_swedish_durations_are_seen(folder):
    spoil(folder, CARD, "  uk:", "  fi:")
    spoil(folder, CARD, "Потрібна для роботи.", "Odota kolme kuukautta.")

    assert [told for _, told in warned(folder)] == [
        "texts.fi.summary: a duration in the prose (…Odota kolme kuukautta.…); make it a fact"
    ]


def test_sentences_in_easy_language_are_shorter_still(folder):
    spoil(folder, "pack.yaml", "[fi, en, uk]", "[fi, en, uk, fi-simple]")
    spoil(folder, CARD, "  uk:", "  fi-simple:")
    spoil(folder, CARD, "Потрібна для роботи.", " ".join(["sana"] * 15))

    assert [told for _, told in warned(folder)] == [
        "texts.fi-simple.summary: more than 14 words: “sana sana sana sana sana …”"
    ]


def test_words_the_glossary_avoids_are_seen_in_their_language_only(folder):
    (folder.parent / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    spoil(folder, CARD, "Потрібна для роботи.", "Карточка потрібна.")
    spoil(folder, CARD, "It costs", "карточка")

    assert [told for _, told in warned(folder)] == [
        "texts.uk.summary: “Карточка”; the glossary says “податкова картка”"
    ]


def test_a_glossary_that_is_wrong_says_where(folder):
    path = folder.parent / "glossary.yaml"
    for text, line, reason in [
        ("words: []", 1, "the file must have one key, 'terms', and a list"),
        ("terms: [", 1, "not YAML"),
        (GLOSSARY.replace("concept:", "name:"), 2, "unknown key 'name'"),
        (GLOSSARY.replace("avoid: {en", "avoid: {fi: [x], en"), 2, "avoid.fi: say in `words`"),
    ]:
        path.write_text(text, encoding="utf-8")
        fault = review(read_packs([folder], folder.parent), folder.parent, TODAY).faults[0]
        assert (fault.file, fault.line) == ("glossary.yaml", line)
        assert reason in fault.reason


def test_long_titles_summaries_and_bodies_are_told(folder):
    spoil(folder, CARD, "Get a tax card", "x" * 71)
    spoil(folder, CARD, "You need one", "x" * 161)
    spoil(folder, CARD, PROSE, "A short one. " * 160)

    told = warned(folder)

    assert [line for line, _ in told] == [17, 18, 21]
    assert told[2][1] == "texts.en.body: 483 words; more than 450 tire the reader"


def test_hard_texts_are_told_with_their_measure(folder):
    hard = "Administrative documentation requirements necessitate comprehensive preparation. "
    spoil(folder, CARD, PROSE, hard * 20)

    assert [told for _, told in warned(folder)] == [
        "texts.en.body: hard to read (LIX 103, at most 38)"
    ]


def test_lix_is_sentence_length_and_the_share_of_long_words():
    assert lix("You come here. We help you today.") == 3.5
    assert lix("The registration is free.") == 4 + 25
    assert lix("") == 0


def test_a_person_writes_the_whole_text_in_each_language(folder):
    spoil(folder, CARD, "  uk:\n    made: machine", "  uk:")

    assert warned(folder) == [(24, "texts.uk: no body, though texts.en has one")]


def test_words_of_a_fact_are_in_all_languages_or_in_none(folder):
    spoil(folder, FACTS, "type: date", "type: text")
    spoil(folder, FACTS, "value: 2027-01-01", "value: {en: New Year, fi: uusivuosi}")

    assert warned(folder) == [(28, "start: no words in uk")]


def test_a_topic_without_an_entry_is_told(folder):
    spoil(
        folder, TOPICS, "  - slug: money", "  - {slug: fish, labels: {en: Fish}}\n  - slug: money"
    )

    assert warned(folder) == [
        (7, "fish: no entry has this topic"),
        (7, "fish: no synonyms in en"),
    ]


def test_a_language_that_one_topic_lacks_is_told(folder):
    spoil(folder, TOPICS, "labels: {en: Money}", "labels: {en: Money, fi: Raha}")

    told = [reason for _, reason in warned(folder)]

    assert told == [
        "tax: no labels in fi",
        "tax: no synonyms in fi",
        "money: no synonyms in en, fi",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (FACTS, "value: 2027-01-01,", "value: 2027-01-01, valid_until: 2026-11-21,", "ended"),
        (FACTS, "value: 2027-01-01,", "value: 2027-01-01, valid_until: 2026-12-31,", "ends"),
        (FACTS, "checked: 2026-11-21}]", "checked: 2025-11-21}]", "last checked 2025-11-21"),
        (CARD, "checked: 2026-11-21", "checked: 2025-11-21", "last checked 2025-11-21"),
        (CARD, "checked: 2026-11-21", "valid_until: 2026-01-01", "ended 2026-01-01"),
    ],
)
def test_what_ended_ends_soon_or_was_not_looked_at_for_a_year_is_stale(
    folder, file, old, new, told
):
    before = stale_in(folder)
    spoil(folder, file, old, new)

    after = [one for one in stale_in(folder) if one not in before]

    assert told in after[0]


def stale_in(folder) -> list[str]:
    packs = read_packs([folder], folder.parent)
    review(packs, folder.parent, TODAY)
    return [fault.reason for fault in packs[0].stale]


def test_check_content_prints_what_it_found_and_fails_as_asked(folder, settings, capsys):
    settings.CONTENT = folder.parent
    call_command("check-content", "--no-warnings")
    assert capsys.readouterr().out == (
        "harbour: 2 entries, 1 place, 4 facts, 2 organisations, 2 topics, 1 municipality; "
        "no faults, 6 warnings, 1 stale.\n"
    )
    call_command("check-content")
    out = capsys.readouterr().out
    assert "warning: harbour/entries/office.yaml:1: no source\n" in out
    assert "stale: harbour/entries/office.yaml:1: office: last checked never\n" in out
    with pytest.raises(CommandError, match="6 warnings"):
        call_command("check-content", "--strict")
    spoil(folder, CARD, "charge: free", "charge: cheap")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("check-content", "--strict")
    assert "harbour/entries/card.yaml:8: charge: unknown 'cheap'" in capsys.readouterr().err


def test_the_table_counts_languages_and_states(folder, settings, capsys):
    settings.CONTENT = folder.parent
    spoil(folder, FACTS, "value: 2027-01-01,", "value: 2027-01-01, valid_until: 2020-01-01,")
    call_command("check-content", "--table")
    assert capsys.readouterr().out.splitlines() == [
        "| language | whole text | title and summary | of these by machine"
        " | topic labels | everyday words | keywords of entries |",
        "|---|---:|---:|---:|---:|---:|---:|",
        "| fi | 0 | 0 | 0 | 0 | 0 | 0 |",
        "| en | 1 | 1 | 0 | 2 | 2 | 1 |",
        "| uk | 0 | 1 | 1 | 0 | 0 | 0 |",
        "",
        "| pack | entries | ended | not confirmed | facts | ended | later | not confirmed"
        " | organisations | places | topics |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        "| harbour | 2 | 0 | 0 | 4 | 1 | 0 | 0 | 2 | 1 | 2 |",
    ]
