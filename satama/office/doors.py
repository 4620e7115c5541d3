"""The doors of the office's public pages: only where a region has switched the room on; those for
one visitor are kept by no cache, found by no search engine. And an open folder: known to the
session, by nothing else."""

import time
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from satama.accounts.folders import actions as folders
from satama.accounts.models import Folder
from satama.databank.reading import Reader
from satama.databank.views.public import public
from satama.web.pages import OFFICE

from . import actions

FOLDER, USED = "folder", "folder used"
IDLE = 30  # minutes without use


def switched_on(view: Callable) -> Callable:
    """Its page is there where the region has the room, and nowhere else."""

    @wraps(view)
    def show(request: HttpRequest, reader: Reader, **parts: object) -> HttpResponse:
        if OFFICE not in reader.region.rooms:
            raise Http404
        response: HttpResponse = view(request, reader, **parts)
        return response

    return show


def office(view: Callable) -> Callable:
    """A view of `/<region>/<language>/…` for one visitor alone."""
    within = switched_on(view)

    @public(kept=False)
    @wraps(view)
    def show(request: HttpRequest, reader: Reader, **parts: object) -> HttpResponse:
        response: HttpResponse = within(request, reader, **parts)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return show


def folder_page(view: Callable) -> Callable:
    """A page of an open folder, whose owner has kept its code. Others are led to where it opens."""

    @office
    @wraps(view)
    def show(request: HttpRequest, reader: Reader, **parts: object) -> HttpResponse:
        folder = opened(request, reader)
        if folder is None:
            return redirect(f"{reader.base}folder")
        if actions.code_of(folder):
            return redirect(f"{reader.base}folder/code")
        return view(request, reader, folder, **parts)

    return show


def opened(request: HttpRequest, reader: Reader) -> Folder | None:
    """The folder that is open in this browser. Looking counts as using it."""
    pk = request.session.get(FOLDER)
    if pk is None:
        return None
    minute, on = _minute(), reader.region.today()
    fresh = minute - request.session.get(USED, 0) <= IDLE
    found = Folder.objects.filter(pk=pk, until__gte=on).first() if fresh else None
    if found is None:
        close(request)
        return None
    folders.use(found, on=on)
    if request.session[USED] != minute:
        request.session[USED] = minute
    return found


def open_in(request: HttpRequest, folder: Folder) -> None:
    """Under a new session id; the cookie ends with the browser."""
    if request.session.session_key:
        request.session.cycle_key()
    request.session[FOLDER], request.session[USED] = folder.pk, _minute()
    request.session.set_expiry(0)


def close(request: HttpRequest) -> None:
    """Somebody of the staff who tries a folder stays signed in."""
    request.session.pop(FOLDER, None)
    request.session.pop(USED, None)
    if set(request.session.keys()) <= {"_session_expiry"}:
        request.session.flush()


def _minute() -> int:
    return int(time.time() // 60)
