"""The tally's page, which opens without a network, and its figures."""

import csv
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import user_passes_test

from satama.base import languages
from satama.databank.models import Region
from satama.databank.roles.scope import scope
from satama.databank.sheets.cells import guarded
from satama.web.pages import OFFICE
from satama.web.security import PUBLIC
from satama.web.staff import head

from . import actions, counted
from .forms import ContactForm

ADD, SEE = "office.add_contact", "office.view_contact"
FIGURES = _("Contacts")


def regions(user, right: str) -> list[Region]:
    """Those with an office in which the person has the right."""
    found = Region.objects.filter(rooms__contains=[OFFICE]).order_by("slug")
    return list(scope(user, right).of_regions.within(found))


def may_count(user) -> bool:
    return bool(regions(user, ADD))


def may_see(user) -> bool:
    return bool(regions(user, SEE))


def chosen(request: HttpRequest, right: str, sent) -> tuple[Region, list[Region]]:
    """The region that is named, or the person's first; and all that they may choose. Refuses what
    is not theirs."""
    theirs = regions(request.user, right)
    named = sent.get("region") or theirs[0].slug
    region = next((one for one in theirs if one.slug == named), None)
    if region is None:
        raise PermissionDenied
    return region, theirs


@user_passes_test(may_count)
def tally(request: HttpRequest) -> HttpResponse:
    """POST counts one contact. The page's script asks for JSON; without it the page comes again,
    with the same choices."""
    region, theirs = chosen(request, ADD, request.POST or request.GET)
    form = ContactForm(request.POST or None, region)
    saved = form.is_valid() and actions.count(form.contact()) is not None
    if wants_json(request):
        return JsonResponse({"saved": saved}, status=200 if saved else 400)
    last = form.cleaned_data["key"] if saved else None
    if saved:
        kept = {k: v for k, v in request.POST.dict().items() if k not in ("key", "day")}
        form = ContactForm(None, region, initial=kept)
    page = {"form": form, "region": region, "regions": theirs, "last": last}
    page["language"] = languages.plain(get_language() or "en")
    response = render(request, "office/tally/tally.html", page)
    response.headers["Content-Security-Policy"] = PUBLIC
    return response


@require_POST
@user_passes_test(may_count)
def undo(request: HttpRequest) -> HttpResponse:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return JsonResponse({"undone": False}, status=400)
    undone = actions.undo(key, within=scope(request.user, ADD).of_regions)
    if wants_json(request):
        return JsonResponse({"undone": undone})
    response = render(request, "office/tally/undone.html", {"undone": undone})
    response.headers["Content-Security-Policy"] = PUBLIC
    return response


@require_safe
@user_passes_test(may_count)
def token(request: HttpRequest) -> HttpResponse:
    """A token for what waited: the one in a page that was kept is of an earlier sign-in."""
    return JsonResponse({"token": get_token(request)})


@require_safe
@user_passes_test(may_count)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page, and nothing else, for when there is no network."""
    return render(request, "office/tally/worker.js", content_type="text/javascript; charset=utf-8")


@user_passes_test(may_see)
def figures(request: HttpRequest) -> HttpResponse:
    region, theirs = chosen(request, SEE, request.GET)
    today, language = region.today(), get_language() or "en"
    parts = counted.broken_down(region, today, language)
    months = [
        {"month": month, "total": total, "parts": list(parts.get(month, {}).items())}
        for month, total in counted.totals(region, today).items()
    ]
    page = {"region": region, "regions": theirs, "months": months, "ways": counted.WAYS}
    page |= {"came": counted.came(region, today), **head(FIGURES)}
    return render(request, "office/staff/figures.html", page)


@user_passes_test(may_see)
def file(request: HttpRequest) -> HttpResponse:
    """The same as a table: month, way of looking, what, how many."""
    region, _theirs = chosen(request, SEE, request.GET)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="contacts-{region.slug}.csv"'
    table = csv.writer(response)
    table.writerow(["month", "by", "what", "count"])
    for month, way, name, number in counted.rows(region, region.today(), get_language() or "en"):
        table.writerow([f"{month:%Y-%m}", str(way), guarded(name), number])
    return response


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
