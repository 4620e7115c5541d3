"""Words as people type them become the terms of what is written."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from satama.finder.engine import analysis
from satama.finder.engine.analysis import (
    Vocabulary,
    distance,
    grams,
    language_of,
    normalise,
    parts,
    plain,
    scripts,
    words,
)

LANGUAGES = [
    "fi",
    "sv",
    "en",
    "uk",
    "ru",
    "ar",
    "so",
    "fa",
    "tr",
    "vi",
    "th",
    "zh",
    "ne",
    "ckb",
    "xx",
    "",
]
# Every kind of character, also beyond the first plane and alone where it stands for half of one.
ANYTHING = st.one_of(
    st.text(st.characters()),
    st.text(st.integers(0, 0x10FFFF).map(chr)),
    st.text(st.sampled_from("aäöåßıəñ’'_-٠१1نال\u200c\u0301\u093cіїёыทย税グ𐐀🙂 ")),
)


def test_text_is_one_line_in_lower_case_without_what_cannot_be_seen():
    assert normalise("  Työ\u200bLUPA\x00\n\tＡ１ \ud800 ﬁ ") == "työlupa a1 fi"


def test_a_turkish_capital_is_a_plain_i():
    assert normalise("İŞ") == "iş"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fi", "oleskeluluvan", "oleskeluluvat"),
        ("fi", "asunto", "asunnot"),
        ("fi", "kansalaisuutta", "kansalaisuus"),
        ("fi", "pankin", "pankki"),
        ("fi", "maksut", "maksu"),
        ("fi", "oleskelulupa", "oleskeluluvan"),
        ("fi", "kuntaan", "kunnassa"),
        ("fi", "töissä", "työ"),
        ("fi", "hakeminen", "hakea"),
        ("sv", "skatter", "skatten"),
        ("sv", "tillståndet", "tillstånds"),
        ("sv", "böckerna", "bok"),
        ("sv", "byråns", "byrå"),
        ("en", "permits", "permit"),
        ("uk", "паспортом", "паспорт"),
        ("uk", "біженців", "біженці"),
        ("uk", "голосувати", "голосують"),
        ("uk", "сім’я", "сім'ї"),
        ("uk", "дозволу", "дозвіл"),
        ("uk", "допомозі", "допомога"),
        ("uk", "притулок", "притулку"),
        ("uk", "будинок", "будинку"),
        ("uk", "школи", "шкіл"),
        ("uk", "навчання", "навчанні"),
        ("ru", "студенту", "студенты"),
        ("ru", "жильё", "жилье"),
        ("ar", "المدرسة", "مدرسه"),
        ("ar", "إقامة", "اقامة"),
        ("ar", "مُدَرِّس", "مدرس"),
        ("ar", "للمدرسة", "المدرسة"),
        ("ar", "والمدرسة", "بالمدرسة"),
        ("ar", "اجراء", "إجرا"),
        ("fa", "كلاس", "کلاس"),
        ("fa", "کتاب‌ها", "کتاب"),
        ("ckb", "کوردی", "كوردي"),
        ("ckb", "ناونيشان", "ناونیشان"),
        ("so", "taleefanka", "taleefan"),
        ("so", "magaalada", "magaalo"),
        ("so", "shaqada", "shaqo"),
        ("ne", "हरू", "हरू"),
        ("ne", "गाउँ", "गाउं"),
        ("vi", "Thuế", "thuế"),
        ("tr", "okullar", "okulda"),
        ("es", "permisos", "permiso"),
        ("fr", "salariés", "salarié"),
        ("et", "lapsed", "lapsed"),
        ("fi-FI", "pankin", "pankki"),
    ],
)
def test_two_forms_of_a_word_meet(language, one, other):
    assert words(one, language) == words(other, language) != []


@pytest.mark.parametrize(
    ("language", "question", "kept"),
    [
        ("en", "How do I get a tax card?", ["tax", "card"]),
        ("sv", "vad måste jag göra?", ["vad", "måst", "jag", "gör"]),
        ("ar", "هل يوجد دروس", ["دروس"]),
        ("uk", "чи можу я голосувати", ["голос"]),
        ("fa", "می‌خواهم کلاس", ["کلاس"]),
        ("so", "sidee", ["sid"]),
        ("zh", "我想学芬兰语，怎么报名？", ["学芬", "芬兰", "兰语", "报名"]),
        ("zh", "怎么", ["怎么"]),
        ("th", "ภาษีอย่างไรครับ", ["ภา", "าษ", "ษี"]),
        ("ne", "कर कार्ड कहाँ", ["कर", "कार्ड"]),
        ("vi", "tôi muốn thẻ thuế", ["the", "thue"]),
        ("xx", "how do", ["how", "do"]),
    ],
)
def test_stop_words_go_unless_nothing_else_is_left(language, question, kept):
    assert words(question, language) == kept


def test_scripts_without_blanks_become_bigrams():
    assert words("滑雪道", "zh") == grams("滑雪道") == ["滑雪", "雪道"]
    assert words("ภาษี", "th") == grams("ภาษี") == ["ภา", "าษ", "ษี"]
    assert words("税", "zh") == ["税"]


def test_scripts_may_stand_side_by_side():
    assert words("A1签证 Kela", "zh") == ["a1", "签证", "kela"]


def test_marks_stay_inside_a_nepali_word():
    assert words("विद्यालय", "xx") == ["विद्यालय"]


def test_digits_of_every_script_are_the_same():
    assert words("١١٢ ۱۱۲ ११२ 112", "xx") == ["112"] * 4


def test_grams_stay_inside_words_and_carry_no_accents():
    assert grams("Työ ä") == ["_tyo", "tyo_", "_a_"]


def test_a_phrase_is_compared_without_accents_and_signs():
    assert plain("Päivähoito – esikoulu!") == "paivahoito esikoulu"


def test_scripts_are_named():
    assert scripts("Kela 112 واتساب") == {"LATIN", "ARABIC"}
    assert scripts("112 🙂") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("vero", "vero", 0), ("vero", "veor", 1), ("kortti", "korti", 1), ("a", "abcd", 3)],
)
def test_edits_are_counted(one, other, edits):
    assert distance(one, other, 2) == edits


def test_a_slip_finds_the_nearest_known_word():
    known = Vocabulary(["research", "researcher", "permit", "päiväkoti"])
    assert known.near("reasearcher") == [("researcher", 1 - 1 / 11)]
    assert [word for word, _ in known.near("paivakoti")] == ["päiväkoti"]
    assert known.near("xyzzy") == known.near("per") == known.near("2026") == []


def test_every_word_list_names_its_source_and_holds_words():
    for file in analysis.WORD_LISTS.glob("*.txt"):
        source, *listed = file.read_text(encoding="utf-8").splitlines()
        assert source.startswith("# ") and len(listed) > 40
        assert len(set(listed)) == len(listed)
        assert all(line and not line.startswith("#") for line in listed)


@given(ANYTHING, st.sampled_from(LANGUAGES))
@example("Ǽ", "fi")
def test_no_text_breaks_the_analysis(text, language):
    assert normalise(normalise(text)) == normalise(text)
    assert all(term and not any(map(str.isspace, term)) for term in words(text, language))
    assert all(gram.encode() for gram in grams(text))
    assert plain(plain(text)) == plain(text)
    scripts(text)
    parts(text, {"a", "aaa", text[:3]}, language)
    assert language_of(text, LANGUAGES, language) in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("piece", ["x", "ä", "税", "ก", "в", "ال", "a'", "a1", "\u094d", "työ "])
def test_the_longest_word_does_not_hang(piece, language):
    words("x", language)  # what is read and built once
    begun = time.thread_time()  # of the processor; a hundredth of what is allowed is usual

    text = (piece * 10_000)[:10_000]
    words(text, language)
    grams(text)
    parts(text, {"xxx", "työ"}, language)
    language_of(text, LANGUAGES, language)

    assert time.thread_time() - begun < 3
