"""Opening a folder by its code. Guessing is stopped by how often somebody of the same network was
wrong; whoever holds a real code still comes in from there, with its check word."""

from dataclasses import dataclass
from datetime import date

from satama.accounts.folders import actions as folders
from satama.accounts.folders import code as codes
from satama.accounts.models import Folder
from satama.web.limit import Window

WRONG = Window("folder-wrong", 15 * 60)
FEW = 5  # wrong codes from one network, before the word is asked for as well
MANY = 40  # before that network waits: who knows no words gets here once in 64 times of trying
ALL, EVERYBODY = 500, "everybody"  # wrong codes from everywhere, before everybody needs the word


class NotOpened(Exception):
    """The page says why, and nothing about other folders."""


class NoCode(NotOpened):
    """It has another number of letters, or letters that no code has."""


class Unknown(NotOpened):
    """No folder has this code."""


class WordWanted(NotOpened):
    """The check word is asked for, and was missing or another one. Nothing was looked up."""


@dataclass
class Wait(NotOpened):
    """This network tried too often."""

    minutes: int


def enter(typed: str, word: str, *, who: str, on: date) -> Folder:
    """The folder that the code opens; whoever has it has kept it."""
    code = codes.read(typed)
    if code is None:
        raise NoCode
    wrong = WRONG.count(who)
    if wrong >= MANY:
        raise Wait(-(-WRONG.wait() // 60))
    if word_wanted(who) and not codes.is_word(code, word):
        raise WordWanted
    found = folders.find(code, on=on)
    if found is None:
        WRONG.add(who)
        WRONG.add(EVERYBODY)
        raise Unknown
    return found


def word_wanted(who: str) -> bool:
    return WRONG.count(who) >= FEW or WRONG.count(EVERYBODY) >= ALL
