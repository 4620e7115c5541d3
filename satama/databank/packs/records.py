"""Between rows and records: what a row says in the words of the format, and back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from satama.databank.models import (
    Channel,
    Entry,
    EntryLink,
    EntryTopic,
    Fact,
    FactValue,
    Municipality,
    Organisation,
    Place,
    Region,
    Text,
    Topic,
)

from .readers import tidy
from .shapes import CHANNEL, FACT_VALUE, KEYS, SHAPES, TEXT, Field, Record, Shape, canonical

MODELS: dict[str, Any] = {
    "region": Region,
    "municipality": Municipality,
    "topic": Topic,
    "organisation": Organisation,
    "fact": Fact,
    "place": Place,
    "entry": Entry,
}
# Kept in rows of their own, not in a field of the row.
CHILDREN = {
    "fact": {"values"},
    "entry": {"topics", "also", "municipalities", "channels", "after", "next", "texts"},
}
Names = dict[str, dict[int, str]]


def key_of(kind: str) -> str:
    """The model's field for the slug of a kind."""
    return "slug" if kind == "region" else KEYS[kind]


def all_names() -> Names:
    """For each kind, the slug of each row."""
    return {
        kind: dict(model.objects.values_list("pk", key_of(kind))) for kind, model in MODELS.items()
    }


def rows_of(kind: str, region: Region) -> list[Any]:
    """A region's rows of a kind, held until the transaction ends: staff's saving waits for us."""
    model = MODELS[kind]
    return list(model.objects.filter(region=region).select_for_update(of=("self",)))


def records_of(kind: str, rows: Iterable[Any], names: Names) -> Iterator[tuple[Any, Record]]:
    """Each row with its record, with a fixed number of queries."""
    rows = list(rows)
    children = {"fact": _fact_children, "entry": _entry_children}.get(kind)
    parts = children([row.pk for row in rows], names) if children and rows else {}
    for row in rows:
        raw = _fields(kind, row, names) | parts.get(row.pk, {})
        if kind == "topic":
            raw["position"] = row.position
        yield row, canonical(SHAPES[kind], raw)


def fill(kind: str, row: Any, record: Record, slugs: dict[str, dict[str, int]]) -> bool:
    """Set a row's own fields from a record; False when something it names has no row yet."""
    complete = True
    for key, field in own_fields(kind):
        value = record.get(key, field.default)
        if field.names and not _is_slug_field(kind, key):
            found = slugs[field.names].get(value)
            complete = complete and (value is None or found is not None)
            setattr(row, f"{key}_id", found)
        else:
            setattr(row, _attribute(kind, key), _to_row(row, _attribute(kind, key), value))
    if kind == "topic":
        row.position = record["position"]
    return complete


def own_fields(kind: str) -> list[tuple[str, Field]]:
    """The keys of a kind that are fields of its row."""
    hidden = CHILDREN.get(kind, set())
    return [(key, field) for key, field in SHAPES[kind].items() if key not in hidden]


def references(kind: str) -> list[str]:
    """The foreign keys of a kind, without the region."""
    return [key for key, field in own_fields(kind) if field.names and not _is_slug_field(kind, key)]


def _is_slug_field(kind: str, key: str) -> bool:
    # A region names entries by slug: they are loaded after the region.
    return kind == "region" and key in {"office", "emergency"}


def _attribute(kind: str, key: str) -> str:
    return "slug" if (kind, key) == ("region", "pack") else key


def _to_row(row: Any, attribute: str, value: Any) -> Any:
    """A record leaves out what is empty; a row has its own empty value for each field."""
    field = row._meta.get_field(attribute)
    if value is None:
        return None if field.null else field.get_default()
    kind = field.get_internal_type()
    if kind == "DateField":
        return date.fromisoformat(value)
    return Decimal(str(value)) if kind == "DecimalField" else value


def _fields(kind: str, row: Any, names: Names) -> Record:
    return _plain(own_fields(kind), kind, row, names)


def _plain(fields: Iterable[tuple[str, Field]], kind: str, row: Any, names: Names) -> Record:
    record: Record = {}
    for key, field in fields:
        if field.names and not _is_slug_field(kind, key):
            record[key] = names[field.names].get(getattr(row, f"{key}_id"))
        else:
            record[key] = plain(getattr(row, _attribute(kind, key)))
    return record


def plain(value: Any) -> Any:
    """A value of a row as a record has it; empty words in some language are no words."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        parts = {key: plain(one) for key, one in value.items()}
        return {key: one for key, one in parts.items() if one not in ("", [], None)}
    return value


def _child(shape: Shape, kind: str, row: Model, names: Names) -> Record:
    return canonical(shape, _plain(shape.items(), kind, row, names))


def _fact_children(facts: list[int], names: Names) -> dict[int, Record]:
    parts: dict[int, Record] = defaultdict(lambda: {"values": []})
    for value in FactValue.objects.filter(fact__in=facts):
        parts[value.fact_id]["values"].append(_child(FACT_VALUE, "", value, names))
    return parts


def _entry_children(entries: list[int], names: Names) -> dict[int, Record]:
    parts: dict[int, Record] = defaultdict(lambda: defaultdict(list))
    for row in EntryTopic.objects.filter(entry__in=entries):
        parts[row.entry_id]["topics"].append(names["topic"][row.topic_id])
    for channel in Channel.objects.filter(entry__in=entries):
        parts[channel.entry_id]["channels"].append(_child(CHANNEL, "", channel, names))
    for link in EntryLink.objects.filter(entry__in=entries):
        parts[link.entry_id][link.relation].append(names["entry"][link.target_id])
    for key, kind in (("also", "organisation"), ("municipalities", "municipality")):
        through = getattr(Entry, key).through
        for entry, other in through.objects.filter(entry__in=entries).values_list(
            "entry_id", f"{kind}_id"
        ):
            parts[entry][key].append(names[kind][other])
    for text in Text.objects.filter(entry__in=entries):
        parts[text.entry_id].setdefault("texts", {})[text.language] = _child(TEXT, "", text, names)
    return parts
