"""How much was looked at in time, by the days that upkeep gives each kind."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..roles.scope import scope
from ..upkeep.register import freshness
from .items import Item


def items(request: Any) -> Iterator[Item]:
    if not scope(request.user, "databank.change_entry"):
        return
    whole, waiting = freshness(timezone.localdate(), request.user)
    said = ngettext(
        "%(count)d entry should be looked at again; %(share)d %% are inside their date.",
        "%(count)d entries should be looked at again; %(share)d %% are inside their date.",
        waiting,
    )
    share = 100 * (whole - waiting) // whole if whole else 100
    address = f"{reverse('databank_due')}?noun=entry"
    yield Item(10, _("Freshness"), waiting, said % {"count": waiting, "share": share}, address)
