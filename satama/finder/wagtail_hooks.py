"""The staff side of what people look for: a report, and the way from a question to a topic."""

from copy import copy
from datetime import timedelta

import django_filters
from django import forms
from django.contrib.auth.models import Permission
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from satama.base import languages
from satama.databank import shelf
from satama.databank.board.items import HOOK, ROWS, Row
from satama.databank.board.items import Item as Waiting
from satama.databank.models import Entry, Topic
from satama.databank.reading import Reader, lineage, regions
from satama.databank.roles.scope import regions_with, scope
from satama.web.staff import Entrance, head

from .catalogue import catalogue
from .engine import analysis
from .engine.index import Index
from .library.documents import documents
from .models import LONGEST, Asked

REPORT = "finder_asked"
SEE = "finder.view_asked"
TITLE = gettext_lazy("What people look for")
USUAL = 30
BEST = 5


def spoken() -> list[tuple[str, str]]:
    """Every language of our regions, by its own name."""
    codes = dict.fromkeys(code for region in regions().values() for code in region.languages)
    return [(code, languages.own_name(code)) for code in codes]


def readable(user) -> QuerySet[Asked]:
    """What was asked in the regions where the person may see it."""
    where, rows = scope(user, SEE), Asked.objects.exclude(text="")
    return rows if where.everywhere else rows.filter(region__in=where.regions)


def texts(user) -> QuerySet:
    """Texts in clear, the most asked first; `sure` and `found` of the last asking first."""
    rows = readable(user).values("region_id", "language", "text")
    return rows.annotate(
        times=Sum("asked"),
        opens=Sum("opened"),
        found=ArrayAgg("results", order_by="-day"),
        sure=ArrayAgg("confident", order_by="-day"),
        last=Max("pk"),
    ).order_by("-times", "text", "language", "region_id")


