"""Organisations that keep their own things here, and when one of these was last assured."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from satama.base import words

from ..models import Organisation
from ..roles.policy import where_to_edit
from ..roles.scope import scope
from .items import ROWS, Item, Row

LIST = "board_partners"
HALF_A_YEAR = timedelta(days=182)


def partners(user: Any) -> QuerySet[Any]:
    """Those with members, each with `last`; who was longest silent first."""
    rows = scope(user, "databank.change_organisation").within(Organisation.objects.all())
    with_members = rows.filter(pk__in=Organisation.objects.filter(members__isnull=False))
    dated = with_members.annotate(last=Greatest("checked", Max("entry__checked")))
    return dated.order_by(F("last").asc(nulls_first=True), "slug")


def silent(found: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Those of whom nothing was assured in half a year, or ever."""
    return found.filter(Q(last=None) | Q(last__lt=today - HALF_A_YEAR))


def rows(found: QuerySet[Any]) -> list[Row]:
    return [Row(str(row), "", said(row), where_to_edit(row)) for row in found]


def said(row: Any) -> str:
    if row.last is None:
        return _("Nothing was ever confirmed.")
    return _("Last confirmed on %(day)s.") % {"day": words.day(row.last, get_language() or "en")}


def items(request: Any) -> Iterator[Item]:
    if not scope(request.user, "databank.change_organisation"):
        return
    waiting = silent(partners(request.user), timezone.localdate())
    number = waiting.count()
    sentence = ngettext(
        "%(count)d partner has confirmed nothing for half a year.",
        "%(count)d partners have confirmed nothing for half a year.",
        number,
    )
    shown = rows(waiting[:ROWS])
    yield Item(80, _("Partners"), number, sentence % {"count": number}, reverse(LIST), shown)
