"""Reports → What is due: what is past its date or soon will be, who is asked, and confirming it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_passes_test

from satama.web.staff import head

from ..reading import regions
from ..roles.policy import where_to_edit
from .answers import MOST, Answered, answer, versions
from .people import People
from .register import NOUNS, Thing, things
from .told import told

REPORT = "databank_due"
TITLE = gettext_lazy("What is due")
NOBODY = "nobody"


def may_look(user: Any) -> bool:
    return any(user.has_perm(f"databank.change_{noun}") for noun in NOUNS)


class Asked(forms.Form):
    """Which list; a value not on offer is all of them."""

    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    noun = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who is asked"), required=False)

    def __init__(self, data: Any, asked: dict[str, list[int]], people: dict[int, Any]) -> None:
        super().__init__(data)
        named = regions()
        every = ("", _("All"))
        nouns = [(noun, model._meta.verbose_name_plural) for noun, model in NOUNS.items()]
        self._offer("region", [every, *((slug, str(row)) for slug, row in named.items())])
        self._offer("noun", [every, *nouns])
        self._offer(
            "who", [every, (NOBODY, _("Nobody")), *((str(p), str(people[p])) for p in people)]
        )
        self.asked = asked
        self.full_clean()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def fits(self, thing: Thing) -> bool:
        chosen = self.cleaned_data
        region, noun, who = (chosen.get(name) for name in ("region", "noun", "who"))
        asked = self.asked[thing.key]
        return (
            (not region or regions()[region].pk == thing.row.region_id)
            and noun in ("", None, thing.noun)
            and (not who or (not asked if who == NOBODY else int(who) in asked))
        )


@user_passes_test(may_look)
def the_report(request: HttpRequest) -> HttpResponse:
    """GET shows, POST confirms what was ticked."""
    if request.method == "POST":
        return _confirmed(request)
    today = timezone.localdate()
    found = [thing for thing in things(today, by=request.user) if thing.is_asked(today)]
    around = People.around(found)
    asked = {thing.key: around.asked(thing) for thing in found}
    people = get_user_model().objects.in_bulk({pk for those in asked.values() for pk in those})
    form = Asked(request.GET, asked, people)
    chosen = [thing for thing in found if form.fits(thing)]
    page = {
        "form": form,
        "rows": _rows(chosen[:MOST], asked, people),
        "whole": len(chosen),
        "more": max(0, len(chosen) - MOST),
        **head(TITLE),
    }
    return render(request, "databank/staff/due.html", page)


def _rows(
    chosen: list[Thing], asked: dict[str, list[int]], people: dict[int, Any]
) -> Iterable[dict[str, Any]]:
    today, seen = timezone.localdate(), versions(chosen)
    for one in told(chosen, get_language() or "en", today):
        thing = one.thing
        yield {
            "told": one,
            "kind": thing.row._meta.verbose_name,
            "edit": where_to_edit(thing.row),
            "seen": seen[thing.key],
            "past": thing.is_past(today),
            "hidden": thing.is_hidden(today),
            "asked": [people[pk] for pk in asked[thing.key]],
        }


def _confirmed(request: HttpRequest) -> HttpResponse:
    done = answer(request.POST, by=request.user, on=timezone.localdate())
    _say(request, done)
    kept = request.GET.urlencode()
    return redirect(reverse(REPORT) + (f"?{kept}" if kept else ""))


def _say(request: HttpRequest, done: Answered) -> None:
    count = len(done.confirmed)
    said = ngettext("%(count)d thing is confirmed.", "%(count)d things are confirmed.", count)
    messages.success(request, said % {"count": count})
    left = len(done.changed) + len(done.refused)
    if left:
        said = ngettext(
            "%(count)d thing was left as it is: changed meanwhile, or not yours.",
            "%(count)d things were left as they are: changed meanwhile, or not yours.",
            left,
        )
        messages.warning(request, said % {"count": left})
