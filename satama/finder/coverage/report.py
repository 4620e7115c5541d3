"""Reports: how much of what people ask the databank answers, by language, and what it does not."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.auth import permission_required

from satama.base import languages
from satama.databank.reading import regions
from satama.databank.roles.scope import regions_with
from satama.threads.models import Thread
from satama.web.staff import Entrance, head

from ..asked import WINDOW
from ..models import Coverage
from ..wagtail_hooks import SEE, may_add, may_see, texts
from .measuring import QUESTIONS

PAGE = "finder_coverage"
TITLE = gettext_lazy("What the databank answers")
BEFORE = timedelta(days=28)
MOST = 30  # gaps of each sort
ANSWER = "threads.answer_thread"


def shares(user: Any) -> list[dict[str, Any]]:
    """A row for each region and language, as last measured; with the same four weeks before."""
    seen = regions_with(user, SEE).within(Coverage.objects.all())
    last = dict(seen.values_list("region").annotate(Max("day")))
    wanted = Q(pk=None)
    for region, day in last.items():
        wanted |= Q(region=region, day__in=(day, day - BEFORE))
    rows = {(row.region_id, row.language, row.day): row for row in seen.filter(wanted)}
    known = {region.pk: region for region in regions().values()}
    return [
        {
            "region": known[region],
            "day": day,
            "language": languages.own_name(code),
            "searches": _share(row.searches_met, row.searches),
            "questions": _share(row.questions_met, row.questions),
            "before": _total(rows.get((region, code, day - BEFORE))),
            "asked": row.searches + row.questions,
        }
        for (region, code, day), row in sorted(rows.items(), key=lambda item: -item[1].searches)
        if day == last[region]
    ]


def _share(part: int, whole: int) -> str:
    """In whole percent; nothing of nothing."""
    return f"{round(100 * part / whole)} %" if whole else ""


def _total(row: Coverage | None) -> str:
    if row is None:
        return ""
    return _share(row.searches_met + row.questions_met, row.searches + row.questions)


def unanswered(user: Any) -> QuerySet[Thread]:
    """Questions to the desk that the databank would not answer, for who may answer them."""
    found = Thread.objects.filter(met=False, kind__in=QUESTIONS).select_related("topic")
    lately = found.filter(asked__gte=timezone.localdate() - WINDOW)
    return regions_with(user, ANSWER).within(lately).order_by("language", "-asked", "-pk")


@permission_required(SEE)
def gaps(request: HttpRequest) -> HttpResponse:
    since, sees = timezone.localdate() - WINDOW, regions_with(request.user, SEE)
    page = {
        "shares": shares(request.user),
        "searches": texts(request.user).filter(day__gte=since, sure__0=False)[:MOST],
        "questions": [
            {
                "thread": thread,
                "language": languages.own_name(thread.language),
                "topic": str(thread.topic or ""),
            }
            for thread in unanswered(request.user)[:MOST]
        ],
        "may_add": may_add(request.user),
        "all": sees & regions_with(request.user, ANSWER) == sees,
        **head(TITLE),
    }
    return render(request, "finder/staff/gaps.html", page)


@hooks.register("register_reports_menu_item")
def in_the_menu() -> Entrance:
    where = reverse(PAGE)
    return Entrance(TITLE, where, may_see, name="coverage", icon="success", order=101)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("reports/coverage/", gaps, name=PAGE)]
