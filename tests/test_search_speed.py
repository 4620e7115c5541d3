"""The speed benchmark makes the same texts every time and asks every system."""

import random
from collections import Counter
from itertools import islice

import pytest

from benchmarks import search_speed
from benchmarks.search import recombined
from benchmarks.search.kept import KEPT
from benchmarks.search.recombined import Said
from benchmarks.search.speed import Speed, percentile

SENTENCES = ["Ask for a tax card.", "The library has books.", "Day care is for children."]
SAID = dict.fromkeys(("en", "fi"), Said(SENTENCES, ["Tax card", "Day care"], [["Tax", "taxes"]]))


def test_the_same_texts_come_again_and_fewer_are_the_first():
    many = list(recombined.texts(SAID, 250))

    assert many == list(recombined.texts(SAID, 250))
    assert many[:10] == list(recombined.texts(SAID, 10))
    assert [text.key for text in many] == list(range(250))
    assert Counter(text.language for text in many) == {"en": 125, "fi": 125}
    assert many[0].body.count("\n") == recombined.SENTENCES - 1


def test_words_are_exchanged_and_none_is_lost():
    drawn = [[["a", "b"]] * 8, [["c", "d", "e"]] * 8]

    one, other = recombined._exchanged(drawn, random.Random(1))

    assert Counter(f"{one} {other}".split()) == Counter("abcde" * 8)
    assert {len(line.split()) for line in one.split("\n")} == {2}


def test_a_slip_changes_one_word_by_one_letter():
    draw = random.Random(1)

    slips = {recombined.slip("my library card", draw) for _ in range(50)}

    assert "my library card" not in slips
    for slip in slips:
        pairs = zip(slip.split(), ["my", "library", "card"], strict=True)
        assert sum(word != meant for word, meant in pairs) == 1


def test_the_99th_of_a_hundred_is_late():
    assert percentile(list(range(100)), 0.5) == 50
    assert percentile(list(range(100)), 0.99) == 99


@pytest.mark.parametrize("system", KEPT, ids=lambda system: system.name)
def test_every_system_is_filled_opened_again_and_asked(system, tmp_path):
    if system.name == "bm25s":
        pytest.importorskip("bm25s")
    if system.name == "PostgreSQL":
        pytest.skip("a second server; the benchmark itself starts one")
    system(tmp_path).fill(islice(recombined.texts(SAID, 40), 40))

    opened = system(tmp_path)

    assert len(opened.ask("library", "en", 10)) == 10
    assert opened.size() > 1000


def test_targets_are_beside_what_was_reached():
    few, many = (
        Speed("Satama", n, 2500.0, [ms], [ms + 1], [1.0], [0.5], 90_000_000, 7_000_000)
        for n, ms in ((10_000, 2.0), (1_000_000, 9.0))
    )
    middle = Speed("Satama", 100_000, 2500.0, [4.0], [5.0], [1.0], [0.5], 90_000_000, 7_000_000)

    lines = search_speed.targets([few, middle, many])

    assert "| search at 100,000, p99, ms of the processor | 4.0 | ≤ 10 |" in lines
    assert "| search, p50 from 10,000 to 1,000,000 | × 4.5 | < × 8 |" in lines
    assert search_speed.row(middle) == (
        "| 100,000 | Satama | 4.00 | 4.00 | 1.00 | 1.00 | 0.50 | 0.50 | 2,500 | 90.0 | 7.0 |"
    )
