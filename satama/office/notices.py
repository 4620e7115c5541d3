"""Mails of the office: that there is something to read, and where; never a word of what was said.
In the language and direction of who gets them."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from satama.accounts.folders.actions import about
from satama.accounts.models import Folder
from satama.base import languages, mail
from satama.databank.reading import Reader, reader_in
from satama.threads.models import HandOver, Thread


def answered(thread: Thread) -> None:
    """There is an answer; nothing is sent to an address that nobody has said yes to."""
    folder = thread.folder
    if folder and folder.email and folder.email_proved:
        reader = reader_in(thread.region, folder.language)
        _send(folder.email, reader, "answered", _("You have an answer"), about(folder))


def prove(folder: Folder, token: str, reader: Reader) -> None:
    """Is this your address? In the language of the page that asks."""
    subject = _("Is this your e-mail address?")
    _send(folder.email, reader, "prove", subject, about(folder), page=f"folder/notices/{token}")


def handed(given: HandOver, to: str, token: str, days: int) -> None:
    """To an organisation: somebody's matter is theirs, behind a link that works so many days."""
    thread = given.thread
    subject, reader = _("A matter is handed over to you"), reader_in(thread.region, "")
    of = about(thread.folder) if thread.folder else f"thread-{thread.pk}"
    _send(to, reader, "handed", subject, of, page=f"handed/{token}", days=days)


def _send(
    to: str, reader: Reader, name: str, subject: Any, of: str, page: str = "folder", **more: Any
) -> None:
    """`of`: what it belongs to, and goes with."""
    language = reader.language
    with translation.override(languages.plain(language)):
        words = {
            "service": str(reader.say(reader.region.names)),
            "address": f"{settings.PUBLIC_URL}{reader.base}{page}",
            "language": language,
            "direction": languages.direction(language),
            **more,
        }
        mail.send(
            to=to,
            subject=f"{words['service']}: {subject}",
            text=render_to_string(f"office/mail/{name}.txt", words),
            html=render_to_string(f"office/mail/{name}.html", words),
            about=of,
        )
