"""Who came by a poster: counted in memory beside the page cache, like openings of entries
(docs/decisions/0019, 0028)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from satama.databank.reach import counting as reach

from ..models import Came

MARK = "poster"
KEPT = timedelta(days=800)

# In one order, so that two processes never wait for each other; the day is the region's.
ADD = """
INSERT INTO office_came AS kept (place_id, language, day, count)
SELECT place.id, told.language, (%(now)s AT TIME ZONE region.time_zone)::date, told.count
FROM unnest(%(places)s::bigint[], %(languages)s::text[], %(counts)s::int[])
    AS told (place_id, language, count)
JOIN office_outreachplace place ON place.id = told.place_id
JOIN databank_region region ON region.id = place.region_id
ORDER BY place.id, told.language
ON CONFLICT (place_id, language, day) DO UPDATE SET count = kept.count + EXCLUDED.count
"""


def name_of(place: int, language: str) -> str:
    """What the page cache is told when somebody opens a poster's address."""
    return f"{MARK} {place} {language}"


def opened(name: str) -> None:
    """A person came by a poster, or opened an entry's page."""
    counts = here if name.startswith(MARK) else reach.here
    counts.opened(name)


def add(counts: Mapping[str, list[int]], now: datetime) -> None:
    names = [name.split(" ") for name in counts]
    told: dict[str, Any] = {
        "now": now,
        "places": [int(place) for _mark, place, _language in names],
        "languages": [language for _mark, _place, language in names],
        "counts": [opened for opened, _found in counts.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, told)


def forget(today: date) -> int:
    """Deletes what is older than 800 days; how many rows."""
    return Came.objects.filter(day__lt=today - KEPT).delete()[0]


here = reach.Counts(add=add)
