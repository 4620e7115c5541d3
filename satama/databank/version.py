"""The content version: a number that changes with every change of anything public, on every
process."""

import threading
import time

from django.db import DatabaseError, close_old_connections, connection

FRESH = 0.5  # seconds that a process may be behind

_lock = threading.Lock()
_seen: tuple[float, int] = (0.0, 0)


def current() -> int:
    """The version, at most `FRESH` seconds old; the last one seen while the database is away."""
    global _seen
    asked, number = _seen
    if asked and time.monotonic() - asked < FRESH:
        return number
    with _lock:
        if time.monotonic() - _seen[0] >= FRESH or not _seen[0]:
            _seen = (time.monotonic(), _read_or(_seen[1]))
        return _seen[1]


def _read_or(last: int) -> int:
    try:
        return read()
    except DatabaseError:
        return last


def read() -> int:
    """The version in the database now."""
    close_old_connections() if not connection.in_atomic_block else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM databank_contentversion")
        row = cursor.fetchone()
    return row[0] if row else 0


def touch() -> None:
    """Make every process read everything afresh (`satama reindex`)."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE databank_contentversion SET version = txid_current()")
