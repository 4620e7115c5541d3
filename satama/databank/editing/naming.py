"""What the texts of an entry name must be there; and its address, made from its title."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from satama.base.html import ENTRY_LINK, placeholders

from ..models import Entry, Fact, Region
from ..models.shared import SLUG
from ..reading import lineage

IN_BRACKETS = re.compile(r"\[\[(.*?)\]\]")


def dead_ends(texts: dict[Any, str], region: Region) -> Iterator[tuple[Any, str]]:
    """(where, sentence) for each fact and each link that leads nowhere. Two queries for all."""
    near = lineage(region)
    facts = {key for text in texts.values() for key in placeholders(text)}
    links = {slug for text in texts.values() for _words, slug in ENTRY_LINK.findall(text)}
    known = set(Fact.objects.filter(key__in=facts, region__in=near).values_list("key", flat=True))
    there = Entry.objects.filter(slug__in=links, region__in=near)
    slugs = set(there.values_list("slug", flat=True))
    for where, text in texts.items():
        for key in dict.fromkeys(IN_BRACKETS.findall(text)):
            if not re.fullmatch(SLUG, key):
                yield where, _("[[%(key)s]] is not the name of a fact.") % {"key": key}
            elif key not in known:
                yield where, _("There is no fact [[%(key)s]].") % {"key": key}
        for slug in {slug for _words, slug in ENTRY_LINK.findall(text)} - slugs:
            yield where, _("The link entry:%(slug)s leads nowhere.") % {"slug": slug}


def slug_of(title: str, most: int) -> str:
    """A title as an address: lower case, no accents, hyphens; cut between words."""
    whole = slugify(title.translate(LETTERS))
    if len(whole) <= most:
        return whole
    return whole[: most + 1].rpartition("-")[0].strip("-") or whole[:most].strip("-")


# Letters that lose nothing but their marks are slugify's; these would be lost.
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ß": "ss", "ł": "l", "Ł": "L"})
