"""Write a region as the files of a content pack, so that loading them again changes nothing."""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from satama.databank.models import Region

from . import redirects
from .records import MODELS, all_names, records_of
from .shapes import CHANNEL, IDENTIFIER, SHAPES, Field, Record, Shape

FILES = {
    "municipality": ("municipalities.yaml", "municipalities"),
    "topic": ("topics.yaml", "topics"),
    "organisation": ("organisations.yaml", "organisations"),
    "place": ("places.yaml", "places"),
    "fact": ("facts/facts.yaml", "facts"),
}
ON_ONE_LINE = (CHANNEL, IDENTIFIER)
NEVER_FOLD = 1_000_000


class NotExported(Exception):
    """Nothing was written; the text says why."""


def export_region(region: Region, folder: Path) -> Path:
    """Write `folder/<region>/`, which may not exist yet or must be empty. Raises NotExported."""
    target = folder / region.slug
    if target.exists() and any(target.iterdir()):
        raise NotExported(f"{target} is not empty; choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    # Written beside and moved when whole, so that a stop halfway leaves no half pack.
    draft = Path(mkdtemp(prefix=".", dir=folder))
    try:
        for name, content in files_of(region):
            path = draft / name
            path.parent.mkdir(exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                _yaml().dump(content, file)
        draft.chmod(0o755)
        os.replace(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return target


def files_of(region: Region) -> Iterator[tuple[str, CommentedMap]]:
    """The name and content of each file."""
    names = all_names()
    write = _Writing(region.languages)
    ((_, record),) = records_of("region", [region], names)
    yield "pack.yaml", write.record(record, SHAPES["region"])
    for kind, (name, key) in FILES.items():
        records = [record for _, record in records_of(kind, _rows(kind, region), names)]
        if records:
            yield name, CommentedMap({key: write.rows(records, SHAPES[kind])})
    if moved := list(redirects.records(region)):
        yield "redirects.yaml", CommentedMap({"redirects": write.rows(moved, SHAPES["redirect"])})
    for _, record in records_of("entry", _rows("entry", region), names):
        yield f"entries/{record['slug']}.yaml", write.record(record, SHAPES["entry"])


def _rows(kind: str, region: Region) -> Iterable[Any]:
    return MODELS[kind].objects.filter(region=region)


class _Writing:
    """Records as ruamel's structures, with the region's languages in their order."""

    def __init__(self, languages: list[str]) -> None:
        self.languages = languages

    def record(self, record: Record, shape: Shape) -> CommentedMap:
        written = CommentedMap(
            (key, self._value(record[key], field, record))
            for key, field in shape.items()
            if key in record
        )
        if any(shape is one for one in ON_ONE_LINE):
            written.fa.set_flow_style()
        return written

    def rows(self, records: list[Record], shape: Shape) -> CommentedSeq:
        return CommentedSeq([self.record(record, shape) for record in records])

    def _value(self, value: Any, field: Field, record: Record) -> Any:
        if field.type == "rows" and field.shape:
            # A value is written as its fact's type wants it: a day bare, all else as a text.
            is_date = record.get("type") == "date"
            rows = (
                [{**row, "value": date.fromisoformat(row["value"])} for row in value]
                if is_date
                else value
            )
            return self.rows(rows, field.shape)
        if field.type == "by_language" and field.shape:
            shape = field.shape
            return CommentedMap(
                (one, self.record(value[one], shape)) for one in self._ordered(value)
            )
        if field.type == "date":
            return date.fromisoformat(value)
        if isinstance(value, dict):
            return CommentedMap((key, _plain(value[key])) for key in self._ordered(value))
        return _plain(value)

    def _ordered(self, words: dict[str, Any]) -> list[str]:
        """The region's languages first; the databank does not keep an order."""
        first = [language for language in self.languages if language in words]
        return [*first, *sorted(set(words) - set(first))]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        items = CommentedSeq([_plain(one) for one in value])
        if all("\n" not in str(one) for one in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(f"{value}\n")
    if isinstance(value, str) and not value[:1].isalnum():
        # ruamel writes `[?0]` bare and then reads a mapping.
        return DoubleQuotedScalarString(value)
    return value


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = NEVER_FOLD
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
