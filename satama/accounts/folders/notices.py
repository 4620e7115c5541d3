"""Notices by mail to who has a folder: an address is used once its owner has said yes to it, and
can be taken out again."""

import json
from datetime import date, timedelta
from hashlib import sha256

from satama.accounts.models import Folder
from satama.base import mail, secret

from .actions import about

VALID = timedelta(days=3)


def wish(folder: Folder, *, email: str, on: date) -> str:
    """Keep the address, unproved; the token that proves it. An earlier one gets nothing more."""
    mail.erase(about(folder))
    folder.email, folder.email_proved = email, False
    folder.save(update_fields=["email", "email_proved"])
    return secret.close(json.dumps([folder.pk, _mark(email), (on + VALID).isoformat()]))


def wished(token: str, *, on: date) -> Folder | None:
    """The folder whose address a token proves, if that is still its address."""
    try:
        pk, mark, until = json.loads(secret.read(token))
    except (secret.Unreadable, ValueError):
        return None
    found = Folder.objects.filter(pk=pk, until__gte=on).first()
    good = found and on <= date.fromisoformat(until) and found.email and mark == _mark(found.email)
    return found if good else None


def prove(folder: Folder) -> None:
    folder.email_proved = True
    folder.save(update_fields=["email_proved"])


def drop(folder: Folder) -> None:
    """No more notices, and those that wait are not sent."""
    mail.erase(about(folder))
    folder.email, folder.email_proved = "", False
    folder.save(update_fields=["email", "email_proved"])


def _mark(email: str) -> str:
    return sha256(email.encode()).hexdigest()[:16]
