"""Verbs of changes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from satama.databank.models import Entry
from satama.threads import actions as threads
from satama.threads.models import Thread

from ..models import Change

FEEDBACK = ("feedback", "accessibility")


class NotFeedback(threads.Refused):
    """It was a question: an answer to it is for the one who asked, not for the public list."""


class NoWords(threads.Refused):
    """Nothing is said in any language."""


@transaction.atomic
def tell(
    thread: Thread, *, texts: Mapping[str, str], entry: Entry | None = None, by: Any
) -> Change:
    """What was done about feedback: public, and shown to its sender in their folder. It is the
    first answer, if there was none."""
    if thread.kind not in FEEDBACK:
        raise NotFeedback
    said = {code: text.strip() for code, text in texts.items() if text.strip()}
    if not said:
        raise NoWords
    on = thread.region.today()
    change = Change(region=thread.region, day=on, texts=said, entry=entry, thread=thread)
    change.full_clean()
    change.save()
    threads.settle(thread)
    log(change, "wagtail.create", user=by, title=str(change))
    return change
