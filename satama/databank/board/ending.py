"""Facts that end, or have just ended, with nothing after: readers then see "check with"."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from satama.base import words

from ..models import Fact, FactValue
from ..rehearsal import Gap, gap_of
from ..roles.policy import where_to_edit
from ..roles.scope import scope
from .items import ROWS, Item, Row

LIST = "board_ending"
DAYS = timedelta(days=30)  # ahead, and back: a day too late is no reason to forget


def gaps(user: Any, today: date) -> list[tuple[Fact, Gap]]:
    """Facts that the person may change, and the days on which they have no value; what is nearest
    first. Two queries."""
    ends = FactValue.objects.filter(valid_until__gte=today - DAYS, valid_until__lt=today + DAYS)
    facts = scope(user, "databank.change_fact").within(Fact.objects.all())
    known = facts.filter(pk__in=ends.values("fact")).prefetch_related("values")
    found = ((fact, _gap(fact, today)) for fact in known)
    return sorted(
        ((fact, gap) for fact, gap in found if gap),
        key=lambda pair: (abs(pair[1].first - today), pair[0].key),
    )


def _gap(fact: Fact, today: date) -> Gap | None:
    values = fact.values.all()
    before = gap_of(values, today - DAYS, today)
    if before and (before.last is None or before.last >= today):
        return before
    return gap_of(values, today, today + DAYS)


def rows(found: list[tuple[Fact, Gap]]) -> list[Row]:
    return [Row(fact.key, "", said(gap), where_to_edit(fact)) for fact, gap in found]


def said(gap: Gap) -> str:
    language = get_language() or "en"
    first = words.day(gap.first, language)
    if gap.last is None:
        return _("No value from %(first)s on.") % {"first": first}
    last = words.day(gap.last, language)
    return _("No value from %(first)s to %(last)s.") % {"first": first, "last": last}


def items(request: Any) -> Iterator[Item]:
    if not scope(request.user, "databank.change_fact"):
        return
    found = gaps(request.user, timezone.localdate())
    sentence = ngettext(
        "%(count)d fact ends within 30 days, or has ended, and nothing follows.",
        "%(count)d facts end within 30 days, or have ended, and nothing follows.",
        len(found),
    )
    said = sentence % {"count": len(found)}
    yield Item(30, _("Facts that end"), len(found), said, reverse(LIST), rows(found[:ROWS]))
