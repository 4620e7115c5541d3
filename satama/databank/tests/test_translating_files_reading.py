"""A PO file is read word for word, or refused with a sentence, whatever somebody made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.sheets.table import Refused
from satama.databank.translating.files import po
from satama.databank.translating.files.po import Item, Mark


@pytest.mark.parametrize("language", ["fi-simple", "zh-Hans", "uk"])
def test_a_file_says_its_language(language):
    assert po.read(po.write(language, [item()])).language == language


def item(words: str = "Pier", source: str = "Laituri", field: str = "title") -> Item:
    return Item(Mark("pier", field, "fi", "0" * 16, "-"), source, words)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_words_come_back_as_they_went(words):
    (back,) = po.read(po.write("en", [item(words, f"x{words}")])).items

    assert (back.words, back.source) == (words, f"x{words}")


def head(text: str = "", language: str = "en") -> bytes:
    return f'msgid ""\nmsgstr "Language: {language}\\n"\n\n{text}'.encode()


ONE = f'msgctxt "{item().mark}"\nmsgid "Laituri"\nmsgstr "Pier"\n'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file does not say its language"),
        (ONE.encode(), "The file does not say its language"),
        (head(), "There is no item in the file."),
        (head(ONE) + b"\xff", "The file is not text in UTF-8."),
        (head(ONE).decode().encode("utf-16"), "The file is not text in UTF-8."),
        (head("# \0"), "The file is not a PO file, whatever its name says."),
        (b"PK\x03\x04" + b"\0" * 99, "The file is not a PO file, whatever its name says."),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>", "Line 1 is not of a PO file."),
        (head(ONE) + b"\nsurprise", "Line 8 is not of a PO file."),
        (head('msgid "Pier'), "Line 4 is not of a PO file."),
        (head('msgid "a"\n'), "an item has no msgstr, or two"),
        (head('msgid "a"\nmsgstr "b"\nmsgstr "c"\n'), "an item has no msgstr, or two"),
        (head('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'), "an item has no msgstr, or two"),
        (head('"a"\nmsgstr "x"\nmsgid "y"\n'), "The file is broken"),
        (head("#: \u2068a\n") + ONE.encode(), "The file is broken near line 4."),
        (head() + head(ONE), "The file does not say its language"),
        (head(ONE) + b"#" * 10_000_000, "The file is larger than 10 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Refused) as refused:
        po.read(data)

    assert sentence in str(refused.value)


def test_a_file_has_an_end(monkeypatch):
    monkeypatch.setattr(po, "MOST", 1)

    with pytest.raises(Refused, match="more than 1 items"):
        po.read(head(ONE))


@pytest.mark.parametrize(
    "text",
    [
        'msgid "Laituri"\nmsgstr "Pier"\n',
        'msgctxt "pier/title"\nmsgid "Laituri"\nmsgstr "Pier"\n',
        f'msgctxt "{item().mark}x"\nmsgid "Laituri"\nmsgstr "Pier"\n',
    ],
)
def test_an_item_that_is_not_ours_is_told_with_its_line(text):
    found = po.read(head(ONE + "\n" + text))

    (fault,) = found.faults
    assert fault.startswith("Line ") and "is not one of ours" in fault


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: head(text)))
def test_whatever_comes_in_is_read_or_refused(data):
    try:
        po.read(data)
    except Refused as refused:
        assert str(refused)


def test_what_other_programs_make_of_a_file_is_read():
    """Windows line ends, a mark at the start, comments and dates of theirs, items that are gone."""
    told = po.write("en", [item("Pier")]).decode()
    told = told.replace('"Language: en\\n"', '"Language: en\\n"\n"PO-Revision-Date: soon\\n"')
    told = f'\ufeff# Ours\n{told}\n#~ msgid "Old"\n#~ msgstr "Vanha"\n'.replace("\n", "\r\n")

    file = po.read(told.encode())

    assert (file.language, [one.words for one in file.items]) == ("en", ["Pier"])
