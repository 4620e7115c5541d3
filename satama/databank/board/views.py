"""The lists that the board leads to and that Wagtail does not have."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_passes_test

from satama.web.staff import head

from . import ending, partners, waiting
from .items import Row

MOST = 200  # rows that are shown at once


@user_passes_test(lambda user: user.has_perm("databank.change_entry"))
def drafts(request: HttpRequest) -> HttpResponse:
    found = waiting.entries(request.user)
    return _page(request, _("Drafts"), waiting.rows(found[:MOST]), found.count())


@user_passes_test(lambda user: user.has_perm("databank.change_fact"))
def facts(request: HttpRequest) -> HttpResponse:
    found = ending.gaps(request.user, timezone.localdate())
    return _page(request, _("Facts that end"), ending.rows(found[:MOST]), len(found))


@user_passes_test(lambda user: user.has_perm("databank.change_organisation"))
def silent(request: HttpRequest) -> HttpResponse:
    found = partners.partners(request.user)
    return _page(request, _("Partners"), partners.rows(found[:MOST]), found.count())


def _page(request: HttpRequest, title: str, rows: Sequence[Row], whole: int) -> HttpResponse:
    page = {"rows": rows, "more": whole - len(rows), **head(title)}
    return render(request, "databank/staff/board_list.html", page)
