"""Verbs of the desk: those of threads, with what comes of them outside: a notice to who asked, a
count, a mail to another organisation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from satama.databank.models import Organisation, Region
from satama.threads import actions as threads
from satama.threads import hand_overs
from satama.threads.models import HandOver, Message, Thread

from .. import notices
from ..changes import actions as changes
from ..models import Change, WrongDesk
from ..models.desk import once_more
from . import handing, measure


@transaction.atomic
def answer(thread: Thread, **said: Any) -> Message:
    """Raises what threads.answer raises."""
    with _counted(thread):
        message = threads.answer(thread, **said)
    notices.answered(thread)
    return message


@transaction.atomic
def called(thread: Thread, *, text: str, into: str, seen: int, by: Any) -> None:
    """They were called, and the number is gone. What was said stays as an answer or as a note."""
    with _counted(thread):
        if text and into == "answer":
            threads.answer(thread, text=text, language=thread.language, seen=seen, by=by)
            notices.answered(thread)
        elif text:
            threads.note(thread, text=text, by=by)
        threads.called(thread)


@transaction.atomic
def propose(thread: Thread, *, to: Organisation, shared: str, by: Any) -> HandOver:
    """Ask in the folder whether this text may be given on; they are told that there is something
    to read."""
    if thread.folder is None:
        raise threads.NoWayBack
    given = hand_overs.propose(thread, to=to, shared=shared, by=by)
    notices.answered(thread)
    return given


@transaction.atomic
def consent(given: HandOver) -> None:
    """The owner said yes: the organisation gets a link by mail, if it has an address."""
    hand_overs.consent(given)
    handing.send(given)


@transaction.atomic
def hand_over(thread: Thread, *, to: Organisation, shared: str, by: Any) -> HandOver:
    """At once: the person said yes to the adviser."""
    given = hand_overs.hand_over(thread, to=to, shared=shared, by=by)
    handing.send(given)
    return given


@transaction.atomic
def done(thread: Thread, *, texts: Mapping[str, str], by: Any) -> Change:
    """What was done about feedback, for everybody; its sender gets a notice, if they want one."""
    with _counted(thread):
        change = changes.tell(thread, texts=texts, by=by)
    notices.answered(thread)
    return change


def wrong_desk(region: Region, organisation: Organisation, *, on: date) -> None:
    """One more person came to us with what belongs to them; nobody knows who."""
    month = on.replace(day=1)
    once_more(WrongDesk, region=region, organisation=organisation, month=month)


@contextmanager
def _counted(thread: Thread) -> Iterator[None]:
    """What is done here counts as the first answer, if nobody has answered yet."""
    first = threads.lock(thread).answered is None
    yield
    if first:
        measure.count(thread, thread.region.today())
