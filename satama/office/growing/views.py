"""The page that makes an entry of a question and its answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from satama.threads import actions as threads
from satama.threads.models import Thread
from satama.web.staff import head

from ..desk import doors
from ..desk.views import INBOX, ONE
from ..desk.views import TITLE as DESK
from . import actions
from .forms import GrowForm

GROW = "desk_grow"
TITLE = gettext_lazy("Make a page of it")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.of_thread
def grow(request: HttpRequest, thread: Thread) -> HttpResponse:
    """GET shows what would be in it, POST makes a draft."""
    form = GrowForm(request.POST or None, thread)
    if form.is_valid():
        kept = form.cleaned_data
        actions.grow(
            thread,
            text=form.text(),
            words=kept["words"],
            topic=kept["topic"],
            tell=kept.get("tell", False),
            by=request.user,
        )
        messages.success(request, _("The draft is made. An editor reads and publishes it."))
        return redirect(ONE, thread.pk)
    threads.look(thread, by=request.user, role=doors.role_of(request.user, thread.region))
    page = {"thread": thread, "form": form, **head(TITLE, (DESK, INBOX))}
    return render(request, "office/growing/grow.html", page)
