"""Verbs of hand-overs: a text that another organisation gets, because who asked said yes to it."""

from datetime import date
from typing import Any

from django.db import transaction

from satama.databank.models import Organisation

from .actions import Ended, Refused, lock
from .models import HandOver, Thread


class Settled(Refused):
    """The hand-over was agreed to, or declined, before."""


@transaction.atomic
def propose(thread: Thread, *, to: Organisation, shared: str, by: Any) -> HandOver:
    """May we give this text on? Nothing leaves before who asked has said yes."""
    if lock(thread).state == "closed":
        raise Ended
    on = thread.region.today()
    return thread.hand_overs.create(to=to, shared=shared, by=by, proposed=on)


@transaction.atomic
def consent(given: HandOver) -> None:
    """Who asked said yes, to this very text. Raises Settled, Ended."""
    thread = _unsettled(given)
    if thread.state == "closed":
        raise Ended
    thread.state = "handed"
    thread.save(update_fields=["state"])
    HandOver.objects.filter(pk=given.pk).update(consented=thread.region.today())


@transaction.atomic
def decline(given: HandOver) -> None:
    """Who asked said no. Raises Settled."""
    thread = _unsettled(given)
    HandOver.objects.filter(pk=given.pk).update(declined=thread.region.today())


@transaction.atomic
def hand_over(thread: Thread, *, to: Organisation, by: Any, shared: str = "") -> HandOver:
    """Given on at once, with the consent of who asked."""
    given = propose(thread, to=to, shared=shared, by=by)
    consent(given)
    given.refresh_from_db()
    return given


def landed(given: HandOver, *, on: date) -> None:
    """The other organisation has it."""
    agreed = HandOver.objects.filter(pk=given.pk, consented__isnull=False, landed=None)
    agreed.update(landed=on)


def _unsettled(given: HandOver) -> Thread:
    """Its thread, locked: two answers at once are one."""
    thread = lock(given.thread)
    if not thread.hand_overs.filter(pk=given.pk, consented=None, declined=None).exists():
        raise Settled
    return thread
