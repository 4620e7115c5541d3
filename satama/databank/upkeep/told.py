"""How things read now: their names and what they say, in one language, for who keeps them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from satama.base import html

from .. import facts, shelf
from ..models import Entry, Text
from ..reading import Reader, Said, reader_in, region_of
from .register import Thing

WORDS = ("summary", "eligibility", "fees", "application", "body")


@dataclass(frozen=True)
class Told:
    """`reads`: what it says now. `pages`: where a fact stands, as (address, title)."""

    thing: Thing
    name: Said
    reads: SafeString
    doors: list[shelf.Door] = field(default_factory=list)
    address: str = ""
    pages: list[tuple[str, Said]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """In one line of plain words: of a fact, where it stands and what it says."""
        if self.thing.noun != "fact":
            return str(self.name)
        where = str(self.pages[0][1]) if self.pages else str(self.name)
        return f"{where}: {html.words(self.reads)}"


def told(things: Iterable[Thing], language: str, on: date) -> list[Told]:
    """In the language, or the next best that there is; in the order given. As many queries for
    many as for one, for each region."""
    things = list(things)
    found: dict[str, Told] = {}
    for region in {thing.row.region_id: None for thing in things}:
        reader = reader_in(region_of(region), language, on)
        own = [thing for thing in things if thing.row.region_id == region]
        for tell in (_entries, _facts, _others):
            found |= {one.thing.key: one for one in tell(own, reader)}
    return [found[thing.key] for thing in things if thing.key in found]


def _entries(things: list[Thing], reader: Reader) -> Iterator[Told]:
    own = {thing.row.pk: thing for thing in things if thing.noun == "entry"}
    if not own:
        return
    found = Entry.objects.filter(pk__in=own).defer("keywords")
    rows = list(found.prefetch_related("texts", shelf.DOORS))
    heads = {row.pk: shelf.head_of(row, reader) for row in rows}
    keys = shelf.card_facts(rows) | {
        channel.fact.key for row in rows for channel in row.channels.all() if channel.fact
    }
    keys |= {key for head in heads.values() for key in html.placeholders(head.fees)}
    known = shelf.known_facts(reader, keys)
    for row in rows:
        head = heads[row.pk]
        said = [
            shelf.with_facts(text, head.language, known, reader)
            for text in (head.summary, head.fees)
            if text
        ]
        yield Told(
            own[row.pk],
            shelf.title_of(head, reader),
            SafeString("<br>".join(said)),
            shelf.doors(row, known),
            f"{reader.base}entries/{row.slug}",
        )


def _facts(things: list[Thing], reader: Reader) -> Iterator[Told]:
    own = [thing for thing in things if thing.noun == "fact"]
    pages = _pages([thing.row.key for thing in own], reader) if own else {}
    for thing in own:
        assert thing.value
        said, type = thing.value.value, thing.row.type
        reads = (
            format_html('<a href="{}" rel="noopener" dir="ltr">{}</a>', said, said)
            if type == "url"
            else facts.value_html(type, said, reader.language, reader.order, reader.on)
        )
        name = Said(thing.row.key, "", True)
        yield Told(thing, name, reads, pages=pages.get(thing.row.key, []))


def _pages(keys: list[str], reader: Reader) -> dict[str, list[tuple[str, Said]]]:
    """Where facts stand, in texts or as a way to reach somebody: up to three pages each."""
    named = Q()
    for part in WORDS:
        named |= Q(**{f"{part}__regex": rf"\[\[({'|'.join(map(re.escape, keys))})\]\]"})
    entries = shelf.lasting(reader).filter(
        Q(pk__in=Text.objects.filter(named).values("entry"))
        | Q(channels__fact__key__in=keys)
        | Q(channels__hours__key__in=keys)
    )
    found: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for row in entries.distinct().prefetch_related("texts", shelf.DOORS):
        page = (
            f"{reader.base}entries/{row.slug}",
            shelf.title_of(shelf.head_of(row, reader), reader),
        )
        for key in _keys_on(row) & set(keys):
            if len(found[key]) < 3:
                found[key].append(page)
    return found


def _keys_on(row: Entry) -> set[str]:
    texts: Any = (getattr(text, part) for text in row.texts.all() for part in WORDS)
    ways = {fact.key for c in row.channels.all() for fact in (c.fact, c.hours) if fact}
    return ways | {key for text in texts for key in html.placeholders(text)}


def _others(things: list[Thing], reader: Reader) -> Iterator[Told]:
    for thing in things:
        if thing.noun == "organisation":
            address = f"{reader.base}organisations/{thing.row.slug}"
            reads = format_html('<bdi dir="ltr">{}</bdi>', thing.row.url)
            yield Told(thing, reader.say(thing.row.names), reads, address=address)
        elif thing.noun == "place":
            parts = (thing.row.address, thing.row.postal_code, thing.row.city)
            reads = format_html("<bdi>{}</bdi>", ", ".join(part for part in parts if part))
            yield Told(thing, reader.say(thing.row.names), reads)
