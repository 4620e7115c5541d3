"""What a translation must have as its source has it: facts and links. No database."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from satama.base.html import ENTRY_LINK, placeholders

from .words import in_one

TOKEN = re.compile(r"\[\[[a-z0-9-]+\]\]|\(entry:[a-z0-9-]+\)")


def faults(before: Any, after: Any) -> Iterator[str]:
    """Sentences on facts and links that the source has and the translation lacks, or the other way
    about."""
    for named, lost, strange in (
        (
            _facts,
            gettext_lazy("The fact %s of the source is missing. Write it where its value belongs."),
            gettext_lazy("The fact %s is not in the source."),
        ),
        (
            _links,
            gettext_lazy("The link to %s of the source is missing."),
            gettext_lazy("A link to %s is not in the source."),
        ),
    ):
        wanted, there = named(in_one(before)), named(in_one(after))
        yield from (str(lost) % one for one in sorted(wanted - there))
        yield from (str(strange) % one for one in sorted(there - wanted))


def of(value: Any) -> list[str]:
    """The facts and the targets of links in what a field says, in order, each once."""
    return list(dict.fromkeys(TOKEN.findall(in_one(value))))


def _facts(text: str) -> set[str]:
    return {f"[[{key}]]" for key in placeholders(text)}


def _links(text: str) -> set[str]:
    return {slug for _words, slug in ENTRY_LINK.findall(text)}
