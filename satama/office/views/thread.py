"""A conversation in a folder: what was said, who looked, and something to add."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from satama.accounts.models import Folder
from satama.databank.reading import Reader
from satama.threads import hand_overs
from satama.threads.actions import Ended, Refused
from satama.threads.models import HandOver, Thread
from satama.web.pages import show

from .. import actions, doors, guard
from ..desk import actions as desk
from ..forms import CodeForm, SayForm
from ..shown import state_of
from .closed import closed


@require_http_methods(["GET", "HEAD", "POST"])
@doors.office
def thread(request: HttpRequest, reader: Reader, number: int) -> HttpResponse:
    found = doors.opened(request, reader)
    if found is None:
        return _closed_meanwhile(request, number)
    if actions.code_of(found):
        return redirect(f"{request.frame.folder}/code")
    talk = found.threads.select_related("region").filter(pk=number).first()
    if talk is None:
        raise Http404
    form = SayForm(request.POST if request.method == "POST" else None)
    token = guard.read(request.POST.get("slip", ""))
    if form.is_valid() and not token:
        form.add_error("text", _("This page was open for long. Press the button once more."))
    if not form.is_valid():
        return thread_page(request, reader, found, talk, form)
    try:
        actions.say(talk, text=form.cleaned_data["text"], token=token)
    except Ended:
        talk.refresh_from_db()
        return thread_page(request, reader, found, talk, form)
    return redirect(request.path)


def thread_page(
    request: HttpRequest, reader: Reader, folder: Folder, talk: Thread, form: SayForm
) -> HttpResponse:
    page = {
        "folder": folder,
        "thread": talk,
        "state": state_of(talk, reader),
        "messages": talk.messages.all(),
        "looks": talk.looks.all(),
        "done": talk.changes.select_related("entry"),
        "given": talk.hand_overs.select_related("to"),
        "form": form,
        "slip": guard.slip(),
    }
    return show(request, "office/thread.html", page)


@require_POST
@doors.folder_page
def consent(request: HttpRequest, reader: Reader, folder: Folder, number: int) -> HttpResponse:
    """Their yes or no to a hand-over that the desk proposed."""
    asked = HandOver.objects.filter(thread__folder=folder, thread=number)
    pk = request.POST.get("given", "")
    given = get_object_or_404(asked, pk=pk if pk.isdecimal() else 0)
    settle = desk.consent if "yes" in request.POST else hand_overs.decline
    with suppress(Refused):  # settled before: the page shows how
        settle(given)
    return redirect(f"{request.frame.folder}/threads/{number}")


def _closed_meanwhile(request: HttpRequest, number: int) -> HttpResponse:
    """The folder closed itself; what was being written is there again once it is open."""
    if request.method != "POST" or not request.POST.get("text"):
        return redirect(request.frame.folder)
    kept = CodeForm(initial={"text": request.POST["text"], "thread": number})
    return closed(request, kept, interrupted=True)
