"""Mails to who asked for them: that there is an answer, and how to open the folder; never a word of
what was said. In the folder's language and direction."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from satama.accounts.folders.actions import about
from satama.accounts.models import Folder
from satama.base import languages, mail
from satama.databank.reading import Reader, reader_in
from satama.threads.models import Thread


def answered(thread: Thread) -> None:
    """There is an answer; nothing is sent to an address that nobody has said yes to."""
    folder = thread.folder
    if folder and folder.email and folder.email_proved:
        _send(folder, reader_in(thread.region, folder.language), "answered", _subject_of_an_answer)


def prove(folder: Folder, token: str, reader: Reader) -> None:
    """Is this your address? In the language of the page that asks."""
    _send(folder, reader, "prove", _subject_of_the_question, token=token)


def _subject_of_an_answer() -> str:
    return _("You have an answer")


def _subject_of_the_question() -> str:
    return _("Is this your e-mail address?")


def _send(folder: Folder, reader: Reader, name: str, subject: Any, **more: str) -> None:
    language = reader.language
    with translation.override(languages.plain(language)):
        words = {
            "service": str(reader.say(reader.region.names)),
            "address": f"{settings.PUBLIC_URL}{reader.base}folder",
            "language": language,
            "direction": languages.direction(language),
            **more,
        }
        mail.send(
            to=folder.email,
            subject=f"{words['service']}: {subject()}",
            text=render_to_string(f"office/mail/{name}.txt", words),
            html=render_to_string(f"office/mail/{name}.html", words),
            about=about(folder),
        )
