"""What must hold between records: references, types, periods, circles. No files, no database."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from satama.databank.values import check_value

from . import redirects
from .files import Fault
from .readers import nearest
from .reading import Item
from .shapes import SHAPES, Record, named

Known = Mapping[tuple[str, str], Item]
FACT_TYPES_OF_CHANNEL = {
    "phone": ("phone",),
    "web": ("url",),
    "email": ("email",),
    "chat": ("url",),
}


def check_item(item: Item, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with one record, seen among all that it may name."""
    yield from _names_exist(item, known)
    for rule in RULES.get(item.kind, ()):
        yield from rule(item, known)
    yield from _dates_in_order(item, item.record, "")


def doubles(items: list[Item], above: Known) -> Iterator[Fault]:
    """Slugs that are used twice, in this pack or in one that it builds on."""
    seen = dict(above)
    for item in items:
        first = seen.setdefault((item.kind, item.slug), item) if item.slug else item
        if first is not item:
            yield Fault(
                item.file,
                item.line,
                f"{item.kind} {item.slug!r} exists already: {first.file}:{first.line}",
            )
    codes: dict[str, Item] = {}
    for item in items:
        code = item.record.get("code") if item.kind == "municipality" else None
        if code and codes.setdefault(code, item) is not item:
            yield item.fault("code", f"the code {code} belongs to {codes[code].slug!r} already")


def circles(items: list[Item], field: str) -> Iterator[Fault]:
    """Records that come back to themselves along a field, each circle once."""
    leads = {item.slug: item.record.get(field) for item in items}
    reported: set[str] = set()
    for item in items:
        way = [item.slug]
        while (after := leads.get(way[-1])) and after not in way:
            way.append(after)
        if after == item.slug and item.slug not in reported:
            reported.update(way)
            yield item.fault(field, f"{field} goes in a circle: {' -> '.join([*way, item.slug])}")


def _names_exist(item: Item, known: Known) -> Iterator[Fault]:
    for kind, slug, path in named(SHAPES[item.kind], item.record):
        if kind != "region" and (kind, slug) not in known:
            close = nearest(slug, [one for of, one in known if of == kind])
            yield item.fault(path, f"unknown {kind} {slug!r}{close}")


def _dates_in_order(item: Item, record: Record, path: str) -> Iterator[Fault]:
    first, last = record.get("valid_from"), record.get("valid_until")
    if first and last and last < first:
        yield item.fault(f"{path}valid_until", f"valid_until {last} is before valid_from {first}")
    for number, value in enumerate(record.get("values", ())):
        yield from _dates_in_order(item, value, f"values.{number}.")


def _fact(item: Item, known: Known) -> Iterator[Fault]:
    type = item.record.get("type")
    values = item.record.get("values", [])
    for number, value in enumerate(values):
        if type and "value" in value:
            try:
                check_value(type, value["value"])
            except ValueError as error:
                yield item.fault(f"values.{number}.value", str(error))
    yield from _overlaps(item, values)


def _overlaps(item: Item, values: list[Record]) -> Iterator[Fault]:
    periods = sorted(
        (value.get("valid_from", ""), value.get("valid_until", "9999-12-31"), number)
        for number, value in enumerate(values)
    )
    for (_, until, _), (start, _, number) in pairwise(periods):
        if start <= until:
            yield item.fault(f"values.{number}", "overlaps another period of this fact")


def _place(item: Item, known: Known) -> Iterator[Fault]:
    yield from _on_earth(item, known)
    yield from _is_fact(item, known, "hours", item.record.get("hours"), ("hours",))


def _on_earth(item: Item, known: Known) -> Iterator[Fault]:
    for field, most in (("latitude", 90), ("longitude", 180)):
        if abs(item.record.get(field, 0)) > most:
            yield item.fault(field, f"{field} is from -{most} to {most}")
    if ("latitude" in item.record) != ("longitude" in item.record):
        yield item.fault("latitude", "latitude and longitude go together")


