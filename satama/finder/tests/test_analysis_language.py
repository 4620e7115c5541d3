"""The language that people type in, when it is not that of the page."""

import json
from pathlib import Path

import pytest

from satama.finder.engine.analysis import language_of

QUERIES = Path(__file__).resolve().parents[3] / "tests" / "data" / "queries-dev.jsonl"
LATIN = ["fi", "fi-simple", "sv", "en", "es", "et", "fr", "so", "tr", "vi"]
OFFERED = [*LATIN, "uk", "ru", "ar", "fa", "ne", "th", "zh-Hans"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fi", "missä voin opiskella suomea illalla"),
        ("sv", "jag vill jobba som sjuksköterska"),
        ("en", "where can I get a tax card"),
        ("uk", "як записати дитину до школи"),
        ("uk", "їжа"),
        ("ru", "жильё"),
        ("ru", "где получить карту"),
        ("ar", "طبيب اليوم"),
        ("fa", "کلاس خیاطی"),
        ("so", "sidee baan u heli karaa shaqo"),
        ("tr", "çalışma izni nasıl alabilirim"),
        ("vi", "thẻ thuế"),
        ("es", "¿dónde puedo aprender finlandés?"),
        ("fr", "où est-ce que je peux étudier"),
        ("et", "kuidas ma saan õppida"),
        ("th", "หมอ"),
        ("ne", "कर"),
        ("zh-Hans", "税"),
    ],
)
@pytest.mark.parametrize("page", ["en", "fi", "ar", "uk"])
def test_a_question_in_another_language_than_the_page_is_noticed(language, question, page):
    assert language_of(question, OFFERED, page) == language


@pytest.mark.parametrize(
    "question", ["", "112", "Kela", "Migri", "DVV", "a", "paspor", "wifi", "Kokkola", "🙂", "taxi"]
)
@pytest.mark.parametrize("page", ["en", "fi", "sv", "so"])
def test_what_is_the_same_everywhere_stays_in_the_language_of_the_page(question, page):
    assert language_of(question, OFFERED, page) == page


def test_a_name_in_latin_letters_does_not_hide_the_script_around_it():
    assert language_of("العمل في Welcome Office Kokkola", OFFERED, "en") == "ar"


def test_what_two_languages_may_say_is_left_to_the_page():
    assert language_of("паспорт", OFFERED, "ru") == "ru"
    assert language_of("паспорт", OFFERED, "en") == "en"
    assert language_of("паспорт", ["en", "uk"], "en") == "uk"


def test_easy_language_stays_easy():
    assert language_of("missä on lääkäri", OFFERED, "fi-simple") == "fi-simple"


def test_only_what_is_offered_is_answered():
    assert language_of("где получить карту", ["fi", "en"], "fi") == "fi"
    assert language_of("税", ["zh-Hant", "en"], "en") == "zh-Hant"
    assert language_of("税", [], "en") == "en"


def test_questions_are_never_taken_for_another_language_and_often_noticed():
    queries = [json.loads(line) for line in QUERIES.read_text().splitlines()]
    noticed = asked = 0

    for query in queries:
        for page in OFFERED:
            said = language_of(query["query"], OFFERED, page).split("-")[0]
            own = page.split("-")[0]
            assert said in (query["language"], own), (query, page)
            asked += own != query["language"]
            noticed += said == query["language"] != own

    assert noticed >= 0.65 * asked
