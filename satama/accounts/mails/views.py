"""The administrators' page of mails that did not leave. It shows an address and never a word; what
is done here is written down nowhere."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from satama.base import mail, words
from satama.base.models import Mail
from satama.web.staff import head

LIST, AGAIN, DELETE = "accounts_mails", "accounts_mails_again", "accounts_mails_delete"
TITLE = gettext_lazy("Mails that did not leave")
MOST = 200  # rows that are shown at once


def may_see(user: Any) -> bool:
    return user.is_superuser


@require_safe
@user_passes_test(may_see)
def mails(request: HttpRequest) -> HttpResponse:
    found = mail.stayed()
    page = {
        "rows": [_row(one) for one in found[:MOST]],
        "more": max(0, found.count() - MOST),
        "days": mail.KEPT.days,
        **head(TITLE),
    }
    return render(request, "accounts/mails.html", page)


def _row(one: Mail) -> dict[str, Any]:
    made, language = timezone.localtime(one.made), get_language() or "en"
    day, time = words.day(made, language), words.clock(made.time(), language)
    return {"mail": one, "to": mail.address(one), "day": day, "time": time}


@require_POST
@user_passes_test(may_see)
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _done(request, pk, mail.again, _("It waits, and is sent within a minute."))


@require_POST
@user_passes_test(may_see)
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _done(request, pk, mail.let_be, _("It is deleted."))


def _done(request: HttpRequest, pk: UUID, act: Callable[[Mail], bool], said: str) -> HttpResponse:
    one = mail.stayed().filter(pk=pk).first()
    if one and act(one):
        messages.success(request, said)
    else:
        messages.warning(request, _("Nothing was done: it is not in this list any more."))
    return redirect(LIST)
