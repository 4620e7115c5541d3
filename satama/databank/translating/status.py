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
    if text.made_from is not None and text.made_from.digest != digest(words_of(source)):
        return Status.OUTDATED
    if source.body and not text.body:
        return Status.HALF
    return Status.MACHINE if text.unread else Status.CHECKED
