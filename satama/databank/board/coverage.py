"""How whole each language of a region is: the states of all its texts, in three queries."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from satama.base import languages

from ..models import Entry, Region, Text
from ..models.text import is_unread
from ..roles.scope import scope
from ..translating.status import NAMES, Status, state_of
from ..translating.views import LIST
from ..translating.words import digest, words_of
from .items import Item, Row

WORK = (Status.OUTDATED, Status.MISSING, Status.HALF)
SHOWN = (Status.CHECKED, *WORK, Status.MACHINE)

Counts = Counter[Status]


class _Head(NamedTuple):
    """As much of a text as tells its state."""

    pk: int
    language: str
    made: str
    checked: date | None
    body: int
    made_from: str | None


def coverage(regions: Collection[Region]) -> dict[int, dict[str, Counts]]:
    """{region: {language: {state: how many of the region's own texts}}}."""
    by_pk = {region.pk: region for region in regions}
    heads = _heads(by_pk)
    entries = list(Entry.objects.filter(pk__in=heads).only("region_id", "source_language"))
    for entry in entries:
        entry.region = by_pk[entry.region_id]
    firsts = {entry.pk: entry.source_of(heads[entry.pk].values()) for entry in entries}
    digests = _digests([first.pk for first in firsts.values() if first])
    found = {pk: {code: Counts() for code in region.languages} for pk, region in by_pk.items()}
    for entry in entries:
        first = firsts[entry.pk]
        for code, counts in found[entry.region_id].items():
            if first and code != first.language:
                counts[_state(heads[entry.pk].get(code), first, digests[first.pk])] += 1
    return found


def _heads(regions: Iterable[int]) -> dict[int, dict[str, _Head]]:
    heads: dict[int, dict[str, _Head]] = {}
    texts = Text.objects.filter(entry__region__in=regions).order_by()
    for entry, *head in texts.values_list(
        "entry_id", "pk", "language", "made", "checked", Length("body"), "made_from__digest"
    ):
        heads.setdefault(entry, {})[head[1]] = _Head(*head)
    return heads


def _digests(texts: Collection[int]) -> dict[int, str]:
    """By the text, what a translation of it that is made now would remember."""
    return {text.pk: digest(words_of(text)) for text in Text.objects.filter(pk__in=texts)}


def _state(text: _Head | None, first: _Head, now: str) -> Status:
    if text is None:
        return Status.MISSING
    unread = is_unread(text.made, text.checked)
    return state_of(
        text.made_from or "", now, half=bool(first.body and not text.body), unread=unread
    )


def items(request: Any) -> Iterator[Item]:
    """For each region what is to be written, and what is to be read; with a row a language."""
    where = scope(request.user, "databank.change_text")
    regions = list(where.within(Region.objects.order_by("slug")) if where else [])
    found = coverage(regions) if regions else {}
    for place, region in enumerate(regions):
        counted = found[region.pk]
        yield _to_write(region, counted, 50 + place)
        if region.machine_budget or any(counts[Status.MACHINE] for counts in counted.values()):
            yield _to_read(region, counted, 60 + place)


def _to_write(region: Region, counted: Mapping[str, Counts], order: int) -> Item:
    number = sum(counts[state] for counts in counted.values() for state in WORK)
    rows = [
        Row(
            languages.own_name(code),
            code,
            ", ".join(f"{NAMES[state]}: {counts[state]}" for state in SHOWN if counts[state]),
            _address(region, code),
        )
        for code, counts in counted.items()
        if counts
    ]
    sentence = ngettext(
        "%(count)d text is missing, outdated or not whole.",
        "%(count)d texts are missing, outdated or not whole.",
        number,
    )
    most = max(counted, key=lambda code: sum(counted[code][state] for state in WORK))
    title = _("Translations: %(region)s") % {"region": region}
    said = sentence % {"count": number}
    return Item(order, title, number, said, _address(region, most), rows)


def _to_read(region: Region, counted: Mapping[str, Counts], order: int) -> Item:
    rows = [
        Row(
            languages.own_name(code),
            code,
            str(counts[Status.MACHINE]),
            _address(region, code, Status.MACHINE),
        )
        for code, counts in counted.items()
        if counts[Status.MACHINE]
    ]
    number = sum(counts[Status.MACHINE] for counts in counted.values())
    sentence = ngettext(
        "%(count)d text was made by a machine, and nobody has read it yet.",
        "%(count)d texts were made by a machine, and nobody has read them yet.",
        number,
    )
    title = _("Made by a machine: %(region)s") % {"region": region}
    address = rows[0].address if rows else _address(region, region.languages[-1], Status.MACHINE)
    return Item(order, title, number, sentence % {"count": number}, address, rows)


def _address(region: Region, language: str, state: str = "") -> str:
    asked = {"region": region.slug, "language": language} | ({"status": state} if state else {})
    return f"{reverse(LIST)}?{urlencode(asked)}"
