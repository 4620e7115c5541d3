"""The inbox: all that people sent, in the order of what was promised. What they wrote is not shown
in it: reading is written down, thread by thread (decision 0025)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from satama.base import languages
from satama.databank.models import Municipality, Topic
from satama.threads.models import KINDS, STATES, Thread

from .doors import regions_of, threads_of

EVERY = ("", _("All"))
PROMISES = [EVERY, ("late", _("Past the promise")), ("today", _("Due today"))]
AGES = [EVERY, ("1", _("Since yesterday")), ("7", _("Last 7 days")), ("old", _("Older"))]
WHOSE = [EVERY, ("mine", _("Mine")), ("nobody", _("Nobody's"))]


class Asked(forms.Form):
    """Which threads; a value that is not on offer is as good as none."""

    state = forms.ChoiceField(
        label=_("State"), choices=[*STATES.items(), ("all", _("All"))], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[EVERY, *KINDS.items()], required=False)
    promise = forms.ChoiceField(label=_("Promise"), choices=PROMISES, required=False)
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    age = forms.ChoiceField(label=_("Asked"), choices=AGES, required=False)

    def __init__(self, data: Any, user: Any) -> None:
        self.user, self.near = user, threads_of(user)
        super().__init__({"state": "waiting", **data.dict()}, auto_id="desk-%s")
        own = regions_of(user)
        spoken = dict.fromkeys(code for region in own for code in region.languages)
        self._choose("language", [(code, languages.own_name(code)) for code in spoken])
        self._choose("topic", self._named(Topic.objects.order_by("position"), "topic"))
        towns = Municipality.objects.order_by("slug")
        self._choose("municipality", self._named(towns, "municipality"))
        self.chosen = {
            name: value
            for name, field in self.fields.items()
            if (value := self.data.get(name)) and field.valid_value(value)  # type: ignore[attr-defined]
        }

    def _choose(self, name: str, offered: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [EVERY, *offered]  # type: ignore[attr-defined]

    def _named(self, rows: QuerySet, field: str) -> list[tuple[str, str]]:
        """Those that some thread is about."""
        found = rows.filter(pk__in=self.near.order_by().values(field))
        return [(str(row.pk), str(row)) for row in found]

    def rows(self, on: date) -> QuerySet[Thread]:
        """What is wanted, what is promised first at the top."""
        wanted, found = self.chosen, self.near
        for name in ("kind", "language", "topic", "municipality"):
            if name in wanted:
                found = found.filter(**{name: wanted[name]})
        if wanted.get("state", "waiting") != "all":
            found = found.filter(state=wanted.get("state", "waiting"))
        for name, means in (
            ("promise", {"late": _late(on), "today": Q(promised=on, answered=None)}),
            ("whose", {"mine": Q(assigned=self.user), "nobody": Q(assigned=None)}),
            ("age", _ages(on)),
        ):
            found = found.filter(means.get(wanted.get(name, ""), Q()))
        return found.select_related("region", "topic", "municipality", "assigned", "held_by")


def _late(on: date) -> Q:
    return Q(promised__lt=on, answered=None)


def _ages(on: date) -> dict[str, Q]:
    day, week = on - timedelta(days=1), on - timedelta(days=7)
    return {"1": Q(asked__gte=day), "7": Q(asked__gte=week), "old": Q(asked__lt=week)}
