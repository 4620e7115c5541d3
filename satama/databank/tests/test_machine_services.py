"""Real questions to services that speak the protocols, and what becomes of a service that does
not."""

import logging
import socket

import pytest

from satama.databank.translating.machine import wire
from satama.databank.translating.machine.deepl import DeepL
from satama.databank.translating.machine.libretranslate import LibreTranslate
from satama.databank.translating.machine.service import service, translate
from satama.databank.translating.machine.wire import Refused

from .misbehaving import hangs_up, says_nonsense, status
from .translators import Translator, bit_by_bit, deepl, libretranslate, says, silent

KEY = "secret-key"
TEXTS = ['Katso <g id="0">lautta</g> &amp; <x id="1">XQ1Q</x>.', "1 &lt; 2"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(wire, "PAUSE", 0)


@pytest.fixture
def site():
    with Translator() as opened:
        yield opened


def asked(site: Translator, *answers, texts: list[str] | None = None) -> list[str]:
    site.at("/v2/translate", *answers)
    return translate(DeepL(site.url, KEY), texts or TEXTS, "fi", "en")


def refusal(site: Translator, *answers) -> tuple[str, bool]:
    with pytest.raises(Refused) as refused:
        asked(site, *answers)
    return str(refused.value), refused.value.spent


def test_deepl_is_asked_in_its_protocol(site):
    assert asked(site, deepl(lambda text: text.replace("Katso", "See"))) == [
        TEXTS[0].replace("Katso", "See"),
        TEXTS[1],
    ]

    ((path, headers, words),) = site.posted
    assert path == "/v2/translate"
    assert headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
    assert headers["Content-Type"] == "application/json"
    assert words == {
        "text": TEXTS,
        "source_lang": "FI",
        "target_lang": "EN-GB",
        "tag_handling": "xml",
        "ignore_tags": ["x"],
    }


@pytest.mark.parametrize(
    ("source", "target", "named"),
    [
        ("en", "pt", ("EN", "PT-PT")),
        ("zh-Hans", "sv", ("ZH", "SV")),
        ("fi", "zh-Hans", ("FI", "ZH-HANS")),
        ("no", "no", ("NB", "NB")),
    ],
)
def test_deepl_has_names_of_its_own_for_languages(site, source, target, named):
    site.at("/v2/translate", deepl())

    DeepL(site.url, KEY).translate(["a"], source, target)

    words = site.posted[0][2]
    assert (words["source_lang"], words["target_lang"]) == named


@pytest.mark.parametrize("key", [KEY, ""])
def test_libretranslate_is_asked_in_its_protocol(site, key):
    site.at("/translate", libretranslate(lambda text: text.replace("Katso", "See")))

    found = translate(LibreTranslate(site.url, key), TEXTS, "fi", "en")

    assert found == [
        'See <g id="0">lautta</g> &amp; <x translate="no" id="1">XQ1Q</x>.',
        "1 &lt; 2",
    ]
    assert site.posted[0][2] == {
        "q": [TEXTS[0].replace("<x ", '<x translate="no" '), TEXTS[1]],
        "source": "fi",
        "target": "en",
        "format": "html",
    } | ({"api_key": key} if key else {})


def test_a_tag_in_an_answer_stays_a_tag_to_be_refused(site):
    site.at("/translate", says({"translatedText": ["a <b>pier</b> & <!-- -->", "1 < 2"]}))

    assert translate(LibreTranslate(site.url, ""), TEXTS, "fi", "en") == [
        "a <b&gt;pier</b&gt; &amp; <!-- --&gt;",
        "1 &lt; 2",
    ]


def test_many_texts_take_several_questions(site):
    texts = [f"Lause {number}" for number in range(120)]

    assert asked(site, deepl(str), texts=texts) == texts
    assert [len(words["text"]) for _path, _headers, words in site.posted] == [50, 50, 20]


def test_long_texts_take_several_questions(site):
    texts = ["ä" * 30_000] * 3

    assert asked(site, deepl(str), texts=texts) == texts
    assert [len(words["text"]) for _path, _headers, words in site.posted] == [1, 1, 1]


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504, 529])
def test_a_busy_service_is_asked_once_more(site, code):
    assert asked(site, status(code), deepl(str)) == TEXTS
    assert len(site.posted) == 2


@pytest.mark.parametrize(
    ("code", "sentence", "times"),
    [
        (400, "The translation service refuses these words, or does not know one of the", 1),
        (401, "The translation service does not accept our key.", 1),
        (403, "The translation service does not accept our key.", 1),
        (413, "The text is too long for the translation service.", 1),
        (429, "The translation service has too much to do.", 2),
        (456, "Our share of the translation service is used up.", 1),
        (503, "The translation service does not work right now.", 2),
        (302, "The translation service answered something that we do not understand.", 1),
        (404, "The translation service answered something that we do not understand.", 1),
    ],
)
def test_a_refusal_is_told_and_costs_nothing(site, code, sentence, times):
    told, spent = refusal(site, status(code, Location="https://evil.example/"))

    assert (told.startswith(sentence), spent, len(site.posted)) == (True, False, times)


@pytest.mark.parametrize(
    "answer",
    [
        says(b"{"),
        says(b"\xff"),
        says(b"[" * 100_000),
        says({"translations": []}),
        says({"translations": [{"text": "a"}]}),
        says({"translations": [{"text": 1}, {"text": None}]}),
        says({"translations": 7}),
        says({"error": "no"}),
        says("words"),
        says(None),
        says(b" " * 2_000_001),
        says_nonsense,
        hangs_up,
    ],
)
def test_an_answer_without_sense_is_told_and_may_have_cost_something(site, answer):
    assert refusal(site, answer) == (
        "The translation service answered something that we do not understand.",
        True,
    )
    assert len(site.posted) == 1


@pytest.mark.parametrize("answer", [silent, bit_by_bit])
def test_a_service_that_never_ends_is_left(site, answer, monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE", 0.3)
    monkeypatch.setattr(wire, "QUIET", 5)

    assert refusal(site, answer(site)) == (
        "The translation service did not answer in time. Try again later.",
        True,
    )


def test_a_service_that_says_nothing_is_left(site, monkeypatch):
    monkeypatch.setattr(wire, "QUIET", 0.2)

    assert refusal(site, silent(site))[0].startswith("The translation service did not answer")


def test_a_service_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    with pytest.raises(Refused) as refused:
        translate(DeepL(f"http://127.0.0.1:{port}", KEY), TEXTS, "fi", "en")

    assert str(refused.value) == "The translation service cannot be reached. Try again later."
    assert not refused.value.spent


def test_what_failed_after_the_first_question_may_have_cost_something(site):
    site.at("/v2/translate", deepl(str), status(456))

    with pytest.raises(Refused) as refused:
        translate(DeepL(site.url, KEY), ["a"] * 60, "fi", "en")

    assert refused.value.spent


def test_neither_words_nor_the_key_are_logged(site, caplog):
    caplog.set_level(logging.DEBUG)
    refusal(site, status(403))

    assert KEY not in caplog.text and "Katso" not in caplog.text
    assert KEY not in repr(DeepL(site.url, KEY)) + repr(LibreTranslate(site.url, KEY))


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("", None),
        ("deepl+https://api.deepl.example", DeepL("https://api.deepl.example", KEY)),
        ("libretranslate+http://lt.example/a/", LibreTranslate("http://lt.example/a", KEY)),
    ],
)
def test_the_setting_names_the_service(settings, named, found):
    settings.TRANSLATOR, settings.TRANSLATOR_KEY = named, KEY

    assert service() == found
