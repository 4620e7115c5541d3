"""The forms of the nouns: what they offer, propose and refuse."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satama.base import languages

from ..models import Channel, Region
from ..models.entry import AUDIENCES
from ..models.fact import FACT_TYPES
from ..packs.rules import FACT_TYPES_OF_CHANNEL
from ..reading import regions
from ..translating.words import in_one
from ..upkeep.forms import NEVER_HIDDEN, KeptForm, refuse_hiding_ways, refuse_to_hide
from ..values import check_value
from . import spoken
from .fields import Codes, PlainValue, PlainWords, Ticked, WordsInput
from .naming import dead_ends, slug_of
from .near import free, home_first, narrow, taken

# Of a region: other regions, addresses and promises hang on these.
OF_THE_HOUSE = {"slug", "parent", "host", "country", "time_zone"}
MARKED = ("summary", "eligibility", "fees", "documents", "application", "body")


class RowForm(KeptForm):
    """Offers the person's own regions and what is visible there; proposes the address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.home = self._offer_regions()
        if self.home and not self.instance.pk and "region" in self.fields:
            self.instance.region = self.home  # a preview asks it for its languages
        self._fit(self)
        for formset in self.formsets.values():
            formset.form = self._fitted(formset.form)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the name.")

    def _offer_regions(self) -> Region | None:
        """The region of the row, or what a new one begins with."""
        if isinstance(self.instance, Region):
            return self.instance if self.instance.pk else None
        field = self.fields.get("region")
        if field is not None:
            own = home_first(field.queryset)
            field.empty_label = None if own else field.empty_label
            if not self.instance.pk and own:
                self.initial["region"] = own[0].pk
            field.disabled = len(own) == 1 and own[0].pk == self.initial.get("region")
        chosen = self.initial.get("region")
        if self.is_bound and field is not None and not field.disabled:
            chosen = self.data.get(self.add_prefix("region")) or chosen
        chosen = chosen or getattr(self.instance, "region_id", None)
        return next((r for r in regions().values() if str(r.pk) == str(chosen)), None)

    def _fitted(self, form_class: type) -> type:
        """The form of the rows within, that offers what is near as well."""
        fit = self._fit

        class Fitted(form_class):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options)
                fit(self)

        return Fitted

    def _fit(self, form: forms.BaseForm) -> None:
        for name, field in form.fields.items():
            held = form.initial.get(name)
            keys = [held] if isinstance(held, int) else []
            if isinstance(field, forms.ModelMultipleChoiceField):
                keys = list(held or ())
            narrow([field], self.home, [getattr(row, "pk", row) for row in keys])
            if isinstance(field, PlainWords | PlainValue):
                for widget in (field.widget, *getattr(field.widget, "widgets", ())):
                    if isinstance(widget, WordsInput):
                        widget.spoken = self.languages

    @property
    def languages(self) -> list[str]:
        """Of the region, or of all."""
        known = [self.home] if self.home else regions().values()
        return list(dict.fromkeys(code for region in known for code in region.languages))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        region = cleaned.get("region") or self.home
        for name in ("slug", "key"):
            if name in self.fields and region and not isinstance(self.instance, Region):
                self._clean_name(name, cleaned, region)
        return cleaned

    def _clean_name(self, name: str, cleaned: dict[str, Any], region: Region) -> None:
        model, written = type(self.instance), cleaned.get(name) or ""
        if not written and not self.errors.get(name):
            most = model._meta.get_field(name).max_length or 50
            made = slug_of(self.title(), most - 3)  # room for a number
            if not made and self.title():
                self.add_error(name, _("Write an address in Latin letters, such as tax-card."))
            cleaned[name] = free(model, made, region) if made else ""
        elif found := taken(model, written, region, but=self.instance.pk):
            sentence = _("“%(name)s” is used already in %(region)s. Choose another.")
            self.add_error(name, sentence % {"name": written, "region": found})

    def title(self) -> str:
        """What the address of a new row is made from."""
        named = self.cleaned_data.get("names") or self.cleaned_data.get("labels") or {}
        return languages.best(named, ["en", "fi", "sv"])[0]