def _organisation(item: Item, known: Known) -> Iterator[Fault]:
    yield from _is_fact(item, known, "phone", item.record.get("phone"), ("phone",))
    yield from _is_fact(item, known, "email", item.record.get("email"), ("email",))


def _is_fact(
    item: Item, known: Known, path: str, key: str | None, types: tuple[str, ...]
) -> Iterator[Fault]:
    fact = known.get(("fact", key or ""))
    type = fact.record.get("type") if fact else None
    if type and type not in types:
        yield item.fault(path, f"the fact {key!r} is of type {type}; here belongs {types[0]}")


def _entry(item: Item, known: Known) -> Iterator[Fault]:
    for field in ("after", "next"):
        if item.slug in item.record.get(field, ()):
            yield item.fault(field, "an entry does not lead to itself")
    if item.record.get("organisation") in item.record.get("also", ()):
        yield item.fault("also", "names the entry's own organisation once more")
    channels = item.record.get("channels", [])
    for number, channel in enumerate(channels):
        yield from _channel(item, known, channel, f"channels.{number}")
        if channel in channels[:number]:
            yield item.fault(f"channels.{number}", "the same channel is listed twice")


def _channel(item: Item, known: Known, channel: Record, path: str) -> Iterator[Fault]:
    kind = channel.get("kind")
    wanted, other = ("place", "fact") if kind == "place" else ("fact", "place")
    if kind and wanted not in channel:
        yield item.fault(path, f"a {kind} channel needs the key {wanted!r}")
    if kind and other in channel:
        yield item.fault(f"{path}.{other}", f"a {kind} channel has no {other!r}")
    types = FACT_TYPES_OF_CHANNEL.get(kind or "")
    if types:
        yield from _is_fact(item, known, f"{path}.fact", channel.get("fact"), types)
    yield from _is_fact(item, known, f"{path}.hours", channel.get("hours"), ("hours",))


def _region(item: Item, known: Known) -> Iterator[Fault]:
    languages = item.record.get("languages", [])
    # A language that is spoken no more may stand first: its readers are led to its fallbacks.
    for others in item.record.get("fallbacks", {}).values():
        for one in others:
            if one not in languages:
                yield item.fault("fallbacks", f"{one!r} is not one of the languages of this pack")
    office = known.get(("entry", item.record.get("office", "")))
    if office and office.record.get("kind") not in {None, "office"}:
        yield item.fault("office", f"the entry {office.slug!r} is not of kind office")
    for number, slug in enumerate(item.record.get("emergency", [])):
        entry = known.get(("entry", slug))
        kinds = (
            {one.get("kind") for one in entry.record.get("channels", [])} if entry else {"phone"}
        )
        if "phone" not in kinds:
            yield item.fault(f"emergency.{number}", f"the entry {slug!r} has no phone to call")
        for key in _hiding(entry, known):
            reason = f"the fact {key!r} of {slug!r} hurts when wrong and would hide itself"
            yield item.fault(f"emergency.{number}", reason)


def _hiding(entry: Item | None, known: Known) -> Iterator[str]:
    """Facts by which an entry is reached that hide themselves: in an emergency that hurts more."""
    for channel in entry.record.get("channels", []) if entry else ():
        for key in (channel.get("fact", ""), channel.get("hours", "")):
            fact = known.get(("fact", key))
            if fact and fact.record.get("hurts"):
                yield key


Rule = Callable[[Item, Known], Iterator[Fault]]
RULES: dict[str, tuple[Rule, ...]] = {
    "region": (_region,),
    "redirect": (redirects.check,),
    "municipality": (_on_earth,),
    "fact": (_fact,),
    "place": (_place,),
    "organisation": (_organisation,),
    "entry": (_entry,),
}
CIRCLES: dict[str, Any] = {
    "organisation": ("part_of", "successor"),
    "topic": ("parent",),
    "municipality": ("successor",),
}
