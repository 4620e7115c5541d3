"""What a folder's owner is shown of a conversation: its state in words, its first words, who
looked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from satama.accounts.models import Folder
from satama.base import words
from satama.databank import shelf
from satama.databank.models import Entry
from satama.databank.reading import Reader
from satama.threads.models import Message, Thread

FIRST = Prefetch(
    "messages",
    Message.objects.filter(side="visitor").order_by("thread_id", "pk").distinct("thread_id"),
    to_attr="first",
)


@dataclass(frozen=True)
class Talk:
    """A thread on the list. `said`: how it begins."""

    thread: Thread
    said: str
    state: str


def talks(folder: Folder, reader: Reader) -> dict[str, Any]:
    """What the folder's page shows of questions and answers; the newest first."""
    rows = (
        folder.threads.order_by("-pk")
        .select_related("region")
        .prefetch_related(FIRST, "hand_overs__to", "changes")
    )
    return {
        "talks": [
            Talk(row, Truncator(row.first[0].text).chars(90), state_of(row, reader)) for row in rows
        ]
    }


def state_of(thread: Thread, reader: Reader) -> str:
    """One sentence."""
    on = thread.region.today()
    if thread.state == "closed":
        return _("Closed.")
    if thread.state == "handed":
        return _("Handed over to: %(organisation)s") % {"organisation": _given_to(thread, reader)}
    if thread.state == "answered":
        done = thread.changes.all()
        return _("Something was changed because of it.") if done else _("Answered.")
    if thread.answered:
        return _("You added something. We will read it.")
    day = words.near_day(thread.promised, reader.language)
    if thread.promised < on:
        return _("We are late, and sorry. We promised an answer by %(day)s.") % {"day": day}
    return promise(thread.promised, reader)


def promise(day: date, reader: Reader) -> str:
    return _("We answer by %(day)s.") % {"day": words.near_day(day, reader.language)}


def entry_at(page: str, reader: Reader) -> Entry | None:
    """What stands at an address such as `entries/tax-card`; None: another kind of page."""
    slug = page.removeprefix("entries/")
    return (
        shelf.with_heads(shelf.entries(reader).filter(slug=slug)).first() if slug != page else None
    )


def page_named(page: str, reader: Reader) -> str:
    """A page as people know it: an entry by its title."""
    entry = entry_at(page, reader)
    return str(shelf.head_of(entry, reader).title) if entry else page


def _given_to(thread: Thread, reader: Reader) -> str:
    given = list(thread.hand_overs.all())
    return str(reader.say(given[-1].to.names)) if given else ""
