"""What a machine may not touch is out of its hands, and comes back where it belongs, or not at
all."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from satama.base.html import from_markdown
from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.prose import texts_of
from satama.databank.translating.machine.marks import Torn, same_tokens, take_apart

from .translators import loud

BODY = """\
Katso **[lautta](entry:ferry)** nyt.
Se maksaa [[fee]] & on <halpa>.

## Toimi näin

1. Soita [[phone]] tai _kirjoita_ osoitteeseen pier@satamala.example.
   Älä odota.
2. Lue https://satamala.example/a_(b).
- *Tule*

| Kuka | Hinta |
|---|---|
| Lapsi | [[fee]] |
"""


def marked(text: str) -> list[str]:
    return [piece.marked for piece in take_apart(text).pieces]


def through(text: str, change) -> str:
    parts = take_apart(text)
    return parts.together(iter([change(piece.marked) for piece in parts.pieces]))


def test_a_machine_gets_whole_sentences_with_marks():
    assert marked(BODY) == [
        'Katso <g id="0"><g id="1">lautta</g></g> nyt. Se maksaa <x id="2">XQ2Q</x> &amp; on '
        "&lt;halpa&gt;.",
        "Toimi näin",
        'Soita <x id="0">XQ0Q</x> tai <g id="1">kirjoita</g> osoitteeseen '
        '<x id="2">XQ2Q</x>. Älä odota.',
        'Lue <x id="0">XQ0Q</x>.',
        '<g id="0">Tule</g>',
        "Kuka",
        "Hinta",
        "Lapsi",
    ]


def test_everything_comes_back_in_its_place():
    assert (
        through(BODY, loud)
        == """\
KATSO **[LAUTTA](entry:ferry)** NYT. SE MAKSAA [[fee]] & ON <HALPA>.

## TOIMI NÄIN

1. SOITA [[phone]] TAI _KIRJOITA_ OSOITTEESEEN pier@satamala.example. ÄLÄ ODOTA.
2. LUE https://satamala.example/a_(b).
- *TULE*

| KUKA | HINTA |
|---|---|
| LAPSI | [[fee]] |
"""
    )


def test_marks_may_change_their_order():
    (piece,) = take_apart("[Lautta](entry:ferry) maksaa [[fee]].").pieces

    assert piece.together('<x id="1"/> is what <g id="0">the ferry</g> costs.') == (
        "[[fee]] is what [the ferry](entry:ferry) costs."
    )


@pytest.mark.parametrize(
    "answer",
    [
        "The ferry costs money.",
        '<g id="0">The ferry</g> costs money.',
        '<g id="0">The ferry</g> <x id="1">a</x> <x id="1">a</x>',
        '<g id="0">The ferry</g> <x id="7">a</x>',
        '<g id="1">The ferry</g> <x id="0">a</x>',
        '<g id="0">The ferry <x id="1">a</x>',
        '<g id="0">The ferry</x> <x id="1">a</g>',
        'The ferry</g> <x id="1">a</x> <g id="0">',
        '<g id="0">The <b>ferry</b></g> <x id="1">a</x>',
        '<g id="0">The ferry</g> <x id="1">a</x><script>alert(1)</script>',
        '<g>The ferry</g> <x id="1">a</x>',
    ],
)
def test_lost_doubled_and_strange_marks_tear_a_text(answer):
    (piece,) = take_apart("[Lautta](entry:ferry) maksaa [[fee]].").pieces

    with pytest.raises(Torn):
        piece.together(answer)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("[[fee]] [[fee]]", "x [[fee]] [[fee]]", True),
        ("[[fee]] [[fee]]", "[[fee]]", False),
        ("[a](entry:b)", "[c](entry:b)", True),
        ("[a](entry:b)", "[a](entry:c)", False),
        ("https://a.example.", "https://a.example", True),
        ("no address", "https://evil.example", False),
    ],
)
def test_a_text_is_compared_by_what_it_names(before, after, same):
    assert same_tokens(before, after) is same


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("[]()*_#|<>&-. \n1")))
def test_a_machine_that_changes_nothing_changes_no_words(text):
    assert "".join(through(text, str).split()) == "".join(text.split())


def test_our_own_texts_look_the_same_when_a_machine_changes_nothing():
    seen = 0
    for pack in read_packs(all_packs(settings.CONTENT), settings.CONTENT):
        for item in pack.items:
            for _path, text in texts_of(item):
                seen += 1
                assert looks(through(text, str)) == looks(text)
    assert seen > 1000


def looks(text: str) -> str:
    return " ".join(from_markdown(text, lambda slug: f"/{slug}").split())
