"""A draft of a text by a machine, for a person to read. Nothing of it is saved here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satama.base import languages
from satama.databank.models import Region, Text

from ..words import ON_ONE_LINE, in_one, words_of
from .budget import OverBudget, give_back, left, spend
from .marks import Parts, Torn, same_tokens, take_apart
from .service import service, translate
from .wire import Refused

NOT_ON = gettext_lazy("Drafts by a machine are not switched on here.")


class NoDraft(Exception):
    """No draft was made; the text says why."""


@dataclass
class Draft:
    """Words by field; `torn` are the fields whose facts or links the machine lost."""

    words: dict[str, Any] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)


def offered(region: Region, source: Text, language: str) -> bool:
    """Whether drafts in this language may be asked for: easy language is no machine's work."""
    easy = languages.is_easy(language) or languages.is_easy(source.language)
    return bool(service() and region.machine_budget and not easy)


def left_for(source: Text, language: str) -> int:
    """How many characters a draft may have yet this month; 0 where none is offered."""
    region = source.entry.region
    return left(region, region.today()) if offered(region, source, language) else 0


def draft(source: Text, language: str) -> Draft:
    """What a machine makes of a source. Raises NoDraft."""
    region = source.entry.region
    if not offered(region, source, language):
        raise NoDraft(NOT_ON)
    apart = {name: _apart(value) for name, value in words_of(source).items()}
    texts = [piece.marked for parts in apart.values() for one in parts for piece in one.pieces]
    return _together(source, apart, iter(bought(region, texts, source.language, language)))


def bought(region: Region, texts: list[str], source: str, target: str) -> list[str]:
    """The texts in another language; their characters are of the region's month. Raises NoDraft."""
    by, today, characters = service(), region.today(), sum(map(len, texts))
    if by is None:
        raise NoDraft(NOT_ON)
    try:
        spend(region, characters, today)
        return translate(by, texts, source, target)
    except OverBudget as over:
        told = {"left": over.left, "wanted": characters}
        raise NoDraft(
            _(
                "This text has %(wanted)s characters. Of this month's characters for drafts by a "
                "machine the region has %(left)s left."
            )
            % told
        ) from over
    except Refused as refused:
        if not refused.spent:
            give_back(region, characters, today)
        raise NoDraft(str(refused)) from refused


def _apart(value: Any) -> list[Parts]:
    return [take_apart(one) for one in (value if isinstance(value, list) else [value])]


def _together(source: Text, apart: dict[str, list[Parts]], answers: Iterator[str]) -> Draft:
    made = Draft()
    for name, parts in apart.items():
        own = iter([next(answers) for one in parts for _piece in one.pieces])
        value = getattr(source, name)
        try:
            said = [one.together(own) for one in parts]
            if not same_tokens(in_one(value), "\n".join(said)):
                raise Torn
        except Torn:
            made.torn.append(name)
            continue
        words = said[0]
        made.words[name] = (
            said if isinstance(value, list) else _line(words) if name in ON_ONE_LINE else words
        )
    return made


def _line(words: str) -> str:
    return " ".join(words.split())
