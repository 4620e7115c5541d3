"""The dialogs of the forms: find a fact or an entry, make a fact, see what facts say today. Pieces
of pages, for the script (static/databank/editing.js)."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.forms.models import construct_instance
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import user_passes_test

from ..models import Entry, Fact, FactValue, Organisation, Region
from ..models.fact import FACT_TYPES
from ..reading import lineage, regions
from ..roles.scope import regions_with
from ..values import check_value
from . import lists
from .actions import Taken, make_fact
from .fields import TYPES
from .guess import guess
from .naming import slug_of
from .near import free, home_first, taken

TAKEN = gettext_lazy("A fact of this name is there already. Choose another name.")
TEXT = TextField()
SHOWN = 30
NAMED = 40  # facts of one text whose values are shown
ENDINGS = {
    "money": "fee",
    "phone": "phone",
    "email": "email",
    "url": "link",
    "date": "date",
    "duration": "time",
    "hours": "hours",
}


def may_edit(user: Any) -> bool:
    return any(user.has_perm(f"databank.{right}") for right in ("change_entry", "change_fact"))


def region_of(asked: Any, user: Any) -> Region:
    """The region that the form is about; else the person's own."""
    named = next((r for r in regions().values() if str(r.pk) == asked.get("region")), None)
    held = regions_with(user, "databank.change_entry")
    own = home_first(filter(held.covers, regions().values())) or list(regions().values())
    if named is None and not own:
        raise Http404
    return named or own[0]


@user_passes_test(may_edit)
@require_GET
def choose(request: HttpRequest, noun: str) -> HttpResponse:
    """Facts or entries to choose from, found by `q`."""
    if noun not in FINDERS:
        raise Http404
    region, words = region_of(request.GET, request.user), request.GET.get("q", "").strip()[:80]
    rows = FINDERS[noun](region, words)
    page = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "q": words}
    piece = "entries" if noun == "entries" else "facts"
    return render(request, f"databank/staff/pick/{piece}.html", page)


def find_facts(region: Region, words: str, type: str = "") -> list[dict[str, Any]]:
    """By key, type, value or the owner's name; each word must be somewhere."""
    found = Fact.objects.filter(region__in=lineage(region))
    found = found.filter(type=type) if type else found
    found = found.annotate(owner_names=Cast("owner__names", TEXT))
    for word in words.lower().split():
        types = [code for code, name in FACT_TYPES.items() if word in str(name).lower()]
        valued = FactValue.objects.annotate(plain=Cast("value", TEXT)).filter(plain__icontains=word)
        found = found.filter(
            Q(key__icontains=word)
            | Q(type__in=types)
            | Q(owner_names__icontains=word)
            | Q(pk__in=valued.values("fact"))
        )
    return said_today(lists.valued(found)[: SHOWN + 1])


def said_today(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Facts with what they say now."""
    return [
        {"fact": fact, "said": lists.today(fact), "value": next(iter(fact.today), None)}
        for fact in found
    ]


def find_entries(region: Region, words: str) -> list[dict[str, Any]]:
    found = lists.called(Entry.objects.filter(live=True, region__in=lineage(region)), words)
    rows: QuerySet[Entry] = lists.headed(found)[: SHOWN + 1]
    return [{"entry": entry, "text": lists.head(entry)} for entry in rows]


FINDERS: dict[str, Callable[[Region, str], list[dict[str, Any]]]] = {
    "facts": find_facts,
    "entries": find_entries,
    **{noun: partial(find_facts, type=type) for noun, type in TYPES.items()},
}


@user_passes_test(may_edit)
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """What the named facts say today."""
    region, keys = region_of(request.GET, request.user), request.GET.getlist("key")[:NAMED]
    found = Fact.objects.filter(key__in=keys, region__in=lineage(region))
    rows = {row["fact"].key: row for row in said_today(lists.valued(found))}
    page = {"rows": [(key, rows.get(key)) for key in keys]}
    return render(request, "databank/staff/pick/now.html", page)


A_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")  # a dialog covers Wagtail's calendar


class NewFact(forms.Form):
    """`words`: what was selected; `about`: the address or title of the entry."""

    key = forms.SlugField(max_length=80)
    type = forms.ChoiceField(choices=list(FACT_TYPES.items()))
    value = forms.CharField(max_length=1000)
    source = forms.URLField(max_length=500, required=False, assume_scheme="https")
    owner = forms.ModelChoiceField(Organisation.objects.none(), required=False)
    valid_from = forms.DateField(required=False, widget=A_DAY)
    valid_until = forms.DateField(required=False, widget=A_DAY)

    def __init__(self, data: Any, *, region: Region, begun: bool) -> None:
        self.region = region
        proposed = self._proposed(data) if begun else {}
        super().__init__(None if begun else data, initial=proposed, auto_id="new-fact-%s")
        for name, field in self.fields.items():
            noun = Fact if name in ("key", "type", "owner") else FactValue
            field.label = capfirst(noun._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        owners = Organisation.objects.filter(region__in=lineage(region))
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def _proposed(self, data: Any) -> dict[str, Any]:
        type, value = guess(data.get("words", ""))
        about = slug_of(data.get("about", ""), 60)
        ending = ENDINGS.get(type) or slug_of(value, 20)
        key = "-".join(filter(None, (about, ending)))
        owner = data.get("owner") if data.get("owner", "").isdigit() else None
        key = free(Fact, key, self.region) if key else ""
        return {"type": type, "value": value, "key": key, "owner": owner}

    def clean_key(self) -> str:
        key = self.cleaned_data["key"].lower()
        if taken(Fact, key, self.region):
            raise ValidationError(TAKEN)
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("It ends before it begins."))
        if {"type", "value"} <= cleaned.keys():
            try:
                check_value(cleaned["type"], cleaned["value"])
            except ValueError as fault:
                self.add_error("value", str(fault))
        return cleaned

    def rows(self) -> tuple[Fact, FactValue]:
        fact = construct_instance(self, Fact(region=self.region), ["key", "type", "owner"])
        periods = ["value", "source", "valid_from", "valid_until"]
        return fact, construct_instance(self, FactValue(), periods)


@user_passes_test(may_edit)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """The form for a new fact (`begin`), or the fact made and what to write for it."""
    region = region_of(request.POST, request.user)
    if not request.user.has_perm("databank.add_fact", Fact(region=region)):
        raise PermissionDenied
    form = NewFact(request.POST, region=region, begun="begin" in request.POST)
    if form.is_bound and form.is_valid():
        fact, value = form.rows()
        try:
            make_fact(fact, value, by=request.user)
            return JsonResponse({"write": f"[[{fact.key}]]"}, status=201)
        except Taken:
            form.add_error("key", TAKEN)
    page = {"form": form, "region": region, "today": timezone.localdate()}
    status = 422 if form.is_bound else 200
    return render(request, "databank/staff/pick/make.html", page, status=status)
