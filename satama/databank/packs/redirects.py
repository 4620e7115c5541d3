"""Redirects in a pack: `redirects.yaml`. They are no nouns of their own: what a pack says is added,
and what staff say otherwise stays."""

import re
from collections.abc import Iterator, Mapping

from satama.databank.models import Redirect, Region
from satama.databank.models.redirect import PATH

from .files import Fault
from .reading import Item
from .shapes import SHAPES, Record, canonical

KINDS = {"entries": "entry", "topics": "topic", "organisations": "organisation"}


def name_of(record: Record) -> str:
    """`entries/old`, or `entries/old uk` when it is for one language."""
    return " ".join(filter(None, [record.get("path", ""), record.get("language", "")]))


def records(region: Region) -> Iterator[Record]:
    for row in Redirect.objects.filter(region=region):
        yield canonical(
            SHAPES["redirect"], {"path": row.path, "language": row.language, "to": row.to}
        )


def check(item: Item, known: Mapping[tuple[str, str], Item]) -> Iterator[Fault]:
    """Both are addresses, and the new one leads somewhere."""
    for key in ("path", "to"):
        address = item.record.get(key, "")
        if address and not re.match(PATH, address):
            yield item.fault(key, f"{key}: not an address like entries/tax-card: {address!r}")
    to = item.record.get("to", "")
    folder, _slash, slug = to.partition("/")
    pages = {(KINDS.get(folder, ""), slug), ("redirect", to)}
    if re.match(PATH, to) and known.keys().isdisjoint(pages):
        yield item.fault("to", f"{to} leads nowhere")


def load(items: list[Item], region: Region) -> tuple[int, int, list[str]]:
    """How many are new, how many were there, and sentences on those that staff lead elsewhere."""
    rows = {
        (row.path, row.language): row.to
        for row in Redirect.objects.filter(region=region).select_for_update()
    }
    said = {(one.record["path"], one.record.get("language", "")): one for one in items}
    new = [
        Redirect(region=region, path=path, language=language, to=item.record["to"])
        for (path, language), item in said.items()
        if (path, language) not in rows
    ]
    Redirect.objects.bulk_create(new)
    kept = [
        f"kept: redirect {item.slug}: staff lead it to {rows[key]} ({item.file})"
        for key, item in said.items()
        if rows.get(key, item.record["to"]) != item.record["to"]
    ]
    return len(new), len(said) - len(new) - len(kept), kept
