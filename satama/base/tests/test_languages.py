"""Any language is better than none, and the reader is told which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.base.languages import best, direction, order_for, own_name, plain

CODES = st.sampled_from(["fi", "sv", "en", "uk", "ar", "zh-Hans"])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *((code, "rtl") for code in ("ar", "fa", "ckb", "ar-EG")),
        *((code, "ltr") for code in ("fi", "uk", "zh-Hans", "arn", "")),
    ],
)
def test_the_direction_of_a_language(language, expected):
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("language", "fallbacks", "order"),
    [
        ("uk", {"uk": ["en", "ru"]}, ["uk", "en", "ru", "fi", "sv"]),
        ("uk", {}, ["uk", "fi", "sv", "en"]),
        ("sv", {"sv": ["fi"]}, ["sv", "fi", "en"]),
        ("en", {"uk": ["ru"]}, ["en", "fi", "sv"]),
        ("sv-simple", {}, ["sv-simple", "sv", "fi", "en"]),
    ],
)
def test_the_order_in_which_languages_are_tried(language, fallbacks, order):
    assert order_for(language, fallbacks, ["fi", "sv", "en"]) == order


def test_an_easy_variant_comes_first_for_its_readers_and_last_for_others():
    spoken = ["fi-simple", "fi", "en"]

    assert order_for("fi-simple", {}, spoken) == ["fi-simple", "fi", "en"]
    assert order_for("en", {}, spoken) == ["en", "fi", "fi-simple"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fi", "Suomi"),
        ("en", "English"),
        ("uk", "Українська"),
        ("ar", "العربية"),
        ("zh-Hans", "中文 (简体)"),
        ("so", "Soomaali"),
        ("fi-simple", "Selkosuomi"),
    ],
)
def test_a_language_is_called_as_its_readers_call_it(language, name):
    assert own_name(language) == name


def test_easy_language_has_the_words_of_its_language():
    assert [plain(code) for code in ("fi-simple", "fi", "zh-Hans")] == ["fi", "fi", "zh-Hans"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"fi": "lautta", "en": "ferry"}, ("ferry", "en")),
        ({"fi": "lautta", "en": ""}, ("lautta", "fi")),
        ({"ar": "عبارة"}, ("عبارة", "ar")),
        ({"ar": ""}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_the_best_words_there_are(words, found):
    assert best(words, ["en", "fi"]) == found


@given(st.dictionaries(CODES, st.text(max_size=3)), st.lists(CODES))
def test_words_are_found_if_there_are_any(words, order):
    text, language = best(words, order)

    assert bool(text) == any(words.values())
    assert not text or words[language] == text
