"""Drafts whose planned moment has come, and that the databank refuses: they wait, others go out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from ..models import Entry
from ..partners import mails
from .actions import Lost, nothing_lost

HELD_BACK = "databank.held_back"


@contextmanager
def or_waits(entry: Entry, draft: Revision) -> Iterator[None]:
    """What happens within is done, or tried again each minute and told once: in the history, and by
    mail."""
    try:
        with nothing_lost():
            yield
    except (Lost, IntegrityError) as refusal:
        if ModelLogEntry.objects.filter(action=HELD_BACK, revision=draft).exists():
            return
        lost = refusal.addresses if isinstance(refusal, Lost) else []
        log(entry, HELD_BACK, revision=draft, data={"lost": lost})
        mails.held_back(entry, draft, lost)
