"""Verbs of the desk: those of threads, with what comes of them outside: a notice to who asked, a
count, a mail to another organisation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from satama.databank.models import Organisation, Region
from satama.threads import actions as threads
from satama.threads.models import HandOver, Message, Thread

from .. import notices
from ..changes import actions as changes
from ..models import Change, WrongDesk
from . import handing, measure


@transaction.atomic
def answer(thread: Thread, **said: Any) -> Message:
    """Raises what threads.answer raises."""
    first = _first(thread)
    message = threads.answer(thread, **said)
    if first:
        measure.count(thread, thread.region.today())
    notices.answered(thread)
    return message


@transaction.atomic
def called(thread: Thread, *, text: str, into: str, seen: int, by: Any) -> None:
    """They were called, and the number is gone. What was said stays as an answer or as a note."""
    first = _first(thread)
    if into == "answer" and text:
        answer(thread, text=text, language=thread.language, seen=seen, by=by)
    elif text:
        threads.note(thread, text=text, by=by)
    if first and not (into == "answer" and text):
        measure.count(thread, thread.region.today())
    threads.called(thread)


@transaction.atomic
def propose(thread: Thread, *, to: Organisation, shared: str, by: Any) -> HandOver:
    """Ask in the folder whether this text may be given on; they are told that there is something
    to read."""
    if thread.folder is None:
        raise threads.NoWayBack
    given = threads.propose(thread, to=to, shared=shared, by=by)
    notices.answered(thread)
    return given


@transaction.atomic
def consent(given: HandOver) -> None:
    """The owner said yes: the organisation gets a link by mail, if it has an address."""
    threads.consent(given)
    handing.send(given)


@transaction.atomic
def hand_over(thread: Thread, *, to: Organisation, shared: str, by: Any) -> HandOver:
    """At once: the person said yes to the adviser."""
    given = threads.hand_over(thread, to=to, shared=shared, by=by)
    handing.send(given)
    return given


@transaction.atomic
def done(thread: Thread, *, texts: Mapping[str, str], by: Any) -> Change:
    """What was done about feedback, for everybody; its sender gets a notice, if they want one."""
    first = _first(thread)
    change = changes.tell(thread, texts=texts, by=by)
    if first:
        measure.count(thread, thread.region.today())
    notices.answered(thread)
    return change


def wrong_desk(region: Region, organisation: Organisation, *, on: date) -> None:
    """One more person came to us with what belongs to them; nobody knows who."""
    month = on.replace(day=1)
    row, _new = WrongDesk.objects.get_or_create(
        region=region, organisation=organisation, month=month
    )
    WrongDesk.objects.filter(pk=row.pk).update(times=F("times") + 1)


def _first(thread: Thread) -> bool:
    """Whether nobody has answered yet; others who would do it at the same moment wait."""
    locked = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    return locked.answered is None