class RegionForm(RowForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.for_user and not self.for_user.is_superuser:
            for name in OF_THE_HOUSE & self.fields.keys():
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Only an administrator changes this.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ways = Channel.objects.filter(entry__slug__in=cleaned.get("emergency") or ())
        if ways.filter(Q(fact__hurts=True) | Q(hours__hurts=True)).exists():
            self.add_error("emergency", NEVER_HIDDEN)
        return cleaned


class EntryForm(RowForm):
    """With the text that the others are made from; translations have a desk of their own."""

    audiences = Codes(
        choices=list(AUDIENCES.items()), required=False, label=gettext_lazy("Who it is for")
    )
    languages_served = Codes(
        required=False,
        label=capfirst(gettext_lazy("languages")),
        help_text=gettext_lazy("In which the service really works."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        instance = options.get("instance")
        if instance and instance.pk and (first := instance.source_of(instance.texts.all())):
            instance.texts = [first]
        super().__init__(*args, **options)
        self.kind = self["kind"].value() if "kind" in self.fields else ""
        if "languages_served" in self.fields:
            self.fields["languages_served"].choices = spoken.choices(self.languages)
        for name in ("audiences", "languages_served"):
            if name in self.fields:
                self.fields[name].keep(self.initial.get(name) or [])
        if "source_language" in self.fields:
            usual = ("", _("The region's first"))
            self.fields["source_language"].widget = forms.Select(choices=[usual, *self._spoken()])
        if "municipalities" in self.fields and not self["municipalities"].field.queryset.exists():
            del self.fields["municipalities"]  # the country's entries hold everywhere
        for form in self._texts():
            self._fit_text(form)

    def _fit(self, form: forms.BaseForm) -> None:
        super()._fit(form)
        if isinstance(getattr(form, "instance", None), Channel):
            plain = form.fields["languages"]
            ticked = Codes(
                choices=spoken.choices(self.languages),
                required=False,
                label=plain.label,
                help_text=plain.help_text,
                widget=Ticked,
            )
            ticked.keep(form.initial.get("languages") or [])
            form.fields["languages"] = ticked

    def _spoken(self) -> list[tuple[str, str]]:
        held = self.initial.get("source_language") or ""
        codes = dict.fromkeys([*self.languages, *([held] if held else [])])
        return [(code, languages.own_name(code)) for code in codes]

    def _texts(self) -> list[Any]:
        return self.formsets["texts"].forms if "texts" in self.formsets else []

    def _fit_text(self, form: Any) -> None:
        form.kind = self.kind
        field = form.fields.get("language")
        if field is None:
            return
        codes = dict.fromkeys([*self.languages, form.initial.get("language", "")])
        shown = [(code, languages.own_name(code)) for code in codes if code]
        field.widget = forms.Select(choices=shown)
        if form.instance.pk:
            field.disabled = True  # another language is another text
        elif self.languages:
            form.initial.setdefault("language", self.languages[0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kept = [form for form in self._texts() if form.is_valid() and form.cleaned_data]
        if self.home:
            for (form, name), sentence in dead_ends(dict(_written(kept)), self.home):
                form.add_error(name, sentence)
        if cleaned.get("image") and not self.is_deferred_validation:
            for form in kept:
                if "alt" in form.fields and not form.cleaned_data.get("alt", "").strip():
                    form.add_error("alt", _("Say what the picture shows, or take it away."))
        self._check_ways()
        rows = self.formsets["channels"].forms if "channels" in self.formsets else []
        ways = [row.cleaned_data for row in rows if row.is_valid()]
        refuse_hiding_ways(cleaned.get("slug", ""), [one for one in ways if not one.get("DELETE")])
        return cleaned

    def _check_ways(self) -> None:
        for form in self.formsets["channels"].forms if "channels" in self.formsets else []:
            written = form.cleaned_data if form.is_valid() else {}
            fact, types = written.get("fact"), FACT_TYPES_OF_CHANNEL.get(written.get("kind"))
            if fact and types and fact.type not in types:
                name = dict(FACT_TYPES)[types[0]]
                form.add_error("fact", _("Choose a fact of the type “%(type)s”.") % {"type": name})
        for form in self.formsets["links"].forms if "links" in self.formsets else []:
            target = form.cleaned_data.get("target") if form.is_valid() else None
            if target and target.pk == self.instance.pk:
                form.add_error("target", _("An entry does not lead to itself."))

    def title(self) -> str:
        titles = (form.cleaned_data.get("title", "") for form in self._texts() if form.is_valid())
        return next(titles, "")


def _written(kept: list[Any]) -> Iterator[tuple[Any, str]]:
    for form in kept:
        for name in MARKED:
            if name in form.cleaned_data:
                yield (form, name), in_one(form.cleaned_data[name])


class FactForm(RowForm):
    """A value must be of its fact's type, or no page could show it; one holds on a day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forms_of_values = self.formsets["values"].forms if "values" in self.formsets else []
        kept = [
            form
            for form in forms_of_values
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        for form in kept:
            self._check_type(form, cleaned.get("type", "text"))
        periods = sorted(_period(form.cleaned_data) for form in kept)
        if any(later[0] <= earlier[1] for earlier, later in pairwise(periods)):
            raise ValidationError(
                _("Two values hold on the same day. End the earlier one the day before the later.")
            )
        if cleaned.get("hurts"):
            self._check_hiding(kept)
        return cleaned

    def _check_hiding(self, kept: list[Any]) -> None:
        refuse_to_hide(self.instance.pk)
        if not all(form.cleaned_data.get("checked") for form in kept):
            raise ValidationError(
                _("A fact that hurts when wrong needs the day when it was last found true.")
            )

    def _check_type(self, form: Any, type: str) -> None:
        try:
            check_value(type, form.cleaned_data["value"])
        except ValueError as fault:
            form.add_error("value", str(fault))
            raise ValidationError(_("A value does not fit its type.")) from None


def _period(cleaned: dict[str, Any]) -> tuple[date, date]:
    return cleaned.get("valid_from") or date.min, cleaned.get("valid_until") or date.max
