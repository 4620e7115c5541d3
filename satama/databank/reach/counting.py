"""Counts in memory, and adds to the database now and then: no page waits for it. What a process
counted since is lost when it is killed."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from multiprocessing.util import Finalize
from typing import Any

from django.db import Error, connection
from django.utils import timezone

from ..models import Reach

PERIOD = 30.0  # seconds
PATIENCE = 4.0  # seconds that a process that ends gives the database
KEPT = timedelta(days=400)

# In one order, so that two processes never wait for each other. An entry that was deleted
# meanwhile is not there any more; the day is that of the entry's region.
ADD = """
INSERT INTO databank_reach AS kept (entry_id, language, day, opened, found)
SELECT entry.id, told.language, (%(now)s AT TIME ZONE region.time_zone)::date, opened, found
FROM unnest(%(entries)s::bigint[], %(languages)s::text[], %(opened)s::int[], %(found)s::int[])
    AS told (entry_id, language, opened, found)
JOIN databank_entry entry ON entry.id = told.entry_id
JOIN databank_region region ON region.id = entry.region_id
ORDER BY entry.id, told.language
ON CONFLICT (entry_id, language, day) DO UPDATE SET
    opened = kept.opened + EXCLUDED.opened, found = kept.found + EXCLUDED.found
"""

Add = Callable[[Mapping[str, list[int]], datetime], None]

logger = logging.getLogger(__name__)


def name_of(entry: int, language: str) -> str:
    """What the page cache tells when it answers with an entry's page."""
    return f"{entry} {language}"


def _add_to_the_day(counts: Mapping[str, list[int]], now: datetime) -> None:
    names = [name.split(" ") for name in counts]
    told: dict[str, Any] = {
        "now": now,
        "entries": [int(entry) for entry, _language in names],
        "languages": [language for _entry, language in names],
        "opened": [opened for opened, _found in counts.values()],
        "found": [found for _opened, found in counts.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, told)


def forget(today: date) -> int:
    """Deletes what is older than 400 days; how many rows."""
    return Reach.objects.filter(day__lt=today - KEPT).delete()[0]


class Counts:
    """What one process counted since the last writing. Its thread begins with the first count, in
    the process that counts, and writes once more when that ends. `add`: into which table."""

    def __init__(self, period: float = PERIOD, add: Add = _add_to_the_day) -> None:
        self.period, self.add = period, add
        self.counted: dict[str, list[int]] = {}
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self.thread: threading.Thread | None = None

    def opened(self, name: str) -> None:
        """The page of this name was opened."""
        with self.lock:
            row = self.counted.get(name) or self._row(name)
            row[0] += 1

    def found(self, entries: Iterable[int], language: str) -> None:
        """These stood among the first answers to a question in a language."""
        with self.lock:
            for entry in entries:
                self._row(name_of(entry, language))[1] += 1

    def _row(self, name: str) -> list[int]:
        if self.thread is None:
            self._begin()
        return self.counted.setdefault(name, [0, 0])

    def _begin(self) -> None:
        self.thread = threading.Thread(target=self._write_now_and_then, daemon=True)
        self.thread.start()
        # Python's atexit is not heard in the server's processes, which are forks; this is in both.
        Finalize(None, self._end, exitpriority=1)

    def _write_now_and_then(self) -> None:
        while not self.ending.wait(self.period):
            self._write_and_leave()
        self._write_and_leave()

    def _write_and_leave(self) -> None:
        try:
            self.write(timezone.now())
        finally:
            connection.close()

    def _end(self) -> None:
        self.ending.set()
        if self.thread:
            self.thread.join(PATIENCE)

    def write(self, now: datetime) -> None:
        """Add what was counted to the day; what the database does not take is kept for later."""
        with self.lock:
            counts, self.counted = self.counted, {}
        try:
            if counts:
                self.add(counts, now)
        except Error as error:
            logger.warning("Openings of pages are not written yet: %s", type(error).__name__)
            self._take_back(counts)

    def _take_back(self, counts: Mapping[str, list[int]]) -> None:
        with self.lock:
            for name, (opened, found) in counts.items():
                row = self._row(name)
                row[0] += opened
                row[1] += found


here = Counts()
