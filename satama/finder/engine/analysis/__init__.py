"""Text to search terms: pure functions, the same for what is indexed and for what is asked."""

from .compounds import parts
from .letters import normalise, plain, scripts
from .spelling import Vocabulary, distance
from .spoken import language_of
from .terms import grams, tokens, words
from .unspaced import unspaced
from .wordlists import WORD_LISTS

__all__ = [
    "WORD_LISTS",
    "Vocabulary",
    "distance",
    "grams",
    "language_of",
    "normalise",
    "parts",
    "plain",
    "scripts",
    "tokens",
    "unspaced",
    "words",
]
