"""Verbs of folders: open a new one, find one by its code, erase it."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from satama.accounts.models import Folder
from satama.base import mail, secret

from . import code as codes

PURPOSE = "folder"


def begin(*, language: str, keep: int, on: date) -> tuple[Folder, str]:
    """A new folder and its code, which is known to nobody else and never again to us."""
    code = codes.new()
    key, *_older = secret.digests(code, PURPOSE)
    word = codes.number(code)
    until = on + timedelta(days=keep)
    made = Folder.objects.create(key=key, word=word, keep=keep, until=until, language=language)
    return made, code


def find(code: str, *, on: date) -> Folder | None:
    """The folder that a code opens. Looking counts as using it."""
    keys = secret.digests(code, PURPOSE)
    found = Folder.objects.filter(key__in=keys, until__gte=on).first()
    if found:
        use(found, on=on)
        if found.key != keys[0]:  # closed with an older key
            found.key = keys[0]
            found.save(update_fields=["key"])
    return found


def use(folder: Folder, *, on: date) -> None:
    until = on + timedelta(days=folder.keep)
    if folder.until < until:
        folder.until = until
        folder.save(update_fields=["until"])


@transaction.atomic
def erase(folder: Folder) -> None:
    """At once and whole: with all that hangs on it, and the mails that were to be sent of it."""
    mail.erase(about(folder))
    folder.delete()


def erase_unused(on: date) -> int:
    """Those that nobody used for their time; how many."""
    gone = 0
    for folder in Folder.objects.filter(until__lt=on):
        try:
            erase(folder)
            gone += 1
        except IntegrityError:  # something was put into it this very moment: tomorrow
            continue
    return gone


def about(folder: Folder) -> str:
    """What its mails are known by."""
    return f"folder-{folder.pk}"
