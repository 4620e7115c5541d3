"""The one interface of translation services, and which one is set."""

from collections.abc import Callable, Iterator
from typing import Protocol

from django.conf import settings

from .deepl import DeepL
from .libretranslate import LibreTranslate
from .wire import NO_SENSE, Refused

MOST_TEXTS, MOST_BYTES = 50, 100_000  # of one question; DeepL's limits are 50 and 128 KiB


class Service(Protocol):
    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """Each text, as marked by `marks`, in the other language. Raises Refused."""


KINDS: dict[str, Callable[[str, str], Service]] = {"libretranslate": LibreTranslate, "deepl": DeepL}


def service() -> Service | None:
    """The service that is set, such as `deepl+https://api-free.deepl.com`; usually none."""
    kind, _, address = settings.TRANSLATOR.partition("+")
    return KINDS[kind](address.rstrip("/"), settings.TRANSLATOR_KEY) if kind else None


def translate(by: Service, texts: list[str], source: str, target: str) -> list[str]:
    """As many answers as texts, however many questions that takes. Raises Refused."""
    answers: list[str] = []
    for some in _in_questions(texts):
        try:
            given = by.translate(some, source, target)
        except (KeyError, TypeError, AttributeError):
            raise Refused(NO_SENSE, spent=True) from None
        except Refused as refused:
            raise Refused(refused.args[0], spent=refused.spent or bool(answers)) from None
        if len(given) != len(some) or not all(isinstance(one, str) for one in given):
            raise Refused(NO_SENSE, spent=True)
        answers += given
    return answers


def _in_questions(texts: list[str]) -> Iterator[list[str]]:
    some: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode())
        if some and (len(some) == MOST_TEXTS or size + length > MOST_BYTES):
            yield some
            some, size = [], 0
        some.append(text)
        size += length
    if some:
        yield some
