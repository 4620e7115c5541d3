"""What readers would lose: addresses as the database names them, told so that people can judge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from satama.base import languages

from ..models import Entry, EntryLink, Organisation, Region, Text, Topic
from ..reading import lineage
from ..translating.words import FIELDS

FOLDERS: dict[Any, str] = {Entry: "entries", Topic: "topics", Organisation: "organisations"}
# What would be lost if a page were not there: where no redirect leads on.
WITHOUT = """
SELECT format('/%%s/%%s/%%s', r.slug, r.language, %(address)s) FROM databank_below(%(region)s) r
WHERE databank_shows(r.id, r.language, %(address)s) AND NOT databank_answers(
    r.id, r.language, databank_way_on(r.id, r.language, %(address)s))
ORDER BY r.id, r.place
"""
# A page whose words in a language go is still there, in other words: only a redirect for that
# language leads its readers on.
WITHOUT_WORDS = """
SELECT format('/%%s/%%s/%%s', r.slug, r.language, %(address)s) FROM databank_below(%(region)s) r
WHERE r.language = ANY(%(spoken)s) AND databank_shows(r.id, r.language, %(address)s)
AND NOT EXISTS (SELECT 1 FROM databank_redirect led WHERE led.path = %(address)s
    AND led.language = r.language AND led.region_id IN (SELECT id FROM databank_lineage(r.id)))
ORDER BY r.id, r.place
"""


@dataclass
class Loss:
    """A page that would be gone in a region: `spoken` are the languages whose readers lose it,
    `words` those that it is written in, `links` the names of other entries that lead there."""

    region: str
    path: str
    spoken: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        spoken = "…" if len(self.spoken) > 1 else "".join(self.spoken)
        return "/".join(["", self.region, *([spoken] if spoken else []), self.path])

    @property
    def read_in(self) -> str:
        return ", ".join(map(languages.own_name, self.words or self.spoken))


def without(rows: Iterable[Any]) -> list[str]:
    """The addresses that would be lost without these rows."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for row in rows:
            if folder := FOLDERS.get(type(row)):
                named = {"address": f"{folder}/{row.slug}", "region": row.region_id}
                cursor.execute(WITHOUT, named)
                found += [address for (address,) in cursor.fetchall()]
    return found


def without_words(row: Any, record: Mapping[str, Any]) -> list[str]:
    """The addresses whose readers would lose words in their language when the row of an entry says
    what the record says."""
    if not isinstance(row, Entry):
        return []
    had = Text.objects.filter(entry=row).exclude(language__in=record.get("texts", ()))
    with connection.cursor() as cursor:
        spoken = list(had.values_list("language", flat=True))
        if spoken:
            named: dict[str, Any] = {"address": f"entries/{row.slug}", "spoken": spoken}
            cursor.execute(WITHOUT_WORDS, named | {"region": row.region_id})
            return [address for (address,) in cursor.fetchall()]
    return []


def told(addresses: Iterable[str]) -> list[Loss]:
    """The addresses by page; of a region's own (`/kokkola/uk/`) the path is empty."""
    found: dict[tuple[str, str], Loss] = {}
    for address in addresses:
        region, language, path = parts(address)
        loss = found.setdefault((region, path), Loss(region, path))
        loss.spoken += [language] if language else []
    for loss in found.values():
        folder, _slash, slug = loss.path.partition("/")
        if folder == "entries":
            _tell_entry(loss, slug)
    return list(found.values())


def parts(address: str) -> tuple[str, str, str]:
    """The region, the language and the rest of `/kokkola/uk/entries/tax-card`."""
    region, language, path = [*address.strip("/").split("/", 2), "", ""][:3]
    return region, language, path


def _tell_entry(loss: Loss, slug: str) -> None:
    around = lineage(Region.objects.filter(slug=loss.region).first())
    entry = Entry.objects.filter(slug=slug, region__in=around).first()
    if entry is None:
        return
    written = entry.texts.model.objects.filter(entry=entry, language__in=loss.spoken)
    loss.words = list(written.values_list("language", flat=True))
    named = Q(*((f"{name}__icontains", f"(entry:{slug})") for name in FIELDS), _connector=Q.OR)
    links = set(Text.objects.filter(named).values_list("entry__slug", flat=True))
    links |= set(EntryLink.objects.filter(target=entry).values_list("entry__slug", flat=True))
    loss.links = sorted(links - {slug})
