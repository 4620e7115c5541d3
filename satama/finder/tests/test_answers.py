"""The sentence that answers is shown, with its words marked, and nothing that only seems to."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.models import Text
from satama.finder.answers import LONGEST, Question, apart, best, marked, nearly_same, short
from satama.finder.engine.lines import lines_of
from satama.finder.engine.phrases import Spoken

BODY = """
Banks ask many questions.

## What to do

1. Get an **identity code**, see [what it is](entry:identity-code).
1. Book a time at the bank. Call [[bank-phone]].

   You wait some days.

2. Bring your passport.

## What it costs

- a monthly fee
- Students pay nothing.

You can choose:

- a card
- a loan_with_marks

| Card | Fee |
| ---- | --- |
| Visa | 5 € |
"""


def text(body: str = BODY, language: str = "en", **changes) -> Text:
    fields = {"title": "Open a bank account", "summary": "Your pay comes to it."}
    return Text(**{"language": language, "body": body, **fields, **changes})


def answer(query: str, of: Text) -> str:
    return best(of, Question(query, of.language))


def shown(line: str, query: str, language: str = "en", **facts: str) -> str:
    """The pieces as one text, with what is marked in brackets."""
    pieces = marked(line, Question(query, language), lambda key: facts.get(key, ""))
    return "".join(f"<{piece.text}>" if piece.hit else piece.text for piece in pieces)


def test_a_text_is_read_as_steps_items_and_paragraphs():
    assert [line.text for line in lines_of(BODY)] == [
        "Banks ask many questions.",
        "1. Get an identity code, see what it is.",
        "2. Book a time at the bank. Call [[bank-phone]].",
        "You wait some days.",
        "3. Bring your passport.",
        "What it costs: a monthly fee",
        "Students pay nothing.",
        "You can choose:",
        "You can choose: a card",
        "You can choose: a loan_with_marks",
    ]


def test_a_long_paragraph_is_read_sentence_by_sentence():
    long = "The office opens on 1. tammikuuta at nine, e.g. this year. " * 3 + "再来。欢迎。" * 20

    sentences = [line.text for line in lines_of(long)]

    assert sentences[:3] == ["The office opens on 1. tammikuuta at nine, e.g. this year."] * 3
    assert sentences[3:5] == ["再来。", "欢迎。"]


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("identity code for a bank account", "1. Get an identity code, see what it is."),
        ("which passports", "3. Bring your passport."),
        ("what does the account cost monthly", "What it costs: a monthly fee"),
        ("are there questions", "Banks ask many questions."),
        ("open a bank account", ""),
        ("my pay", ""),
        ("swimming in the summer", ""),
        ("passport for dogs horses sheep", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_the_line_that_fits_better_than_the_summary_answers(query, line):
    assert answer(query, text()) == line


@pytest.mark.parametrize(
    ("field", "value", "query", "line"),
    [
        ("fees", "It is free for students.", "free", "It is free for students."),
        ("fees", "Students pay nothing.", "what are the costs", "Students pay nothing."),
        ("application", "Book a time.", "booking", "Book a time."),
        ("eligibility", "You live here legally.", "legal", "You live here legally."),
        ("documents", ["Passport", "Contract"], "passport", "Bring: Passport · Contract"),
    ],
)
def test_every_part_of_a_text_may_answer(field, value, query, line):
    assert answer(query, text("Nothing more to say.", **{field: value})) == line


@pytest.mark.parametrize(
    ("language", "body", "query", "marks"),
    [
        (
            "fi",
            "Hae oleskelulupaa ajoissa.",
            "oleskeluluvan haku",
            "<Hae> <oleskelulupaa> ajoissa.",
        ),
        (
            "fi",
            "Tarvitset työpaikkatodistuksen.",
            "todistuksen",
            "Tarvitset <työpaikkatodistuksen>.",
        ),
        ("en", "Your parent pays the rent.", "renting", "Your parent pays the <rent>."),
        ("uk", "Покажіть паспорт у банку.", "банк", "Покажіть паспорт у <банку>."),
        ("ar", "أحضر جواز السفر إلى البنك.", "بنك", "أحضر جواز السفر إلى <البنك>."),
        ("fa", "گذرنامه را به بانک بیاورید.", "بانك", "گذرنامه را به <بانک> بیاورید."),
        ("zh", "请带护照去银行开户。", "银行", "请带护照去<银行>开户。"),
        ("th", "นำหนังสือเดินทางไปธนาคาร", "ธนาคาร", "นำหนังสือเดินทางไป<ธนาคาร>"),
    ],
)
def test_the_words_are_marked_as_they_are_written(language, body, query, marks):
    assert shown(body, query, language) == marks


def test_facts_are_filled_in_and_what_looks_like_html_stays_words():
    line = "2. Call [[phone]] <b>now</b>. [[unknown]]"

    assert shown(line, "call", phone="<i> 112") == "2. <Call> <i> 112 <b>now</b>."


def test_a_long_line_is_cut_between_words_around_what_was_asked():
    line = " ".join(f"word{number}" for number in range(60)) + " passport " + "more " * 60

    cut = shown(line, "passport")

    assert cut.startswith("… word") and cut.endswith(" more …") and "<passport>" in cut
    assert len(cut.replace("<", "").replace(">", "")) <= LONGEST


@given(
    st.text(st.characters()), st.text(st.characters()), st.sampled_from(["en", "fi", "ar", "zh"])
)
def test_no_text_and_no_question_breaks_it(body, query, language):
    line = best(text(body, language), Question(query, language))
    pieces = marked(line or body, Question(query, language), str)

    whole = "".join(piece.text for piece in pieces)
    longest = max(map(len, (line or body).split()), default=0)
    assert len(whole) <= max(LONGEST, longest + 4)
    assert all(part in [*(line or body).split(), "…"] for part in whole.split())


def test_a_hostile_text_takes_no_time():
    begun = time.thread_time()
    for body in ("[" * 20_000, "*" * 20_000, "[[a" * 8_000, "- " * 10_000, "[x](" * 6_000):
        best(text(body), Question("x y z", "en"))

    assert time.thread_time() - begun < 5


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ("", ""),
        ("It is **free**.", "It is free."),
        ("From [[fee]].", "From 5 €."),
        ("It costs a lot when you come late, and less at other times.", ""),
    ],
)
def test_a_price_is_said_when_it_is_short(fees, said):
    assert short(fees, lambda key: "5 €") == said


@pytest.mark.parametrize(
    ("found", "order"),
    [
        ("aAbcdef", "abcdeAf"),
        ("aAA", "aAA"),
        ("aAb", "abA"),
        ("abA", "abA"),
        ("abcdeE", "abcdeE"),
        ("", ""),
        ("a", "a"),
        ("aAAbBcdef", "abcdeAABf"),
    ],
)
def test_copies_do_not_follow_each_other_in_the_first_five(found, order):
    copies = apart(list(found), lambda one, other: one.lower() == other.lower())

    assert "".join(copies) == order


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Day care in Kokkola", "Day care of Kokkola", True),
        ("Permit for a worker", "Permit for workers", True),
        ("Day care in Kokkola", "Day care in Kannus", False),
        ("", "", False),
    ],
)
def test_titles_of_nearly_the_same_words_are_copies(one, other, same):
    assert nearly_same(one, other, "en") is same


@pytest.fixture
def spoken() -> Spoken:
    topics = {1: ["Language courses", "learn Finnish"], 2: ["Driving", "driving licence"], 3: []}
    return Spoken("en", topics, ["Finnish course"])


def test_a_word_is_known_in_any_form_and_a_slip_is_mended(spoken):
    assert spoken.knows("courses", {"cours"}) and spoken.knows("the", {"cours"})
    assert not spoken.knows("cuorse", {"cuors"})
    assert spoken.nearest("cuorse") == "course"
    assert spoken.nearest("xyzzy") == ""


def test_a_topic_is_near_by_the_words_it_is_called(spoken):
    near = [spoken.nearness(topic, {"drive", "licenc"}) for topic in (1, 2, 3)]

    assert near[1] > near[0] == near[2] == 0