class Filters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=spoken,
        empty_label=gettext_lazy("Any"),
        widget=forms.RadioSelect,
    )
    days = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=[("7", gettext_lazy("Last 7 days")), ("90", gettext_lazy("Last 90 days"))],
        empty_label=gettext_lazy("Last 30 days"),
        method="keep_days",
        widget=forms.RadioSelect,
    )
    results = django_filters.ChoiceFilter(
        label=gettext_lazy("Results"),
        choices=[("none", gettext_lazy("Found nothing good"))],
        empty_label=gettext_lazy("Any"),
        method="keep_unmet",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Asked
        fields = ["language"]

    def filter_queryset(self, queryset):
        days = int(self.form.cleaned_data["days"] or USUAL)
        since = timezone.localdate() - timedelta(days=days - 1)
        return super().filter_queryset(queryset.filter(day__gte=since))

    def keep_days(self, queryset, _name, _days):
        return queryset

    def keep_unmet(self, queryset, _name, _chosen):
        return queryset.filter(sure__0=False)


class Report(ReportView):
    """Texts in clear, the most asked first; what was found is what the last asking found."""

    model = Asked
    permission_policy = ModelPermissionPolicy(Asked)
    permission_required = "view"
    page_title = TITLE
    header_icon = "search"
    filterset_class = Filters
    index_url_name = REPORT
    index_results_url_name = f"{REPORT}_results"
    results_template_name = "finder/staff/report.html"

    def get_queryset(self):
        return texts(self.request.user)

    def decorate_paginated_queryset(self, object_list):
        known = {region.pk: region for region in regions().values()}
        taught = taught_by(self.request.user)
        return [
            row
            | {
                "region": str(known[row["region_id"]]),
                "may_add": not taught.isdisjoint(lineage(known[row["region_id"]])),
                "spoken": languages.own_name(row["language"]),
                "direction": languages.direction(row["language"]),
                "results": row["found"][0],
                "share": round(100 * row["opens"] / row["times"]),
            }
            for row in object_list
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return context | {"may_add": may_add(self.request.user)}


def taught_by(user) -> set[int]:
    """The regions with a topic that the person may change."""
    topics = regions_with(user, "databank.change_topic").within(Topic.objects.order_by())
    return set(topics.values_list("region_id", flat=True).distinct())


def may_see(user) -> bool:
    return user.has_perm(SEE)


def may_add(user) -> bool:
    return user.has_perms([SEE, "databank.change_topic"])


class Words(forms.Form):
    """Words for a topic; those that the reader's region sees and the person may change."""

    topic = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("Topic"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    words = forms.CharField(label=gettext_lazy("Words"), max_length=LONGEST)

    def __init__(self, data, reader: Reader, words: str, user) -> None:
        super().__init__(data, initial={"language": reader.language, "words": words})
        seen = Topic.objects.filter(region_id__in=reader.lineage)
        self.fields["topic"].queryset = regions_with(user, "databank.change_topic").within(seen)
        codes = dict.fromkeys([reader.language, *reader.region.languages])
        self.fields["language"].choices = [(code, languages.own_name(code)) for code in codes]

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            known = cleaned["topic"].synonyms.get(cleaned["language"], [])
            if analysis.plain(cleaned["words"]) in map(analysis.plain, known):
                self.add_error("words", _("The topic has these words already."))
        return cleaned


def effect(reader: Reader, question: str, topic: Topic, language: str, words: str) -> dict:
    """The best entries for a question: as it is `now`, and `then`, with the topic's new words."""
    known = catalogue(reader)
    taught = _taught(copy(known.topics[topic.pk]), language, words)

    def best(topics: dict[int, Topic]) -> list[Entry]:
        index = Index(documents(known.items.keys(), topics))
        hits = index.search(question, language=reader.language, limit=BEST)
        return [known.items[hit.key].entry for hit in hits]

    return {"now": best(known.topics), "then": best(known.topics | {topic.pk: taught})}


def _taught(topic: Topic, language: str, words: str) -> Topic:
    topic.synonyms = topic.synonyms | {language: [*topic.synonyms.get(language, []), words]}
    return topic


@user_passes_test(may_add)
def add(request, pk: int):
    """GET shows the effect, POST saves the words."""
    row = get_object_or_404(readable(request.user).select_related("region"), pk=pk)
    reader = Reader(row.region, row.language, row.region.today())
    sent = request.POST if request.method == "POST" else request.GET
    form = Words(sent or None, reader, row.text, request.user)
    if form.is_valid() and request.method == "POST":
        save(**form.cleaned_data)
        messages.success(request, _("The topic has these words now."))
        return redirect(REPORT)
    page = {"row": row, "form": form, "base": reader.base}
    page |= head(_("Add to a topic"), (TITLE, REPORT))
    if form.is_valid():
        page["effect"] = _shown(reader, effect(reader, row.text, **form.cleaned_data))
    return render(request, "finder/staff/add.html", page)


@transaction.atomic
def save(topic: Topic, language: str, words: str) -> None:
    """Through the model, so that every index and page follows; the history says who did it."""
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    _taught(topic, language, words).save(update_fields=["synonyms"])
    log(topic, "wagtail.edit")


def _shown(reader: Reader, found: dict[str, list[Entry]]) -> dict[str, list[dict]]:
    known = {entry.pk for entry in found["now"]}
    return {
        name: [
            {"entry": entry, "text": shelf.head_of(entry, reader), "new": entry.pk not in known}
            for entry in entries
        ]
        for name, entries in found.items()
    }


@hooks.register("register_reports_menu_item")
def in_the_menu():
    return Entrance(TITLE, reverse(REPORT), may_see, name="asked", icon="search", order=100)


@hooks.register(HOOK)
def on_the_board(request):
    """What found nothing good in the last 30 days, the most asked first."""
    if not may_see(request.user):
        return
    since = timezone.localdate() - timedelta(days=USUAL - 1)
    unmet = texts(request.user).filter(day__gte=since, sure__0=False)
    number = unmet.count()
    said = ngettext(
        "%(count)d question that several people asked found nothing good in 30 days.",
        "%(count)d questions that several people asked found nothing good in 30 days.",
        number,
    )
    address, adds = f"{reverse(REPORT)}?results=none", may_add(request.user)
    rows = [
        Row(
            row["text"],
            row["language"],
            _times(row["times"]),
            reverse(f"{REPORT}_add", args=[row["last"]]) if adds else address,
        )
        for row in unmet[:ROWS]
    ]
    yield Waiting(70, str(TITLE), number, said % {"count": number}, address, rows)


def _times(number: int) -> str:
    said = ngettext("Asked %(count)d time.", "Asked %(count)d times.", number)
    return said % {"count": number}


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("reports/asked/", Report.as_view(), name=REPORT),
        path("reports/asked/results/", Report.as_view(results_only=True), name=f"{REPORT}_results"),
        path("reports/asked/<int:pk>/add/", add, name=f"{REPORT}_add"),
    ]


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(content_type__app_label="finder", codename="view_asked")
