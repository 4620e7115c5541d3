"""Verbs of threads. Nothing is answered twice: who answers says which message they saw last."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from satama.accounts.models import Folder
from satama.databank.models import Municipality, Organisation, Region, Topic

from .models import Desk, HandOver, Message, Note, Thread
from .promise import ACCESSIBILITY, promised

HOLD = timedelta(minutes=5)  # renewed while somebody writes
PHONE_DAYS = timedelta(days=7)


class Refused(Exception):
    """It was not done; the page says why."""


class Overtaken(Refused):
    """Somebody said something since the page was opened."""


class Held(Refused):
    """A colleague is answering."""


class Ended(Refused):
    """The thread is closed."""


@dataclass(frozen=True)
class Question:
    """What a visitor sends. `phone`: to be called back."""

    kind: str
    language: str
    text: str
    page: str = ""
    searched: str = ""
    phone: str = ""
    topic: Topic | None = None
    municipality: Municipality | None = None


@transaction.atomic
def ask(region: Region, question: Question, *, folder: Folder | None) -> Thread:
    """A new thread with its first message."""
    desk, _made = Desk.objects.get_or_create(region=region)
    on = region.today()
    thread = Thread.objects.create(
        region=region,
        folder=folder,
        kind=question.kind,
        language=question.language,
        topic=question.topic,
        municipality=question.municipality,
        page=question.page,
        searched=question.searched,
        phone=question.phone,
        phone_until=on + PHONE_DAYS if question.phone else None,
        asked=on,
        promised=_promised(desk, region, question.kind, on),
        erased_on=None if folder else on + timedelta(days=desk.thread_days),
    )
    say(thread, text=question.text)
    return thread


@transaction.atomic
def say(thread: Thread, *, text: str) -> Message:
    """The visitor adds something: the thread waits for us again."""
    locked = _locked(thread)
    if locked.state == "closed":
        raise Ended
    locked.state = "waiting"
    locked.save(update_fields=["state"])
    return locked.messages.create(
        side="visitor", language=thread.language, text=text, on=thread.region.today()
    )


@transaction.atomic
def answer(thread: Thread, *, text: str, language: str, seen: int, by: Any) -> Message:
    """Raises Overtaken if there is a message after `seen`, Held if a colleague is at it."""
    locked = _locked(thread)
    if locked.messages.filter(pk__gt=seen).exists():
        raise Overtaken
    if _held_by_another(locked, by):
        raise Held
    if locked.state == "closed":
        raise Ended
    on = thread.region.today()
    locked.state, locked.answered = "answered", locked.answered or on
    locked.held_by = locked.held_until = None
    locked.save(update_fields=["state", "answered", "held_by", "held_until"])
    return locked.messages.create(side="desk", author=by, language=language, text=text, on=on)


def hold(thread: Thread, *, by: Any) -> bool:
    """Whether the thread is this person's to answer now: they were first, or have it already."""
    now = timezone.now()
    free = Q(held_by=None) | Q(held_by=by) | Q(held_until__lt=now)
    taken = Thread.objects.filter(free, pk=thread.pk)
    return bool(taken.update(held_by=by, held_until=now + HOLD))


def release(thread: Thread, *, by: Any) -> None:
    Thread.objects.filter(pk=thread.pk, held_by=by).update(held_by=None, held_until=None)


def look(thread: Thread, *, by: Any, role: str) -> None:
    """Written down each time somebody of the staff reads it; once an hour is once."""
    now = timezone.now()
    if not thread.looks.filter(user=by, role=role, at__gt=now - timedelta(hours=1)).exists():
        thread.looks.create(user=by, role=role, at=now)


def assign(thread: Thread, *, to: Any) -> None:
    Thread.objects.filter(pk=thread.pk).update(assigned=to)


def note(thread: Thread, *, text: str, by: Any) -> Note:
    return thread.notes.create(text=text, author=by, on=thread.region.today())


@transaction.atomic
def close(thread: Thread) -> None:
    """Nothing more is said; it stays to be read until its folder or its day goes."""
    locked = _locked(thread)
    locked.state, locked.held_by, locked.held_until = "closed", None, None
    locked.save(update_fields=["state", "held_by", "held_until"])


def called(thread: Thread) -> None:
    """The number goes with the call."""
    Thread.objects.filter(pk=thread.pk).update(phone="", phone_until=None)


@transaction.atomic
def hand_over(thread: Thread, *, to: Organisation, by: Any) -> HandOver:
    """Given on, with the consent of who asked."""
    locked = _locked(thread)
    if locked.state == "closed":
        raise Ended
    locked.state = "handed"
    locked.save(update_fields=["state"])
    return locked.hand_overs.create(to=to, by=by, consented=thread.region.today())


def landed(given: HandOver, *, on: date) -> None:
    """The other organisation has it."""
    HandOver.objects.filter(pk=given.pk, landed=None).update(landed=on)


@transaction.atomic
def forget(on: date) -> int:
    """What is kept no longer: numbers to call, threads without a folder; how many threads."""
    Thread.objects.filter(phone_until__lt=on).update(phone="", phone_until=None)
    _all, gone = Thread.objects.filter(erased_on__lt=on).delete()
    return gone.get("threads.Thread", 0)


def promise(region: Region, kind: str, *, on: date) -> date:
    """By when something asked on that day is answered."""
    desk = Desk.objects.filter(region=region).first()
    return _promised(desk or Desk(), region, kind, on)


def _promised(desk: Desk, region: Region, kind: str, on: date) -> date:
    if kind == "accessibility":
        return on + ACCESSIBILITY
    return promised(on, desk.promise, region.country, region.time_zone)


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)


def _held_by_another(thread: Thread, by: Any) -> bool:
    held = thread.held_until is not None and thread.held_until > timezone.now()
    return held and thread.held_by_id != by.pk
