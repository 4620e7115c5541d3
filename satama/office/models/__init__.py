"""The office's nouns; a file for each."""

from .changes import Change
from .desk import FirstAnswer, Phrase, WrongDesk
from .growing import Grown
from .outreach import Came, OutreachPlace
from .sent import Sent
from .tally import Contact

__all__ = [
    "Came",
    "Change",
    "Contact",
    "FirstAnswer",
    "Grown",
    "OutreachPlace",
    "Phrase",
    "Sent",
    "WrongDesk",
]
