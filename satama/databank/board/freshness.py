"""How much was looked at in time. The rule stands in one function, `due`, so that another can take
its place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Entry
from ..roles.scope import scope
from .items import Item

USUAL = 365  # days between two looks, where the entry does not say


def due(entries: QuerySet[Entry], today: date) -> QuerySet[Entry]:
    """Those that nobody has assured for their days, or ever."""
    days = Coalesce(F("review_days"), USUAL)
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
    entries_list = Entry.snippet_viewset.get_url_name("list")
    address = f"{reverse(entries_list)}?ordering=checked"
    yield Item(10, _("Freshness"), waiting, said % {"count": waiting, "share": share}, address)
