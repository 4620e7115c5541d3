"""That somebody found a record true is no edit of it: whoever looked last is right. No database."""

from .shapes import Record, digest

LOOK = ("checked", "confirmed")


def edition(record: Record) -> str:
    """The digest of what a record says, whenever it was looked at."""
    parts = [_unlooked(part) for part in _looked(record)]
    return digest({**record, "values": parts} if "values" in record else parts[0])


def last_looked(here: Record, pack: Record) -> Record:
    """The pack's record, with our look where it is as late as the pack's, or later. Of a fact, for
    each value that is the same."""
    if "values" not in pack:
        return _later(here, pack)
    ours = {digest(_unlooked(value)): value for value in _looked(here)}
    values = [_later(ours.get(digest(_unlooked(v)), {}), v) for v in pack["values"]]
    return {**pack, "values": values}


def _looked(record: Record) -> list[Record]:
    found: list[Record] = record.get("values", [record])
    return found


def _unlooked(part: Record) -> Record:
    return {key: value for key, value in part.items() if key not in LOOK}


def _later(here: Record, pack: Record) -> Record:
    if not here.get("checked") or here["checked"] < pack.get("checked", ""):
        return pack
    return {**pack, **{key: here[key] for key in LOOK if key in here}}
