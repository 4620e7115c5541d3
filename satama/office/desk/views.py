"""The Desk: the inbox, one thread, and what an adviser does with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from satama.databank.translating.machine.drafting import NoDraft
from satama.threads import actions as threads
from satama.threads.models import Thread
from satama.web.staff import head

from . import actions, doors, machine, shown
from .acts import ACTS
from .forms import SAYS, AnswerForm
from .inbox import Asked

TITLE = gettext_lazy("Desk")
INBOX, ONE = "desk_inbox", "desk_thread"
PAGE = 50  # threads


@doors.for_advisers
def inbox(request: HttpRequest) -> HttpResponse:
    asked, today = Asked(request.GET, request.user), timezone.localdate()
    rows = Paginator(asked.rows(today), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    page = {
        "form": asked,
        "rows": [shown.Row(row, today) for row in rows],
        "page": rows,
        "query": query.urlencode(),
        "narrowed": bool(query),
        "counts": doors.may_see_counts(request.user),
        "desks": doors.regions_of(request.user, "threads.change_desk"),
        **head(TITLE),
    }
    return render(request, "office/desk/inbox.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.of_thread
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """GET shows it, and that it was read is written down; POST answers."""
    if request.method != "POST":
        return page(request, thread)
    form = AnswerForm(request.POST, thread)
    if "draft" in request.POST:
        return _drafted(request, thread, form)
    if not form.is_valid():
        return page(request, thread, answer=form)
    if "preview" in request.POST:
        threads.hold(thread, by=request.user)
        return page(request, thread, answer=form, preview=shown.preview(form))
    try:
        actions.answer(thread, by=request.user, **form.said())
    except threads.Refused as refusal:
        thread.refresh_from_db()
        if not isinstance(refusal, threads.Overtaken):  # the page says so by itself
            form.add_error(None, SAYS[type(refusal)])
        return page(request, thread, answer=form)
    messages.success(request, _("The answer is sent."))
    return redirect(ONE, thread.pk)


def _drafted(request: HttpRequest, thread: Thread, form: AnswerForm) -> HttpResponse:
    """The reply by a machine, from what the adviser wrote in their own language."""
    own = request.POST.get("own", "")
    try:
        reply = machine.draft(thread.region, own, source=form.language, target=thread.language)
    except NoDraft as refusal:
        form.add_error(None, str(refusal))
        return page(request, thread, answer=form)
    told = {**request.POST.dict(), "reply": reply, "machine": "on"}
    return page(request, thread, answer=AnswerForm(told, thread))


def page(request: HttpRequest, thread: Thread, **more: Any) -> HttpResponse:
    """The thread as it is now, with the forms that were not done."""
    threads.look(thread, by=request.user, role=doors.role_of(request.user, thread.region))
    held = shown.page(thread, request.user, **more)
    title = f"{held['row'].kind} {thread.pk}"
    return render(request, "office/desk/thread.html", {**held, **head(title, (TITLE, INBOX))})


@require_POST
@doors.of_thread
def act(request: HttpRequest, thread: Thread, act: str) -> HttpResponse:
    """One of the small forms; one that is not right comes back with all that is in it."""
    if act not in ACTS:
        raise Http404
    form = ACTS[act](request.POST, thread)
    if form.is_valid():
        try:
            form.do(request.user)
        except threads.Refused as refusal:
            form.add_error(None, SAYS[type(refusal)])
        else:
            messages.success(request, form.done)
            return redirect(ONE, thread.pk)
    thread.refresh_from_db()
    return page(request, thread, **{act: form})


@doors.of_thread
def state(request: HttpRequest, thread: Thread) -> HttpResponse:
    """For the script, before it sends: that we are there, and a fresh token."""
    return JsonResponse(shown.state(thread, request.user) | {"token": get_token(request)})


@require_POST
@doors.of_thread
def hold(request: HttpRequest, thread: Thread) -> HttpResponse:
    """For the script, while somebody writes: it is theirs; or whose it is."""
    if "release" in request.POST:
        threads.release(thread, by=request.user)
    else:
        threads.hold(thread, by=request.user)
    thread.refresh_from_db()
    return JsonResponse(shown.state(thread, request.user))
