"""The staff's page of closures: what is shut now or soon, and shutting something."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from satama.web.staff import head

from ..models import Closure
from ..reading import Reader, region_of
from ..roles.scope import scope
from . import actions
from .forms import ADD, Closing, name_of
from .known import in_words

PAGE = "databank_closures"
TITLE = gettext_lazy("Closed today")
OPEN = "databank.change_closure"


def may_shut(user) -> bool:
    return bool(scope(user, ADD).of_regions)


@user_passes_test(may_shut)
def closures(request: HttpRequest) -> HttpResponse:
    form = Closing(request.POST or None, request.user, timezone.now())
    if form.is_valid():
        actions.shut(form.closure, by=request.user)
        messages.success(request, _("It is closed. Every page that shows it says so."))
        return redirect(PAGE)
    page = {"form": form, "rows": rows(request.user), **head(TITLE)}
    return render(request, "databank/staff/closures.html", page)


def rows(user) -> list[dict]:
    """What has not ended, in the person's regions."""
    found = Closure.objects.filter(ends__gt=timezone.now()).select_related("entry", "place")
    found = scope(user, ADD).of_regions.within(found.prefetch_related("entry__texts"))
    return [
        {"row": row, "name": name_of(row.entry or row.place), "said": said(row)} for row in found
    ]


def said(row: Closure) -> str:
    """As its readers are told, in the language of the page."""
    region, language = region_of(row.region_id), get_language() or "en"
    reader = Reader(region, language, region.today())
    zone = reader.now().tzinfo
    when = in_words(row.begins.astimezone(zone), row.ends.astimezone(zone), reader.now(), language)
    why = str(reader.say(row.reason)) if row.reason else row.get_because_display()
    way = f"{row.get_way_display()}: " if row.way else ""
    return f"{way}{when} {why}"


@require_POST
@user_passes_test(may_shut)
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Closure.objects.select_related("entry", "place"), pk=pk)
    if not request.user.has_perm(OPEN, row):
        raise PermissionDenied
    actions.open_again(row, at=timezone.now(), by=request.user)
    messages.success(request, _("It is open again by its hours."))
    return redirect(PAGE)
