"""What state a translation is in: derived from what it was made from, never from times."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from satama.databank.models import Text

from .words import digest, words_of


class Status(StrEnum):
    SOURCE = "source"
    MISSING = "missing"
    HALF = "half"
    OUTDATED = "outdated"
    MACHINE = "machine"
    CHECKED = "checked"


NAMES = {
    Status.SOURCE: _("The text that the others are made from"),
    Status.MISSING: _("Missing"),
    Status.HALF: _("Only title and summary"),
    Status.OUTDATED: _("Outdated"),
    Status.MACHINE: _("Made by a machine, not checked"),
    Status.CHECKED: _("Up to date"),
}


def status(text: Text | None, source: Text) -> Status:
    """Of an entry's text in a language, beside the text it is made from. The worst that is true:
    an outdated text is outdated also when a machine made it."""
    if text is None:
        return Status.MISSING
    if text.language == source.language:
        return Status.SOURCE
    made_from = text.made_from.digest if text.made_from else ""
    half = bool(source.body and not text.body)
    return state_of(made_from, digest(words_of(source)), half=half, unread=text.unread)


def state_of(made_from: str, now: str, *, half: bool, unread: bool) -> Status:
    """Of a text that is there, by the digests of what it was made from and of the source now."""
    if made_from and made_from != now:
        return Status.OUTDATED
    if half:
        return Status.HALF
    return Status.MACHINE if unread else Status.CHECKED
