"""Two readers of YAML, the quick one and the one that says best what is wrong, understand the
same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.packs import files
from satama.databank.packs.files import Unreadable, read_text

from .sample_pack import write_pack

WORDS = st.sampled_from(
    [
        *("tax card", "x:y", "a: b", "https://a.example/?q=1#top", "a?b", "?0", "it's", '"q"', "~"),
        *(
            "ما هو",
            "中文",
            "🙂",
            "null",
            "12",
            "yes",
            "a, b",
            "c#d",
            " #e",
            "|\n    line\n\n    two",
        ),
        *(
            ">-\n    a\n    b",
            "!",
            "! x",
            "|# x",
            "\t",
            "a\t",
            "\x85",
            "a\u2028b",
            "\ufeff",
            ":",
            "",
        ),
    ]
) | st.text(alphabet="aц中 :?-,#&*!|>'\"%@`[]{}~\\/\n\t.\u200f\u2028", max_size=6)
SHAPES = st.sampled_from(
    [
        *("k: {}\nl: {}\n", "k: [{}, {}]\n", "k: {{a: {}, b: {}}}\n", "- {}\n- {}\n"),
        *("k:\n  {}: {}\n", "k: |\n  {}\n  {}\n", "k: >\n  {}\n  {}\n", "k: \"{}\"\nl: '{}'\n"),
    ]
)


@given(SHAPES, WORDS, WORDS)
def test_what_the_quick_one_reads_the_other_reads_alike(shape, first, second):
    text = shape.format(first, second)
    quickly = files._quickly(text)
    try:
        slowly = files._slowly(text)
    except Unreadable:
        return

    assert quickly in (None, slowly)


def test_the_quick_one_reads_packs_alone(tmp_path, monkeypatch):
    texts = [file.read_text() for file in write_pack(tmp_path).rglob("*.yaml")]
    slowly = [files._slowly(text) for text in texts]
    monkeypatch.delattr(files, "_slowly")

    assert [read_text(text) for text in texts] == slowly
    assert len(texts) > 5


@pytest.mark.parametrize("text", ["k: a\x85b\n", "k: a\u2028b\n", "k: [:]\n"])
def test_what_it_may_read_otherwise_the_other_reads(text):
    assert files._quickly(text) is None
    assert read_text(text) == files._slowly(text)


def test_without_it_everything_is_read_as_well(monkeypatch):
    monkeypatch.setattr(files, "QUICK", None)

    assert files._quickly("k: a\n") is None
    assert read_text("k: a\n").value["k"].value == "a"
