"""A mail a week at most to each person, with what they are to look at."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from satama.base import languages, mail

from ..models import Region, Reminder
from ..reading import Reader, region_of, regions
from .link import LASTS, token_for
from .register import Thing, asked_of, things
from .told import told

WEEK = timedelta(days=7)
MOST = 10  # named in the mail; the page has all
NEVER = datetime(1970, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


def ask_keepers(now: datetime) -> int:
    """Write to everybody who has something to look at and was not written to this week. May run
    again at any time, and by several processes at once. How many were asked."""
    today = timezone.localdate(now)
    asked = asked_of(things(today), today)
    Reminder.objects.bulk_create(
        (Reminder(user_id=pk, sent=NEVER) for pk in asked), ignore_conflicts=True
    )
    people = get_user_model().objects.filter(is_active=True, pk__in=asked).order_by("pk")
    people = people.prefetch_related("memberships__organisation")
    return sum(_ask(person, asked[person.pk], now) for person in people)


@transaction.atomic
def _ask(person: Any, found: list[Thing], now: datetime) -> bool:
    """Whether it was their turn. Who holds the row is writing to them at this moment."""
    turn = Reminder.objects.filter(
        user=person, sent__date__lte=timezone.localdate(now) - WEEK
    ).select_for_update(skip_locked=True)
    reminder = turn.first()
    if reminder is None:
        return False
    home = _home(person, found)
    language = home.spoken(person.language)
    with translation.override(languages.plain(language)):
        subject, body = written(person, found, home, language, now)
    mail.send(to=person.email, subject=subject, text=body)
    reminder.sent = now
    reminder.save()
    return True


def _home(person: Any, found: Iterable[Thing]) -> Region:
    """Whose pages they are led to: those of their first region, rather than of the country."""
    own = [m.region_id or m.organisation.region_id for m in person.memberships.all()]
    own += [thing.row.region_id for thing in found]
    known = [region_of(pk) for pk in own]
    home = settings.REGION
    if known[0].parent_id is None and home in regions():
        return regions()[home]
    return known[0]


def written(
    person: Any, found: list[Thing], home: Region, language: str, now: datetime
) -> tuple[str, str]:
    """Subject and body, in the language that is switched on."""
    today = timezone.localdate(now)
    name = str(Reader(home, language, today).say(home.names))
    address = reverse(
        "still_true",
        kwargs={"region": home.slug, "language": language, "token": token_for(person.pk)},
    )
    page = {
        "name": name,
        "lines": [one.line for one in told(found[:MOST], language, today)],
        "more": max(0, len(found) - MOST),
        "days": LASTS.days,
        "address": settings.PUBLIC_URL + address,
    }
    subject = ngettext(
        "%(name)s: is this still true? (%(count)d thing)",
        "%(name)s: is this still true? (%(count)d things)",
        len(found),
    ) % {"name": name, "count": len(found)}
    return subject, render_to_string("databank/mail/still_true.txt", page)
