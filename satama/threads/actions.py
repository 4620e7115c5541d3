"""Verbs of threads. Nothing is answered twice: who answers says which message they saw last."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from satama.accounts.models import Folder
from satama.databank.models import Municipality, Region, Topic

from .models import Desk, Message, Note, Thread
from .promise import ACCESSIBILITY, promised

HOLD = timedelta(minutes=5)  # renewed while somebody writes
PHONE_DAYS = timedelta(days=7)
HOLDING = ("held_by", "held_since", "held_until")


class Refused(Exception):
    """It was not done; the page says why."""


class Overtaken(Refused):
    """Somebody said something since the page was opened."""


class Held(Refused):
    """A colleague is answering."""


class Ended(Refused):
    """The thread is closed."""


class NoWayBack(Refused):
    """Nobody could read an answer: it has no folder."""


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
def ask(
    region: Region, question: Question, *, folder: Folder | None, days: int | None = None
) -> Thread:
    """A new thread with its first message. `days`: to promise others than the desk usually does."""
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
        promised=_promised(region, question.kind, on, days or desk.promise),
        erased_on=None if folder else on + timedelta(days=desk.thread_days),
    )
    _said(thread, question.text, on)
    return thread


@transaction.atomic
def say(thread: Thread, *, text: str) -> Message:
    """The visitor adds something: the thread waits for us again."""
    locked = lock(thread)
    if locked.state == "closed":
        raise Ended
    locked.state = "waiting"
    locked.save(update_fields=["state"])
    return _said(locked, text, thread.region.today())


@transaction.atomic
def answer(
    thread: Thread,
    *,
    text: str,
    language: str,
    seen: int,
    by: Any,
    translation: str = "",
    machine: bool = False,
) -> Message:
    """`translation`: the same in the language of the thread. Raises Overtaken if there is a message
    after `seen`, Held if a colleague is at it, NoWayBack."""
    locked = lock(thread)
    if locked.folder_id is None:
        raise NoWayBack
    if locked.messages.filter(pk__gt=seen).exists():
        raise Overtaken
    if _held_by_another(locked, by):
        raise Held
    if locked.state == "closed":
        raise Ended
    on = thread.region.today()
    locked.state, locked.answered = "answered", locked.answered or on
    _let_go(locked)
    locked.save(update_fields=["state", "answered", *HOLDING])
    return locked.messages.create(
        side="desk",
        author=by,
        language=language,
        text=text,
        on=on,
        **_beside(thread.language, translation, machine),
    )


def translate(message: Message, *, to: str, text: str, machine: bool) -> None:
    """What stands beside the original; nothing takes it away."""
    Message.objects.filter(pk=message.pk).update(**_beside(to, text, machine))


def _beside(language: str, text: str, machine: bool) -> dict[str, Any]:
    told = {"translation": text, "translated_to": language, "machine": machine}
    return told if text else {"translation": "", "translated_to": "", "machine": False}


@transaction.atomic
def settle(thread: Thread) -> None:
    """What was asked for is done, and said elsewhere: it waits for nobody, and was answered."""
    locked = lock(thread)
    if locked.state == "waiting":
        locked.state = "answered"
    locked.answered = locked.answered or thread.region.today()
    locked.save(update_fields=["state", "answered"])


def hold(thread: Thread, *, by: Any) -> bool:
    """Whether the thread is this person's to answer now: they were first, or have it already."""
    now = timezone.now()
    free = Q(held_by=None) | Q(held_by=by) | Q(held_until__lt=now)
    taken = Thread.objects.filter(free, pk=thread.pk)
    since = Case(When(held_by=by, held_until__gte=now, then="held_since"), default=Value(now))
    return bool(taken.update(held_by=by, held_since=since, held_until=now + HOLD))


def release(thread: Thread, *, by: Any) -> None:
    held = Thread.objects.filter(pk=thread.pk, held_by=by)
    held.update(held_by=None, held_since=None, held_until=None)


def look(thread: Thread, *, by: Any, role: str) -> None:
    """Written down each time somebody of the staff reads it; once an hour is once."""
    now = timezone.now()
    if not thread.looks.filter(user=by, role=role, at__gt=now - timedelta(hours=1)).exists():
        thread.looks.create(user=by, role=role, at=now)


def assign(thread: Thread, *, to: Any) -> None:
    Thread.objects.filter(pk=thread.pk).update(assigned=to)


def note(thread: Thread, *, text: str, by: Any) -> Note:
    return thread.notes.create(text=text, author=by, on=thread.region.today())


def tell(thread: Thread, *, text: str) -> Message:
    """We say something beside the answer, also once it is closed; nothing else changes."""
    said = {"language": thread.language, "text": text, "on": thread.region.today()}
    return thread.messages.create(side="desk", **said)


@transaction.atomic
def close(thread: Thread) -> None:
    """Nothing more is said; it stays to be read until its folder or its day goes."""
    locked = lock(thread)
    locked.state = "closed"
    _let_go(locked)
    locked.save(update_fields=["state", *HOLDING])


@transaction.atomic
def reopen(thread: Thread) -> None:
    """A closed one goes on where it was."""
    locked = lock(thread)
    if locked.state == "closed":
        last = locked.messages.last()
        locked.state = "answered" if last and last.side == "desk" else "waiting"
        locked.save(update_fields=["state"])


@transaction.atomic
def called(thread: Thread) -> None:
    """The number goes with the call, which answers what was asked."""
    locked = lock(thread)
    locked.phone, locked.phone_until = "", None
    locked.answered = locked.answered or thread.region.today()
    locked.state = "closed" if locked.state == "closed" else "answered"
    locked.save(update_fields=["phone", "phone_until", "answered", "state"])


@transaction.atomic
def forget(on: date) -> int:
    """What is kept no longer: numbers to call, threads without a folder; how many threads."""
    Thread.objects.filter(phone_until__lt=on).update(phone="", phone_until=None)
    _all, gone = Thread.objects.filter(erased_on__lt=on).delete()
    return gone.get("threads.Thread", 0)


def promise(region: Region, kind: str, *, on: date, days: int | None = None) -> date:
    """By when something asked on that day is answered."""
    days = days or (Desk.objects.filter(region=region).first() or Desk()).promise
    return _promised(region, kind, on, days)


def lock(thread: Thread) -> Thread:
    """As it is now; others who would change it at the same moment wait."""
    return Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)


def _said(thread: Thread, text: str, on: date) -> Message:
    return thread.messages.create(side="visitor", language=thread.language, text=text, on=on)


def _promised(region: Region, kind: str, on: date, days: int) -> date:
    if kind == "accessibility":
        return on + ACCESSIBILITY
    return promised(on, days, region.country, region.time_zone)


def _let_go(thread: Thread) -> None:
    thread.held_by = thread.held_since = thread.held_until = None


def _held_by_another(thread: Thread, by: Any) -> bool:
    held = thread.held_until is not None and thread.held_until > timezone.now()
    return held and thread.held_by_id not in (None, by.pk)
