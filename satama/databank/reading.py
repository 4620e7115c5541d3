"""Who reads, where, in which language and as of which day: asked once, carried everywhere."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from satama.base import languages

from . import version
from .models import Region

_lock = threading.Lock()
_regions: tuple[int, dict[str, Region]] = (-1, {})


def regions() -> dict[str, Region]:
    """All regions by slug, parents attached; read again when the content version changes."""
    global _regions
    now = version.current()
    if _regions[0] != now:
        with _lock:
            found = {region.pk: region for region in Region.objects.all()}
            for region in found.values():
                if region.parent_id:
                    region.parent = found[region.parent_id]
            _regions = (now, {region.slug: region for region in found.values()})
    return _regions[1]


def region_of(pk: int) -> Region:
    """One of them by its number, parents attached."""
    return next(region for region in regions().values() if region.pk == pk)


def upwards(region: Region | None) -> Iterator[Region]:
    """The region and its parents: what they say is visible there."""
    while region:
        yield region
        region = region.parent


def lineage(region: Region | None) -> list[int]:
    return [above.pk for above in upwards(region)]


@dataclass(frozen=True)
class Said:
    """Words found for a reader, and the language they are in."""

    text: str
    language: str
    own: bool

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def direction(self) -> str:
        return languages.direction(self.language)


@dataclass(frozen=True)
class Reader:
    region: Region
    language: str
    on: date
    rehearsing: bool = False

    @cached_property
    def lineage(self) -> list[int]:
        return lineage(self.region)

    @cached_property
    def emergency(self) -> list[str]:
        """Slugs of what to call in an emergency: the region's, or of the nearest it builds on."""
        return next((one.emergency for one in upwards(self.region) if one.emergency), [])

    @cached_property
    def order(self) -> list[str]:
        return languages.order_for(self.language, self.region.fallbacks, self.region.languages)

    @property
    def base(self) -> str:
        return f"/{self.region.slug}/{self.language}/"

    def say(self, words: Mapping[str, str]) -> Said:
        """The best words there are for this reader."""
        text, language = languages.best(words, self.order)
        return Said(text, language, language == self.language)

    def now(self) -> datetime:
        """This moment in the region; on another day, noon of that day."""
        now = self.region.now()
        return (
            now.replace(year=self.on.year, month=self.on.month, day=self.on.day, hour=12, minute=0)
            if self.rehearsing
            else now
        )


def reader_in(region: Region, language: str, on: date | None = None) -> Reader:
    """A reader of the region in a language that it speaks, or else in its first; today."""
    return Reader(region, region.spoken(language), on or region.today())
