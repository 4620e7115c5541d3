"""Verbs of the office's public side. What a form does is done once, however often it is sent."""

from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction

from satama.accounts.folders import actions as folders
from satama.accounts.models import Folder
from satama.databank.models import Region
from satama.threads import actions as threads
from satama.threads.models import Desk, Thread

from .desk.measure import days_now
from .models import Sent


@transaction.atomic
def ask(
    region: Region, question: threads.Question, *, token: str, folder: Folder | None, fresh: bool
) -> Sent:
    """A question, into a folder; `fresh`: into a new one, if none is open."""
    sent, new = _once(token, region.today())
    if new:
        if fresh and folder is None:
            folder = _begin(sent, region, question.language)
        sent.folder = folder
        days, _more = days_now(region, region.today())
        sent.thread = threads.ask(region, question, folder=folder, days=days)
        sent.save()
    return sent


@transaction.atomic
def begin(region: Region, *, token: str, language: str) -> Sent:
    """A new folder with nothing in it."""
    sent, new = _once(token, region.today())
    if new:
        _begin(sent, region, language)
        sent.save()
    return sent


@transaction.atomic
def say(thread: Thread, *, text: str, token: str) -> Sent:
    """Raises threads.Ended when nothing more is said in it."""
    sent, new = _once(token, thread.region.today())
    if new:
        threads.say(thread, text=text)
        sent.folder, sent.thread = thread.folder, thread
        sent.save()
    return sent


def code_of(folder: Folder) -> str:
    """The code of a folder whose owner has not yet said that they kept it; else empty."""
    if folder.saved:
        return ""
    sent = Sent.objects.filter(folder=folder).exclude(code="").first()
    return sent.code if sent else ""


@transaction.atomic
def saved(folder: Folder) -> None:
    """Its owner has the code; from now on nobody else can find it."""
    folder.saved = True
    folder.save(update_fields=["saved"])
    Sent.objects.filter(folder=folder).update(code="")


def forget(on: date) -> None:
    """Forms that nobody sends again."""
    Sent.objects.filter(on__lt=on - timedelta(days=1)).delete()
    Sent.objects.filter(on__lt=on).exclude(code="").update(code="")


def _once(token: str, on: date) -> tuple[Sent, bool]:
    """The row of this form; whether it is sent for the first time. A second one waits for it."""
    return Sent.objects.get_or_create(token=sha256(token.encode()).hexdigest(), defaults={"on": on})


def _begin(sent: Sent, region: Region, language: str) -> Folder:
    desk, _made = Desk.objects.get_or_create(region=region)
    folder, code = folders.begin(language=language, keep=desk.folder_days, on=region.today())
    sent.folder, sent.code = folder, code
    return folder
