"""What hangs in a folder: each room that puts something into it shows it on the folder's page by a
part of its own. No database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from satama.accounts.models import Folder


@dataclass(frozen=True)
class Part:
    """`hold` gives what the template shows of a folder to a reader; nothing: the part is left out.
    Lower places come first."""

    place: int
    template: str
    hold: Callable[[Folder, Any], dict[str, Any]]


_parts: dict[str, Part] = {}


def hang(part: Part) -> None:
    """Called once by each room, when it is set up (AppConfig.ready)."""
    _parts[part.template] = part


def parts(folder: Folder, reader: Any) -> list[dict[str, Any]]:
    """Each part with its template, in their order."""
    known = sorted(_parts.values(), key=lambda part: part.place)
    shown = [(part, part.hold(folder, reader)) for part in known]
    return [{"template": part.template, "held": held} for part, held in shown if held]
