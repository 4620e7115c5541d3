"""Acts on many rows at once, in Wagtail's lists: confirm, retopic, close, hand over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from ..models import Entry, Fact, FactValue, Organisation, Place, Topic
from ..models.entry import STATUSES
from ..models.shared import in_force
from ..reading import lineage, region_of
from ..roles.scope import scope
from . import actions
from .people import People
from .register import Thing

KEPT = (Entry, Fact, Organisation, Place)
REFUSALS = {
    actions.EndsBeforeItBegins: gettext_lazy("These begin after that day: %(rows)s."),
    actions.KeeperMayNot: gettext_lazy("This person may not change these: %(rows)s."),
    actions.FromElsewhere: gettext_lazy(
        "The topic belongs to another region than these: %(rows)s."
    ),
    actions.NothingHolds: gettext_lazy("These have no value today: %(rows)s."),
    actions.NotAllowed: gettext_lazy("These were locked, or moved, at this moment: %(rows)s."),
}


class Many(SnippetBulkAction):
    """Rows that the person may not act on are listed as left out; the others change together."""

    template_name = "databank/staff/many.html"
    verbs: tuple[str, ...] = actions.CHANGE
    explained: Any = ""

    @cached_property
    def _sorted(self) -> tuple[list[Any], dict[str, list[Any]]]:
        return super().get_actionable_objects()

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        return self._sorted

    @property
    def rows(self) -> list[Any]:
        return self._sorted[0]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet:
        right = f"databank.change_{self.model._meta.model_name}"
        rows = scope(self.request.user, right).within(self.model.objects.all())
        return rows.values_list("pk", flat=True)

    def check_perm(self, row: Any) -> bool:
        return actions.may(self.request.user, row, self.verbs)

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        page = {"action": self, "heading": self.display_name, "explained": self.explained}
        return super().get_context_data(**named) | page

    def act(self, rows: list[Any], **wanted: Any) -> None:
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: list[Any], **named: Any) -> tuple[int, int]:
        self = named["self"]
        self.act(objects, **self.cleaned_form.cleaned_data)
        return len(objects), 0

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except actions.NotDone as refusal:
            said = REFUSALS[type(refusal)] % {"rows": ", ".join(map(str, refusal.rows[:10]))}
            form.add_error(None, said)
            return self.form_invalid(form)

    def get_success_message(self, count: int, _children: int) -> str:
        said = ngettext("%(count)d row was changed.", "%(count)d rows were changed.", count)
        return said % {"count": count}


class Confirm(Many):
    display_name = gettext_lazy("Confirm as still true")
    action_type = "confirm"
    aria_label = gettext_lazy("Confirm what is chosen as still true")
    action_priority = 10
    models = KEPT
    explained = gettext_lazy(
        "They are found true today, in all languages. No word changes, and no translation is"
        " outdated."
    )

    def check_perm(self, row: Any) -> bool:
        return super().check_perm(row) and (self.model is not Fact or row.pk in self._with_value)

    @cached_property
    def _with_value(self) -> set[int]:
        held = FactValue.objects.filter(in_force(timezone.localdate()))
        return set(held.values_list("fact", flat=True))

    def act(self, rows: list[Any], **wanted: Any) -> None:
        actions.confirm(rows, by=self.request.user, on=timezone.localdate())


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("Topic"))
    instead = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Instead of"),
        required=False,
        help_text=gettext_lazy("Empty: after the topics that they have."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("topic") and cleaned.get("topic") == cleaned.get("instead"):
            raise forms.ValidationError(_("Choose two different topics."))
        return cleaned


class Retopic(Many):
    display_name = gettext_lazy("Change the topic")
    action_type = "retopic"
    aria_label = gettext_lazy("Change the topic of what is chosen")
    action_priority = 11
    models = (Entry,)
    form_class = TopicForm
    verbs = actions.PUBLISH

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        seen = [set(lineage(region_of(pk))) for pk in {row.region_id for row in self.rows}]
        common = set.intersection(*seen) if seen else set()
        for name in ("topic", "instead"):
            form.fields[name].queryset = Topic.objects.filter(region__in=common)
        return form

    def act(self, rows: list[Any], **wanted: Any) -> None:
        actions.retopic(rows, by=self.request.user, **wanted)


class CloseForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=list(STATUSES.items())[1:])
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: as it is."),
    )


class Close(Many):
    display_name = gettext_lazy("Close")
    action_type = "close"
    aria_label = gettext_lazy("Close what is chosen")
    action_priority = 12
    models = (Entry,)
    form_class = CloseForm
    verbs = actions.PUBLISH
    explained = gettext_lazy("Their pages stay and say so. To open one again, edit it.")

    def act(self, rows: list[Any], **wanted: Any) -> None:
        actions.close(rows, by=self.request.user, **wanted)


class KeeperForm(forms.Form):
    to = forms.ModelChoiceField(get_user_model().objects.none(), label=gettext_lazy("To"))


class HandOver(Many):
    display_name = gettext_lazy("Hand over")
    action_type = "hand-over"
    aria_label = gettext_lazy("Hand what is chosen over to another person")
    action_priority = 13
    models = KEPT
    form_class = KeeperForm
    explained = gettext_lazy(
        "This person is asked from now on whether they are still true. Only people who may change"
        " all of them are offered."
    )

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.fields["to"].queryset = people_for(self.rows)
        return form

    def act(self, rows: list[Any], **wanted: Any) -> None:
        actions.hand_over(rows, by=self.request.user, **wanted)


def people_for(rows: Iterable[Any]) -> QuerySet:
    """Members who may change all of these."""
    things = [Thing(row, None, True) for row in rows]
    people = People.around(())
    able = [pk for pk in people.of if all(people.may_change(pk, thing) for thing in things)]
    return get_user_model().objects.filter(pk__in=able, is_active=True).order_by("email")
