"""Where the index lives: in the data folder, one for all processes, following the databank.

Whoever is asked first after a change writes it into the index, under a lock; others see it when it
is whole. A process that is killed loses nothing: the changes are read again from the last state.
"""

import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fasteners
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from satama.databank import version
from satama.databank.models import Change, Entry

from ..engine.index import Index
from . import documents

FORMAT = 2  # of the documents and fields; another number makes every index anew
KEPT = 100_000  # changes in the log, for nodes that are behind
MANY = 2000  # changes, above which a new index is quicker

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_held: "Held | None" = None


class Held:
    """An index in use, the version of the content it was last asked for, and the last change."""

    def __init__(self, index: Index, folder: Path | None, change: int) -> None:
        self.index, self.folder, self.change = index, folder, change
        self.version = -1


def index() -> Index:
    """The index as the content is now, at most half a second behind (see `version`)."""
    now = version.current()
    held = _held or _open()
    # While another thread or process follows, the index serves as it is.
    if held.version != now and _lock.acquire(blocking=False):
        try:
            if _follow(held):
                held.version = now
        finally:
            _lock.release()
    return held.index


def _open() -> Held:
    global _held
    with _lock, _writing():
        _held = _held or _opened() or _made()
        return _held


def rebuild() -> Index:
    """A new index beside the old one, then in its place at once; the old one serves meanwhile."""
    global _held
    with _writing():
        _held = _made()
    return _held.index


def forget() -> None:
    """Open the index anew when it is asked for next."""
    global _held
    _held = None


def _follow(held: Held) -> bool:
    """Bring the index up to the last change, or see what another process wrote. False while
    another one writes."""
    with _writing(wait=False) as mine:
        if not mine:
            return False
        if held.folder and _current() != held.folder:
            _take(held, _opened() or _made())
        try:
            _catch_up(held)
        except ValueError:
            # So tantivy says that a file is not as it should be: a process that was killed while
            # it wrote may have left one, whose name the next wants to use.
            logger.warning("The search index in %s is broken; making it anew.", held.folder)
            _take(held, _made())
    return True


def _catch_up(held: Held) -> None:
    state = _state(held.folder) if held.folder else None
    if state and state["change"] > held.change:
        held.index.reload()
        held.change = state["change"]
    _apply(held)


def _apply(held: Held) -> None:
    """Write the changes since the last one that the index has."""
    changes = list(Change.objects.filter(id__gt=held.change).order_by("id")[: MANY + 1])
    if not changes:
        return
    # The log is cut when an index is made; a node that slept long may have missed some of it.
    missed = held.change and not Change.objects.filter(id=held.change).exists()
    if missed or len(changes) > MANY or any(change.kind == "all" for change in changes):
        _take(held, _made())
    else:
        keys = _entries_of(changes)
        held.index.replace(keys, documents.documents(keys))
        held.change = changes[-1].id
        _save(held)


def _made() -> Held:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:  # all of it as it was at one moment, also while others write
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        change = Change.objects.aggregate(last=Max("id"))["last"] or 0
        folder = _new_folder()
        made = Held(Index(documents.documents(), folder), folder, change)
        made.index.learn(documents.lines())
    if folder:
        _write(folder / "lexicon.json", json.dumps(made.index.lexicon.told()))
        _save(made)
        _swap(folder)
        Change.objects.filter(id__lt=change - KEPT).delete()
    return made


def _take(held: Held, other: Held) -> None:
    held.index, held.folder, held.change = other.index, other.folder, other.change


@contextmanager
def _writing(wait: bool = True) -> Iterator[bool]:
    """One process writes at a time; the lock of one that was killed is free again."""
    if settings.INDEX_FOLDER is None:
        yield True
        return
    lock = fasteners.InterProcessLock(_root() / ".writing")
    mine = lock.acquire(blocking=wait)
    try:
        yield mine
    finally:
        if mine:
            lock.release()


def _entries_of(changes: list[Change]) -> set[int]:
    rows: dict[str, set[int]] = {"entry": set(), "topic": set(), "organisation": set()}
    for change in changes:
        rows[change.kind].add(change.row)
    about = Entry.objects.filter(topics__in=rows["topic"]).values_list("pk", flat=True)
    by = Entry.objects.filter(organisation__in=rows["organisation"]).values_list("pk", flat=True)
    return rows["entry"] | set(about) | set(by)


def _root() -> Path:
    """The folder of all indexes of this database."""
    folder = settings.INDEX_FOLDER / connection.settings_dict["NAME"]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _new_folder() -> Path | None:
    if settings.INDEX_FOLDER is None:
        return None
    taken = [int(path.name) for path in _root().iterdir() if path.name.isdigit()]
    folder = _root() / str(max(taken, default=0) + 1)
    folder.mkdir()
    return folder


def _opened() -> Held | None:
    """The index that is in use, if it is one of this format and of this database."""
    folder = _current() if settings.INDEX_FOLDER else None
    state = _state(folder) if folder else None
    if not folder or not state:
        return None
    if state["format"] != FORMAT or not _is_ours(state):
        return None
    try:
        opened = Held(Index((), folder), folder, state["change"])
        opened.index.lexicon.recall(json.loads((folder / "lexicon.json").read_text()))
    except (OSError, ValueError):
        return None  # a broken index is made anew
    return opened


def _is_ours(state: dict[str, Any]) -> bool:
    """Whether the change log goes on from where the index stopped: not after a restored backup."""
    change = Change.objects.filter(id=state["change"]).first()
    return state["change"] == 0 or (change is not None and change.at.isoformat() == state["at"])


def _current() -> Path | None:
    try:
        folder = _root() / (_root() / "CURRENT").read_text().strip()
    except OSError:
        return None
    return folder if folder.is_dir() else None


def _swap(folder: Path) -> None:
    _write(_root() / "CURRENT", folder.name)
    for path in _root().iterdir():
        # The one before may still be read by another process for a moment.
        if path.name.isdigit() and int(path.name) < int(folder.name) - 1:
            shutil.rmtree(path, ignore_errors=True)


def _state(folder: Path) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads((folder / "state.json").read_text())
    except (OSError, ValueError):
        return None
    return state


def _save(held: Held) -> None:
    change = Change.objects.filter(id=held.change).first()
    state = {"format": FORMAT, "change": held.change, "at": change.at.isoformat() if change else ""}
    if held.folder:
        _write(held.folder / "state.json", json.dumps(state))


def _write(path: Path, text: str) -> None:
    """All of it or nothing."""
    beside = path.with_suffix(".new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
