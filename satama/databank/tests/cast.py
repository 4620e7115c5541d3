"""Satamala, a made-up harbour in the country Maa, and what their databank holds.

Factories: each makes one row, with everything around it, and takes what a test cares about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from wagtail.signal_handlers import reference_index_auto_update_disabled as switch

from satama.databank.models import (
    Channel,
    Closure,
    Entry,
    EntryLink,
    EntryTopic,
    Fact,
    FactValue,
    Municipality,
    Organisation,
    Place,
    Reach,
    Redirect,
    Region,
    Text,
    Topic,
)

LANGUAGES = ["fi", "sv", "en", "uk", "ar"]
NAMES = {"fi": "Satamala", "sv": "Hamnby", "en": "Harbourtown"}
CHECKED = date(2026, 11, 21)


@contextmanager
def quietly() -> Iterator[None]:
    """Wagtail does not look what new rows use, as when packs are loaded: it takes longer than to
    make them."""
    before = getattr(switch, "value", False)
    switch.value = True
    try:
        yield
    finally:
        switch.value = before


@quietly()
def country(**changes: Any) -> Region:
    """Maa, the national region: there is one."""
    found = Region.objects.filter(slug="maa").first()
    fields = {"slug": "maa", "names": {"fi": "Maa", "en": "Land"}, "languages": LANGUAGES}
    return found or Region.objects.create(**fields | changes)


@quietly()
def region(slug: str = "satamala", **changes: Any) -> Region:
    """Satamala, or another region of Maa; made once."""
    fields = {
        "slug": slug,
        "names": NAMES,
        "languages": LANGUAGES,
        "fallbacks": {"uk": ["en", "fi"], "ar": ["en", "fi"]},
    }
    found = Region.objects.filter(slug=slug).first()
    return found or Region.objects.create(**{"parent": country(), **fields, **changes})


@quietly()
def municipality(slug: str = "satamala", code: str = "901", **changes: Any) -> Municipality:
    fields = {"region": region(), "slug": slug, "code": code, "names": {"fi": slug.capitalize()}}
    return Municipality.objects.create(**fields | changes)


@quietly()
def topic(slug: str = "money", **changes: Any) -> Topic:
    fields = {
        "region": region(),
        "slug": slug,
        "labels": {"en": slug.capitalize(), "fi": f"{slug} suomeksi"},
        "position": Topic.objects.count(),
    }
    return Topic.objects.create(**fields | changes)


@quietly()
def organisation(slug: str = "tax-office", **changes: Any) -> Organisation:
    fields = {
        "region": region(),
        "slug": slug,
        "kind": "authority",
        "names": {"en": "Tax Office", "fi": "Verotoimisto"},
        "url": "https://tax.example/",
    }
    return Organisation.objects.create(**fields | changes)


@quietly()
def fact(key: str, type: str = "text", *values: Any, **changes: Any) -> Fact:
    """A fact with values: what `FactValue.value` may be, or `dated(...)`."""
    made = Fact.objects.create(**{"region": region(), "key": key, "type": type} | changes)
    for value in values:
        fields = value if isinstance(value, dict) and "value" in value else {"value": value}
        FactValue.objects.create(**{"fact": made, "checked": CHECKED} | fields)
    return made


def dated(value: Any, since: str | None = None, until: str | None = None, **more: Any) -> dict:
    """A value of a fact that holds from one day to another."""
    return {"value": value, "valid_from": since, "valid_until": until, **more}


def rising(
    key: str = "fee", before: str = "590 EUR", after: str = "610 EUR", **changes: Any
) -> Fact:
    """A fee that is another one from the beginning of 2027."""
    values = dated(before, until="2026-12-31"), dated(after, "2027-01-01")
    return fact(key, "money", *values, **changes)


@quietly()
def place(slug: str = "town-hall", **changes: Any) -> Place:
    fields = {
        "region": region(),
        "slug": slug,
        "names": {"en": "Town Hall", "fi": "Kaupungintalo"},
        "address": "Satamakatu 1",
    }
    return Place.objects.create(**fields | changes)


@quietly()
def entry(
    slug: str = "tax-card",
    texts: dict[str, Any] | None = None,
    channels: list[tuple] | None = None,
    topics: list[Topic] | None = None,
    **changes: Any,
) -> Entry:
    """An entry. Texts: {language: title, or fields}; channels: (kind, fact or place, hours);
    `also` and `municipalities`: lists."""
    fields = {"region": region(), "slug": slug, "kind": "guide", "checked": CHECKED}
    made = Entry.objects.create(**fields | changes)
    for language, words in (texts or {"en": slug.replace("-", " ").capitalize()}).items():
        text(made, language, **({"title": words} if isinstance(words, str) else words))
    for position, (kind, way, *hours) in enumerate(channels or []):
        target = {"place" if isinstance(way, Place) else "fact": way}
        opening = hours[0] if hours else None
        Channel.objects.create(entry=made, position=position, kind=kind, hours=opening, **target)
    for position, about in enumerate(topics or []):
        EntryTopic.objects.create(entry=made, topic=about, position=position)
    return made


@quietly()
def text(of: Entry, language: str, **changes: Any) -> Text:
    fields = {"title": f"{of.slug} {language}", "summary": "In one sentence."}
    return Text.objects.create(**{"entry": of, "language": language} | fields | changes)


def closure(begins: str = "2026-11-20T06:00Z", ends: str = "2026-11-20T22:00Z", **changes: Any):
    """A place or an entry shut for a while; both moments as they are written."""
    fields = {"region": region(), "begins": begins, "ends": ends, "because": "away"}
    return Closure.objects.create(**fields | changes)


def gone(row: Any, to: str) -> None:
    """The row is deleted, its readers are led to another page."""
    folder = {Entry: "entries", Topic: "topics", Organisation: "organisations"}[type(row)]
    Redirect.objects.create(region=row.region, path=f"{folder}/{row.slug}", to=to)
    row.delete()


@quietly()
def link(first: Entry, second: Entry, relation: str = "next") -> EntryLink:
    return EntryLink.objects.create(
        entry=first, target=second, relation=relation, position=first.links.count()
    )


def reach(slug: str, day: str, language: str = "fi", **counts: int) -> Reach:
    """How often an entry's page was opened, or found, on a day."""
    return Reach.objects.create(
        entry=Entry.objects.get(slug=slug), language=language, day=day, **counts
    )
