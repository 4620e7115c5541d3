"""Where an address leads that has no page, for the readers of a language in a region."""

from collections.abc import Mapping
from functools import lru_cache

from .. import shelf, version
from ..models import Entry, Organisation, Redirect, Region
from ..reading import Reader


def way_on(reader: Reader, address: str) -> str | None:
    """The address that a page shows, along all redirects; None when there is none. `address` is
    what stands after the language: `entries/tax-card`."""
    given = _redirects(version.current(), tuple(reader.lineage))
    seen = {address}
    while found := given.get((address, reader.language)) or given.get((address, "")):
        if found in seen:
            return None
        if _shows(reader, found):
            return found
        seen.add(found)
        address = found
    return None


def leaves(reader: Reader, entry: Entry) -> bool:
    """Whether the entry has no words in the reader's language and a redirect for that language:
    its readers were promised another page."""
    if any(text.language == reader.language for text in entry.texts.all()):
        return False
    given = _redirects(version.current(), tuple(reader.lineage))
    return (f"entries/{entry.slug}", reader.language) in given


def spoken_instead(region: Region | None, language: str) -> str | None:
    """For a language that a region speaks no more: the one that its readers are led to."""
    if region is None or language in region.languages:
        return None
    others = region.fallbacks.get(language, ())
    return next((other for other in others if other in region.languages), None)


def _shows(reader: Reader, address: str) -> bool:
    folder, slug = address.split("/")
    if folder == "topics":
        return any(topic.slug == slug for topic in shelf.topics(reader).values())
    if folder == "organisations":
        return Organisation.objects.filter(slug=slug, region_id__in=reader.lineage).exists()
    found = shelf.entries(reader).filter(slug=slug).prefetch_related("texts").first()
    return found is not None and not leaves(reader, found)


@lru_cache(maxsize=16)
def _redirects(_version: int, lineage: tuple[int, ...]) -> Mapping[tuple[str, str], str]:
    """{(address, language): address}; the nearest region's word counts."""
    rows = Redirect.objects.filter(region_id__in=lineage)
    ranked = sorted(rows, key=lambda row: -lineage.index(row.region_id))
    return {(row.path, row.language): row.to for row in ranked}
