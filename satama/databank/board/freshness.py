"""How much was looked at in time, by the days that upkeep gives each kind."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Entry
from ..roles.scope import scope
from ..upkeep.due import ENTRY, USUAL
from .items import Item

DAYS = Case(
    *(When(kind=kind, then=days) for kind, days in ENTRY.items()),
    default=USUAL,
    output_field=IntegerField(),
)


def due(entries: QuerySet[Entry], today: date) -> QuerySet[Entry]:
    """Those that nobody has assured for their days, or ever."""
    days = Coalesce("review_days", DAYS)
    since = ExpressionWrapper(Value(today, DateField()) - days, output_field=DateField())
    return entries.filter(Q(checked=None) | Q(checked__lt=since))


def items(request: Any) -> Iterator[Item]:
    where, today = scope(request.user, "databank.change_entry"), timezone.localdate()
    if not where:
        return
    open_ended = Q(valid_until=None) | Q(valid_until__gte=today)
    entries = where.within(Entry.objects.filter(open_ended, live=True).exclude(status="ended"))
    whole, waiting = entries.count(), due(entries, today).count()
    said = ngettext(
        "%(count)d entry should be looked at again; %(share)d %% are inside their date.",
        "%(count)d entries should be looked at again; %(share)d %% are inside their date.",
        waiting,
    )
    share = 100 * (whole - waiting) // whole if whole else 100
    address = f"{reverse('databank_due')}?noun=entry"
    yield Item(10, _("Freshness"), waiting, said % {"count": waiting, "share": share}, address)
