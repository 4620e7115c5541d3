"""Questions in people's own words meet what the databank holds."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satama.finder.engine.index import Document, Hit, Index

TAX, SWIM, BANK, ASYLUM, SKI, VOTE = range(1, 7)

DOCUMENTS = [
    Document(TAX, "fi", "Hanki verokortti", "Verotoimisto antaa verokortin.", "vero\nverot"),
    Document(TAX, "en", "Get a tax card", "The tax office gives you a tax card.", "tax\ntaxes"),
    Document(TAX, "sv", "Skaffa skattekort", "Skattebyrån ger dig ett skattekort.", "skatt"),
    Document(TAX, "vi", "", "", "thẻ thuế\nthuế"),
    Document(TAX, "th", "บัตรภาษี", "สำนักงานภาษีออกบัตรภาษีให้คุณ", "ภาษี"),
    Document(SWIM, "fi", "Uimakoulu", "Lapset oppivat uimaan uimahallissa.", "liikunta"),
    Document(SWIM, "en", "Swimming school", "Children learn to swim.", "sport"),
    Document(SWIM, "sv", "Simskola", "Barn lär sig simma i simhallen.", "idrott"),
    Document(BANK, "uk", "Банківський рахунок", "Візьміть паспорт.", "банк"),
    Document(BANK, "en", "Bank account", "Bring your passport to the bank.", "bank"),
    Document(ASYLUM, "ar", "طلب اللجوء", "لطالب اللجوء حق العمل بعد ثلاثة أشهر.", "لجوء"),
    Document(ASYLUM, "en", "Asylum", "An asylum seeker may work after three months.", "asylum"),
    Document(SKI, "zh", "运动设施", "冬天有越野滑雪道。", "滑雪\n运动"),
    Document(SKI, "en", "Sports facilities", "Ski tracks in winter.", "sport"),
    Document(VOTE, "uk", "Вибори", "Хто може голосувати на виборах.", "вибори"),
    Document(VOTE, "en", "Voting", "Who may vote in elections.", "elections"),
]


@pytest.fixture(scope="module")
def index():
    return Index(DOCUMENTS)


def first(index, query, language):
    hits = index.search(query, language=language)
    return (hits[0].key, hits[0].language) if hits else None


@pytest.mark.parametrize(
    ("language", "query", "key"),
    [
        ("fi", "verokorttia", TAX),
        ("fi", "mistä saan verokortin?", TAX),
        ("fi", "uimahalli", SWIM),
        ("sv", "simhallens öppettider", SWIM),
        ("en", "How do I get taxes sorted", TAX),
        ("uk", "рахунок у банку з українським паспортом", BANK),
        ("uk", "чи можу я голосувати", VOTE),
        ("ar", "حق العمل لطالب اللجوء", ASYLUM),
        ("ar", "اللجو", ASYLUM),
        ("th", "ภาษี", TAX),
        ("zh", "越野滑雪道", SKI),
        ("zh", "滑雪", SKI),
        ("vi", "the thue", TAX),
    ],
)
def test_a_question_finds_its_inflected_word(index, language, query, key):
    assert first(index, query, language) == (key, language)


@pytest.mark.parametrize(
    ("language", "query", "key"),
    [
        ("fi", "vero kortti", TAX),
        ("fi", "verokorti", TAX),
        ("fi", "uima kolu", SWIM),
        ("en", "pasport", BANK),
        ("en", "assylum", ASYLUM),
        ("sv", "skatekort", TAX),
    ],
)
def test_a_slip_or_a_split_compound_still_finds(index, language, query, key):
    assert first(index, query, language) == (key, language)


def test_a_question_in_another_language_than_the_page_is_answered(index):
    assert first(index, "verokortti", "en") == (TAX, "fi")
    assert first(index, "verokortti", "ar") == (TAX, "fi")
    assert first(index, "голосувати", "en") == (VOTE, "uk")


def test_each_key_comes_once_and_best_first(index):
    hits = index.search("tax card", language="en")
    assert hits[0] == Hit(TAX, hits[0].score, "en")
    assert len({hit.key for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_language_is_the_same_in_every_spelling_of_its_code():
    index = Index([Document(SKI, "zh-Hans", "滑雪", "")])
    for code in ("zh", "zh-hans", "zh_Hant", "zh-Hans"):
        assert [hit.language for hit in index.search("滑雪", language=code)] == ["zh"]


def test_at_equal_fit_the_readers_language_wins():
    index = Index([Document(1, "sv", "Taxi", "taxi"), Document(2, "en", "Taxi", "taxi")])
    assert [hit.key for hit in index.search("taxi", language="sv")] == [1, 2]
    assert [hit.key for hit in index.search("taxi", language="en")] == [2, 1]


def test_one_word_in_common_is_enough(index):
    assert first(index, "submarine unicorn passport", "en") == (BANK, "en")


def test_what_nobody_wrote_about_finds_nothing(index):
    for query in (
        "quantum chromodynamics",
        "где починить телефон",
        "潜水艇",
        "🙂🙂",
        "",
        "  ",
        "?!",
    ):
        assert index.search(query, language="en") == []


def test_weak_matches_go_when_a_strong_one_stands_beside_them(index):
    assert [hit.key for hit in index.search("swimming school", language="en")] == [SWIM]


def test_a_question_of_stop_words_searches_for_them_all():
    index = Index([Document(1, "en", "Who we are", ""), Document(2, "en", "Taxes", "Pay them.")])
    assert [hit.key for hit in index.search("who are we", language="en")] == [1]


def test_only_as_many_as_asked_for(index):
    assert len(index.search("sport", language="en")) == 2
    assert len(index.search("sport", language="en", limit=1)) == 1
    assert index.search("sport", language="en", limit=0) == []


def test_an_empty_index_answers_with_nothing():
    index = Index([])
    assert index.search("vero", language="fi") == index.suggest("vero", language="fi") == []
    blank = Index([Document(1, "fi", "", "")])
    assert blank.search("vero", language="fi") == blank.suggest("vero", language="fi") == []


def test_any_number_of_a_database_may_be_a_key():
    index = Index([Document(2**63 - 1, "en", "Tax", ""), Document(0, "en", "Taxes", "")])
    assert {hit.key for hit in index.search("tax", language="en")} == {0, 2**63 - 1}


def test_suggestions_go_on_from_what_is_typed(index):
    assert index.suggest("ta", language="en") == ["tax", "taxes", "Get a tax card"]
    assert index.suggest("TAX ca", language="en") == ["Get a tax card"]
    assert index.suggest("滑", language="zh") == ["滑雪"]
    assert index.suggest("бан", language="uk") == ["банк", "Банківський рахунок"]


def test_suggestions_need_no_accents_and_know_other_languages(index):
    assert index.suggest("the thu", language="vi") == ["thẻ thuế"]
    assert index.suggest("skatte", language="en") == ["Skaffa skattekort"]


def test_suggestions_are_few_and_never_twice(index):
    assert index.suggest("s", language="en", limit=2) == ["sport", "Swimming school"]
    assert index.suggest("", language="en") == index.suggest("%_'", language="en") == []


NASTY = [
    "a" * 10_000,
    " ".join(str(n) for n in range(3_000)),
    "\x00\x01\x1b[31m\u202e\ufeff\u200b",
    "'; DROP TABLE entries; --",
    "<script>alert(1)</script>",
    'title:(tax AND "card" NOT [1 TO 2}^~*?',
    "\ud800\udfff tax \udc00",
    "🙂🏳️‍🌈👩‍👩‍👧‍👦",
    "e" + "\u0301" * 5_000,
    "ﷺ" * 400,
    "\u0e33" * 400,
    "%s%n{0}{x}\\",
    "İıſßΣς",
    "\U0010ffff\ue000",
]


@pytest.mark.parametrize("query", NASTY)
def test_nasty_text_is_only_text(index, query):
    for language in ("fi", "zh", "ar", "../../etc", ""):
        assert len(index.search(query, language=language)) <= 50
        assert len(index.suggest(query, language=language)) <= 6


def test_nasty_text_may_also_be_indexed():
    index = Index([Document(n, "en", text, text, text) for n, text in enumerate(NASTY)])
    assert index.search("drop table", language="en")[0].key == 3
    assert all(phrase.encode() for phrase in index.suggest("tax", language="en"))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters()) | st.text("taxcrd äжع滑ภ'\"()\\:*~\ud800 ", max_size=400))
def test_no_query_raises(index, query):
    hits = index.search(query, language="fi")
    assert all(hit.score > 0 for hit in hits)
    assert all(isinstance(phrase, str) for phrase in index.suggest(query, language="fi"))


def test_the_longest_question_does_not_hang(index):
    began = time.thread_time()
    index.search(" ".join(f"verokorti{n}" for n in range(500)), language="fi")
    assert time.thread_time() - began < 10


def test_many_threads_read_the_same_index(index):
    questions = ["verokortin", "tax card", "голосувати", "滑雪", "لجوء", "uima kolu"] * 40
    alone = [index.search(question, language="fi") for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda q: index.search(q, language="fi"), questions))
    assert together == alone


def test_the_index_knows_when_nothing_fits(index):
    def confident(question):
        answer = index.ask(question, language="en")
        return answer.confident(answer.hits)

    assert confident("tax card")
    assert not confident("pizza recipe")
    assert not confident("")


def test_hits_about_one_thing_are_more_convincing_than_hits_about_many():
    titles = ["Red boat, south harbour", "Blue boat, north harbour", "Harbour with boats"]
    titles += [f"Number {n}" for n in range(40)]
    index = Index(Document(n, "en", title, "") for n, title in enumerate(titles))
    answer = index.ask("boat in the harbour at night", language="en")

    assert len(answer.hits) == 3
    assert not answer.confident(answer.hits)
    assert answer.confident(answer.hits, lambda one, other: True)


def test_search_stays_within_the_places_asked_for():
    index = Index(Document(n, "en", "Tax card", "", place=n % 3) for n in range(6))

    found = {
        place: [hit.key for hit in index.search("tax", language="en", places=[place])]
        for place in (0, 1, 7)
    }

    assert found == {0: [0, 3], 1: [1, 4], 7: []}
    assert index.suggest("ta", language="en", places=[7]) == []


def test_a_large_shelf_finds_the_same_first(monkeypatch):
    documents = [
        Document(n, "en", f"Boat {n}", f"It carries number {n} to town.") for n in range(99)
    ]
    documents += [
        Document(100, "en", "Tax card", "Order the card."),
        Document(101, "en", "Tax", ""),
    ]
    questions = ["tax card", "tax crad", "boat 17", "order a card for town"]
    small = [[hit.key for hit in Index(documents).search(q, language="en")][:3] for q in questions]

    monkeypatch.setattr("satama.finder.engine.question.LARGE", 10)
    monkeypatch.setattr("satama.finder.engine.shelf.SMALL", 10)

    index = Index(documents)
    assert [[hit.key for hit in index.search(q, language="en")][:3] for q in questions] == small


def test_an_index_on_disk_is_opened_as_it_was(tmp_path):
    Index([Document(1, "en", "Tax card", "", place=4)], tmp_path)

    again = Index((), tmp_path)
    changed = again.replace([1], [Document(1, "en", "Tax card", "", place=4)])

    assert [hit.key for hit in again.search("tax", language="en", places=[4])] == [1]
    assert changed == 0
