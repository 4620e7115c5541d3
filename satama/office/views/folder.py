"""A visitor's folder: opened by its code, shown, closed, erased."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from satama.accounts.folders import actions as folders
from satama.accounts.folders import code as codes
from satama.accounts.folders.parts import parts
from satama.accounts.models import Folder
from satama.databank.reading import Reader
from satama.web.limit import address
from satama.web.pages import show
from satama.web.qr import drawn

from .. import actions, doors, entering, guard
from ..forms import CodeForm, EmailForm, SayForm
from ..shown import state_of
from .closed import closed
from .thread import thread_page


@require_http_methods(["GET", "HEAD", "POST"])
@doors.office
def folder(request: HttpRequest, reader: Reader) -> HttpResponse:
    if request.method == "POST":
        return _enter(request, reader, CodeForm(request.POST))
    found = doors.opened(request, reader)
    if found is None:
        return closed(request, CodeForm())
    if actions.code_of(found):
        return redirect(f"{request.frame.folder}/code")
    page = {"folder": found, "parts": parts(found, reader), "email": EmailForm()}
    return show(request, "office/folder.html", page)


def _enter(request: HttpRequest, reader: Reader, form: CodeForm) -> HttpResponse:
    if not form.is_valid():
        return closed(request, form)
    said = form.cleaned_data
    try:
        found = entering.enter(
            said["code"], said["word"], who=address(request), on=reader.region.today()
        )
    except entering.NotOpened as refusal:
        form.add_error(*_why(refusal, said, reader))
        return closed(request, form)
    actions.saved(found)
    doors.open_in(request, found)
    if said["text"]:  # what was being written when the folder closed itself
        talk = found.threads.filter(pk=said["thread"]).first()
        if talk:
            return thread_page(
                request, reader, found, talk, SayForm(initial={"text": said["text"]})
            )
    return redirect(request.frame.folder)


def _why(refusal: entering.NotOpened, said: dict[str, Any], reader: Reader) -> tuple[str, str]:
    """The field and the sentence: about what was typed, never about other folders."""
    match refusal:
        case entering.NoCode():
            return "code", _(
                "A code has 16 letters and digits. Look whether one is missing or too many."
            )
        case entering.WordWanted():
            return "word", _("Write the check word that stands beside your code.")
        case entering.Wait(minutes):
            sentence = _(
                "Too many tries came from your network. Wait %(minutes)d minutes, then try again."
            )
            return "code", sentence % {"minutes": minutes}
    word = codes.word(codes.read(said["code"]) or "", reader.language)
    return "code", _(
        "No folder opens with this code. Its check word is “%(word)s”. "
        "Your paper says another word? Then one letter is wrong."
    ) % {"word": word}


@require_POST
@doors.office
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """A folder with nothing in it yet."""
    token = guard.read(request.POST.get("slip", ""))
    if not token or doors.opened(request, reader) or guard.minutes_to_wait(request):
        return redirect(request.frame.folder)
    sent = actions.begin(reader.region, token=token, language=reader.language)
    doors.open_in(request, sent.folder)
    return redirect(f"{request.frame.folder}/code")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.office
def code(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Shown until its owner says that they kept it; then never again."""
    found = doors.opened(request, reader)
    text = actions.code_of(found) if found else ""
    if not found or not text:
        return redirect(request.frame.folder)
    if request.method == "POST" and "saved" in request.POST:
        actions.saved(found)
        return redirect(request.frame.folder)
    talk = found.threads.select_related("region").first()
    page = {
        "folder": found,
        "code": codes.written(text),
        "spelled": ", ".join(" ".join(group) for group in codes.written(text).split("-")),
        "word": codes.word(text, reader.language),
        "address": f"{settings.PUBLIC_URL}{request.frame.folder}",
        "picture": drawn(f"{settings.PUBLIC_URL}{request.frame.folder}#{text}"),
        "state": state_of(talk, reader) if talk else "",
        "missed": request.method == "POST",
    }
    return show(request, "office/code.html", page)


@csrf_exempt  # it only closes; pages that everybody shares have its button too, without a token
@require_POST
@doors.office
def close(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Nothing of it stays in this browser; the way back shows nothing."""
    doors.close(request)
    response = redirect(request.frame.home)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@doors.folder_page
def erase(request: HttpRequest, reader: Reader, found: Folder) -> HttpResponse:
    if request.method != "POST":
        return show(request, "office/erase.html", {"folder": found})
    folders.erase(found)
    doors.close(request)
    response = show(request, "office/erased.html")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
