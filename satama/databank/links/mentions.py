"""Where web addresses stand in the databank: what pages show, and what is kept beside it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from satama.base import html

from ..models import Entry, FactValue, Organisation, Place, Text
from ..translating.words import in_one

# The fields of each model that are one address, and whether a public page shows it.
WHOLE: dict[Any, dict[str, bool]] = {
    FactValue: {"value": True, "source": False},
    Organisation: {"url": True, "source": True},
    Place: {"source": False},
    Entry: {"source": True},
}
MARKDOWN = ("eligibility", "fees", "documents", "application", "body")


@dataclass(frozen=True)
class Mention:
    """An address as a field of a row has it; `noun` is what staff open to edit it."""

    address: str
    noun: Any
    row: Any
    field: str
    shown: bool

    @property
    def where(self) -> str:
        """The field as staff see it."""
        named = {"source": _("Source"), "value": _("Value"), "url": _("Web address")}
        return named.get(self.field) or _("Text: %(language)s") % {"language": self.row.language}


def mentions(
    on: date, only: Collection[str] | None = None, held: bool = False
) -> Iterator[Mention]:
    """Every place that has an address, or one of `only`. What ended before the day is history and
    left out. `held`: no other transaction changes the rows until this one ends. Five queries."""
    for model, fields in WHOLE.items():
        named = Q() if only is None else Q(*_among(fields, only), _connector=Q.OR)
        for row in _held(_rows(model, on).filter(named), held):
            for field, shown in fields.items():
                yield from _whole(row, field, shown, only)
    written = Q(*((f"{field}__icontains", "://") for field in MARKDOWN), _connector=Q.OR)
    texts = Text.objects.select_related("entry").defer("entry__keywords").filter(written)
    for row in _held(texts, held):
        for field in MARKDOWN:
            for address in html.web_addresses(in_one(getattr(row, field))):
                if only is None or address in only:
                    yield Mention(address, row.entry, row, field, True)


def _among(fields: dict[str, bool], only: Collection[str]) -> list[tuple[str, Any]]:
    return [(f"{field}__in", list(only)) for field in fields]


def _rows(model: Any, on: date) -> QuerySet[Any]:
    if model is FactValue:
        return FactValue.objects.exclude(valid_until__lt=on).select_related("fact")
    return model.objects.defer("keywords") if model is Entry else model.objects.all()


def _held(rows: QuerySet[Any], held: bool) -> QuerySet[Any]:
    return rows.select_for_update(of=("self",)) if held else rows


def _whole(row: Any, field: str, shown: bool, only: Collection[str] | None) -> Iterator[Mention]:
    noun = row.fact if isinstance(row, FactValue) else row
    if field == "value" and noun.type != "url":
        return
    address = getattr(row, field)
    if address and (only is None or address in only):
        yield Mention(address, noun, row, field, shown)
