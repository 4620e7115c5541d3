"""The format of docs/content-packs.md as data: the keys of a record and what each may be."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from satama.databank.models.entry import AUDIENCES, CHARGES, KINDS, STATUSES
from satama.databank.models.fact import FACT_TYPES
from satama.databank.models.organisation import ORGANISATION_KINDS
from satama.databank.models.text import MAKERS
from satama.databank.models.ways import CHANNEL_KINDS

Record = dict[str, Any]
Shape = Mapping[str, "Field"]


@dataclass(frozen=True)
class Field:
    """One key of a record.

    `type` names a reader in `reading`. `kept` keys are written even when they hold their default;
    `any_order` lists have no order in the databank. `names` is the kind that a value names.
    """

    type: str = "text"
    required: bool = False
    default: Any = None
    kept: bool = False
    longest: int = 0
    choices: tuple[str, ...] = ()
    pattern: str = ""
    names: str = ""
    any_order: bool = False
    shape: Shape | None = None


def slug(longest: int = 50) -> Field:
    return Field("slug", required=True, longest=longest)


def naming(kind: str, required: bool = False) -> Field:
    return Field("slug", names=kind, required=required)


def naming_some(kind: str, **options: Any) -> Field:
    return Field("list", names=kind, **options)


def one_of(choices: Mapping[str, Any], **options: Any) -> Field:
    return Field(choices=tuple(choices), **options)


CONFIRMED = Field("yes_no", default=True, kept=True)
REVIEW_DAYS = Field("days")
DATED: Shape = {"valid_from": Field("date"), "valid_until": Field("date")}
CODES: Shape = {
    "service_classes": Field("list", longest=40, pattern=r"P\d+(\.\d+)*"),
    "target_groups": Field("list", longest=40, pattern=r"KR\d+(\.\d+)*"),
    "life_events": Field("list", longest=40, pattern=r"KE\d+(\.\d+)*"),
}
POINT: Shape = {"latitude": Field("number"), "longitude": Field("number")}
SOURCE_DATE = Field(longest=40)

REGION: Shape = {
    "pack": slug(),
    "parent": naming("region"),
    "names": Field("words", required=True),
    "languages": Field("languages", required=True),
    "fallbacks": Field("fallbacks"),
    "brand": Field("brand"),
    "rooms": Field("list", longest=40, pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
    "time_zone": Field("time_zone", default="Europe/Helsinki", kept=True, longest=60),
    "country": Field("country", default="FI", kept=True),
    "host": Field("host", longest=253),
    "office": naming("entry"),
    "emergency": naming_some("entry"),
}
MUNICIPALITY: Shape = {
    "slug": slug(),
    "code": Field("code", required=True),
    "names": Field("words", required=True),
    **POINT,
    "successor": naming("municipality"),
    "member": Field("yes_no", default=True),
    **DATED,
}
TOPIC: Shape = {
    "slug": slug(),
    "parent": naming("topic"),
    "icon": Field("slug", longest=30),
    "situation": Field("yes_no", default=False),
    "labels": Field("words", required=True),
    "hints": Field("words"),
    "synonyms": Field("word_lists"),
    **CODES,
}
IDENTIFIER: Shape = {
    "type": Field("slug", required=True),
    "value": Field(required=True, longest=80),
}
ORGANISATION: Shape = {
    "slug": slug(),
    "kind": one_of(ORGANISATION_KINDS, required=True),
    "names": Field("words", required=True),
    "alternate_names": Field("word_lists"),
    "part_of": naming("organisation"),
    "successor": naming("organisation"),
    **DATED,
    "identifiers": Field("rows", shape=IDENTIFIER),
    "url": Field("url"),
    "phone": naming("fact"),
    "email": naming("fact"),
    "source": Field("url"),
    "source_date": SOURCE_DATE,
    "checked": Field("date"),
    "confirmed": CONFIRMED,
    "review_days": REVIEW_DAYS,
}
PLACE: Shape = {
    "slug": slug(),
    "names": Field("words", required=True),
    "kind": Field("slug", longest=30),
    "organisation": naming("organisation"),
    "municipality": naming("municipality"),
    "address": Field(longest=200),
    "postal_code": Field(longest=10),
    "city": Field(longest=80),
    **POINT,
    "hours": naming("fact"),
    "accessibility": Field("words"),
    **DATED,
    "source": Field("url"),
    "source_date": SOURCE_DATE,
    "checked": Field("date"),
    "confirmed": CONFIRMED,
    "review_days": REVIEW_DAYS,
}
FACT_VALUE: Shape = {
    "value": Field("value", required=True),
    **DATED,
    "source": Field("url", required=True),
    "source_date": SOURCE_DATE,
    "checked": Field("date", required=True),
    "confirmed": CONFIRMED,
    "note": Field(),
}
FACT: Shape = {
    "key": slug(80),
    "type": one_of(FACT_TYPES, required=True),
    "owner": naming("organisation", required=True),
    "hurts": Field("yes_no", default=False),
    "review_days": REVIEW_DAYS,
    "values": Field("rows", required=True, shape=FACT_VALUE),
}
CHANNEL: Shape = {
    "kind": one_of(CHANNEL_KINDS, required=True),
    "fact": naming("fact"),
    "place": naming("place"),
    "hours": naming("fact"),
    "languages": Field("languages"),
}
TEXT: Shape = {
    "made": one_of(MAKERS, default="person"),
    "checked": Field("date"),
    "title": Field(required=True, longest=90),
    "summary": Field(required=True, longest=220),
    "eligibility": Field(),
    "fees": Field(),
    "documents": Field("texts"),
    "application": Field(),
    "body": Field(),
    "alt": Field(longest=300),
}
ENTRY: Shape = {
    "slug": slug(80),
    "kind": one_of(KINDS, required=True),
    "topics": naming_some("topic", required=True),
    "organisation": naming("organisation"),
    "also": naming_some("organisation", any_order=True),
    "municipalities": naming_some("municipality", any_order=True),
    "audiences": Field("list", choices=tuple(AUDIENCES)),
    "languages_served": Field("languages"),
    "status": one_of(STATUSES, default="active", kept=True),
    "confirmed": CONFIRMED,
    **DATED,
    "charge": one_of(CHARGES),
    "channels": Field("rows", shape=CHANNEL),
    **CODES,
    "after": naming_some("entry"),
    "next": naming_some("entry"),
    "source": Field("url"),
    "source_date": SOURCE_DATE,
    "checked": Field("date"),
    "review_days": REVIEW_DAYS,
    "assured_by": Field(longest=80),
    "source_language": Field("language"),
    "keywords": Field("word_lists"),
    "texts": Field("by_language", required=True, shape=TEXT),
}
REDIRECT: Shape = {
    "path": Field(required=True, longest=100),
    "language": Field("language"),
    "to": Field(required=True, longest=100),
}
# In the order of loading: what comes later names what comes before, with few exceptions.
SHAPES: dict[str, Shape] = {
    "region": REGION,
    "redirect": REDIRECT,
    "municipality": MUNICIPALITY,
    "topic": TOPIC,
    "organisation": ORGANISATION,
    "fact": FACT,
    "place": PLACE,
    "entry": ENTRY,
}
KEYS = {kind: next(iter(shape)) for kind, shape in SHAPES.items()}


def canonical(shape: Shape, record: Mapping[str, Any]) -> Record:
    """The one way to write a record: keys in order, nothing that is empty or the default."""
    result: Record = {}
    for key, field in shape.items():
        value = record.get(key)
        if value is None or value in ("", [], {}):
            value = field.default
        if field.any_order and value:
            value = sorted(value)
        if value is not None and (field.kept or value != field.default):
            result[key] = value
    if "position" in record:
        result["position"] = record["position"]
    return result


def digest(record: Mapping[str, Any]) -> str:
    """The same for two records that say the same, whatever the order of their keys."""
    text = json.dumps(record, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def named(shape: Shape, record: Record, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Everything that a record names: its kind, its slug, and the path where it is named."""
    for key, field in shape.items():
        value, here = record.get(key), f"{path}{key}"
        if value is None:
            continue
        if field.names and field.type == "list":
            yield from ((field.names, one, f"{here}.{n}") for n, one in enumerate(value))
        elif field.names:
            yield field.names, value, here
        elif field.shape and field.type == "rows":
            for n, row in enumerate(value):
                yield from named(field.shape, row, f"{here}.{n}.")
