"""What changes on a day: staff choose it, and see what every language will say."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import user_passes_test

from satama.base import languages
from satama.web.staff import head

from ..models import Region
from ..reading import regions
from ..rehearsal import FactChange, NotAhead, PageChange, Rehearsal, rehearse
from ..roles.scope import scope

TITLE = gettext_lazy("What changes on a day")
RIGHTS = ("databank.change_fact", "databank.change_entry")  # either will do


def may_rehearse(user) -> bool:
    return any(user.has_perm(right) for right in RIGHTS)


class Asked(forms.Form):
    """A region and a day; valid when it could be rehearsed: then `found` has what differs."""

    region = forms.ChoiceField(label=gettext_lazy("Region"))
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write a day like 2027-01-31."),
        },
    )

    def __init__(self, data, user) -> None:
        places = [scope(user, right) for right in RIGHTS]
        named = {s: row for s, row in regions().items() if any(one.covers(row) for one in places)}
        usual = settings.REGION if settings.REGION in named else next(iter(named), "")
        asked = {"region": usual} | data.dict() if data else None
        super().__init__(asked, initial={"region": usual})
        self.fields["region"].choices = [(slug, str(row)) for slug, row in named.items()]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.region = regions()[cleaned["region"]]
            try:
                self.found = rehearse(self.region, self.region.today(), cleaned["day"])
            except NotAhead as refusal:
                self.add_error("day", str(refusal))
        return cleaned


@user_passes_test(may_rehearse)
def rehearsal(request: HttpRequest) -> HttpResponse:
    form = Asked(request.GET or None, request.user)
    page = {"form": form, **head(TITLE)}
    if form.is_valid():
        page |= _shown(form.region, form.cleaned_data["day"], form.found, request.user)
    return render(request, "databank/staff/rehearsal.html", page)


def _shown(region: Region, day: date, found: Rehearsal, user) -> dict:
    return {
        "region": region,
        "day": day,
        "languages": [(code, languages.own_name(code)) for code in region.languages],
        "pages": [_page(change, user) for change in [*found.entries, *found.organisations]],
        "loose": _rows(found.loose, region.languages, user),
    }


def _page(change: PageChange, user) -> dict:
    """Its heading is in the language of staff, if the region speaks it."""
    titles = change.titles
    return {
        "change": change,
        "kind": change.row._meta.model_name,
        "heading": titles.get(get_language()) or next(iter(titles.values())),
        "edit": _edit(change.row, user),
        "rows": _rows(change.facts, titles, user),
    }


def _rows(changes: Iterable[FactChange], spoken: Iterable[str], user) -> list[dict]:
    return [
        {
            "change": change,
            "edit": _edit(change.fact, user),
            "cells": [change.turns.get(code) for code in spoken],
        }
        for change in changes
    ]


def _edit(row: Model, user) -> str:
    """Where the user may edit a row; empty if nowhere."""
    return AdminURLFinder(user).get_edit_url(row) or ""
