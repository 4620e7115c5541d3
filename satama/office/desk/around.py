"""Beside the inbox: a walk-in's question, what belonged elsewhere, the desk's settings, and what an
answer may name."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.auth import user_passes_test

from satama.accounts.folders import code as codes
from satama.databank.editing.picking import FINDERS, SHOWN
from satama.databank.reading import reader_in
from satama.databank.roles.scope import scope
from satama.threads.models import Desk, Thread
from satama.web.qr import drawn
from satama.web.staff import head

from .. import actions as office
from .. import guard
from ..models import Sent, WrongDesk
from . import doors
from .forms import DeskForm, WalkInForm
from .views import INBOX, ONE, TITLE

WALK_IN, WRONG, SETTINGS = "desk_walk_in", "desk_wrong", "desk_settings"
IN_PERSON = gettext_lazy("Write down a question")
ELSEWHERE = gettext_lazy("What belonged elsewhere")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.for_advisers
def walk_in(request: HttpRequest) -> HttpResponse:
    """A question of somebody who stands here. Sent twice, it is one, with the same code."""
    own = doors.regions_of(request.user)
    form = WalkInForm(request.POST or None, own, initial={"slip": guard.slip()})
    if form.is_valid():
        said = form.cleaned_data
        if token := guard.read(said["slip"]):
            region = form.own[said["region"]]
            sent = office.ask(region, form.question(), token=token, folder=None, fresh=True)
            return _code(request, sent)
        form.data = {**request.POST.dict(), "slip": guard.slip()}
        form.add_error(None, _("This page was open for long. Press the button once more."))
    page = {"form": form, **head(IN_PERSON, (TITLE, INBOX))}
    return render(request, "office/desk/walk_in.html", page)


def _code(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Shown and printed until the person has it; then nobody finds it again."""
    thread = sent.thread
    assert thread
    if not sent.code:
        return redirect(ONE, thread.pk)
    address = f"{settings.PUBLIC_URL}{reader_in(thread.region, thread.language).base}folder"
    page = {
        "thread": thread,
        "code": codes.written(sent.code),
        "word": codes.word(sent.code, thread.language),
        "address": address,
        "picture": drawn(f"{address}#{sent.code}"),
        **head(_("The code of the folder"), (TITLE, INBOX)),
    }
    return render(request, "office/desk/code.html", page)


@require_POST
@doors.of_thread
def given(request: HttpRequest, thread: Thread) -> HttpResponse:
    """The person has the code on paper."""
    if thread.folder:
        office.saved(thread.folder)
    return redirect(ONE, thread.pk)


@user_passes_test(doors.may_see_counts)
def wrong(request: HttpRequest) -> HttpResponse:
    """How often people came with what belongs to another organisation, month by month."""
    where = scope(request.user, "office.view_wrongdesk")
    rows = where.within(WrongDesk.objects.select_related("organisation", "region"))
    page = {"rows": rows[:500], **head(ELSEWHERE, (TITLE, INBOX))}
    return render(request, "office/desk/wrong.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@user_passes_test(doors.may_settle)
def settle(request: HttpRequest, region: str) -> HttpResponse:
    """What the region promises, how long it keeps, whether a machine may translate."""
    own = doors.regions_of(request.user, "threads.change_desk")
    found = next((one for one in own if one.slug == region), None)
    if found is None:
        raise Http404
    desk = Desk.objects.filter(region=found).first() or Desk(region=found)
    form = DeskForm(request.POST or None, instance=desk)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(INBOX)
    page = {"form": form, **head(_("Desk: %(region)s") % {"region": found}, (TITLE, INBOX))}
    return render(request, "office/desk/settings.html", page)


@require_GET
@doors.for_advisers
def choose(request: HttpRequest, noun: str) -> HttpResponse:
    """Entries or facts to put into an answer: a piece of a page, for the script."""
    if noun not in ("entries", "facts"):
        raise Http404
    own, words = doors.regions_of(request.user), request.GET.get("q", "").strip()[:80]
    region = next((one for one in own if str(one.pk) == request.GET.get("region")), own[0])
    rows: list[Any] = FINDERS[noun](region, words)
    page = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "q": words}
    return render(request, f"databank/staff/pick/{noun}.html", page)
