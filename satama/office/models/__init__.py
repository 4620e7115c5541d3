"""The office's nouns; a file for each."""

from .desk import FirstAnswer, Phrase, WrongDesk
from .growing import Grown
from .sent import Sent

__all__ = ["FirstAnswer", "Grown", "Phrase", "Sent", "WrongDesk"]
