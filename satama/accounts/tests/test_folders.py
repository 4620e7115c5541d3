"""A folder: opened by one code, by whoever has it, and by nobody else; gone when its time is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from satama.accounts.folders import actions
from satama.accounts.folders import code as codes
from satama.accounts.models import Folder
from satama.base import mail
from satama.base.models import Mail

TODAY, LAST, AFTER = date(2026, 11, 21), date(2027, 2, 19), date(2027, 2, 20)
CODES = st.text(codes.ALPHABET, min_size=16, max_size=16)


@given(CODES)
def test_a_code_is_read_as_it_is_written(code):
    assert codes.read(codes.written(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "7F3K-Q2ZT-9WBM-C0X1",
        "7f3kq2zt9wbmc0x1",
        "  7F3K Q2ZT 9WBM COXI ",
        "7F3K–Q2ZT–9WBM–C0Xl",
        "7F3К-Q2ZТ-9WВМ-С0Х1",
        "٧F٣K-Q٢ZT-٩WBM-C٠X١",
        "７Ｆ３Ｋ－Ｑ２ＺＴ－９ＷＢＭ－Ｃ０Ｘ１",
        "\u200e7F3K-Q2ZT-9WBM-C0X1\u200f",
    ],
)
def test_however_people_write_it(typed):
    assert codes.read(typed) == "7F3KQ2ZT9WBMC0X1"


@pytest.mark.parametrize(
    "typed",
    ["", "7F3K-Q2ZT-9WBM", "7F3K-Q2ZT-9WBM-C0X1-1", "7F3K-Q2ZT-9WBM-C0XU", "密" * 16],
)
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) is None


def test_codes_have_eighty_random_bits():
    made = {codes.new() for _ in range(2000)}
    assert len(made) == 2000
    for at in range(16):
        assert {code[at] for code in made} == set(codes.ALPHABET)


def test_every_language_has_the_same_number_of_words_each_once():
    assert {
        language: len(set(words)) for language, words in codes.table().items()
    } == dict.fromkeys(("en", "fi", "sv", "uk", "ru", "ar"), 64)


def test_a_check_word_is_known_in_every_language_and_told_in_the_readers():
    at = codes.number("7F3KQ2ZT9WBMC0X1")
    for language, words in codes.table().items():
        assert codes.word("7F3KQ2ZT9WBMC0X1", language) == words[at]
        assert codes.is_word("7F3KQ2ZT9WBMC0X1", f" {words[at].upper()} ")
    assert codes.word("7F3KQ2ZT9WBMC0X1", "so") == codes.word("7F3KQ2ZT9WBMC0X1", "en")
    assert codes.word("7F3KQ2ZT9WBMC0X1", "fi-simple") == codes.word("7F3KQ2ZT9WBMC0X1", "fi")
    assert not codes.is_word("7F3KQ2ZT9WBMC0X1", codes.words("en")[at - 1])


def test_a_slip_changes_the_check_word_almost_always():
    slips = [f"{letter}F3KQ2ZT9WBMC0X1" for letter in codes.ALPHABET if letter != "7"]
    same = [
        slip for slip in slips if codes.word(slip, "en") == codes.word("7F3KQ2ZT9WBMC0X1", "en")
    ]
    assert len(same) <= 4


@pytest.fixture
def opened(db):
    return actions.begin(language="ar", keep=90, on=TODAY)


def test_its_code_opens_it_and_stands_nowhere(opened):
    folder, code = opened

    assert actions.find(code, on=TODAY) == folder
    values = Folder.objects.values_list().get()
    assert not any(code in str(value) for value in values)


def test_another_code_opens_nothing(opened):
    assert actions.find(codes.new(), on=TODAY) is None


def test_it_lives_for_its_days_and_each_use_begins_them_anew(opened):
    _folder, code = opened
    assert Folder.objects.get().until == LAST

    assert actions.find(code, on=LAST)
    assert actions.find(code, on=AFTER)


def test_after_its_days_nobody_opens_it_and_it_is_erased(opened):
    _folder, code = opened

    assert actions.find(code, on=AFTER) is None
    assert actions.erase_unused(LAST) == 0
    assert actions.erase_unused(AFTER) == 1
    assert not Folder.objects.exists()


def test_erasing_takes_its_waiting_mails_along(opened):
    folder, _code = opened
    mail.send(to="amina@satamala.example", subject="S", text="T", about=actions.about(folder))
    mail.send(to="oleh@satamala.example", subject="S", text="T", about="folder-0")

    actions.erase(folder)

    assert [row.to for row in Mail.objects.all()] == ["oleh@satamala.example"]


def test_a_new_key_opens_what_an_old_one_closed_and_then_does_without(opened, settings):
    folder, code = opened
    settings.KEYS = ["n" * 40, *settings.KEYS]
    assert actions.find(code, on=TODAY) == folder
    settings.KEYS = settings.KEYS[:1]
    assert actions.find(code, on=TODAY) == folder


def test_the_database_takes_nothing_but_a_hash(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        Folder.objects.update(key="7F3KQ2ZT9WBMC0X1")
