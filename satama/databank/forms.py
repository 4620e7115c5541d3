"""How staff write values: a fact's value as plain words, checked for its type."""

import json
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .roles.staff import NounForm
from .values import check_value


class PlainValue(forms.CharField):
    """`590 EUR` as it is; words in several languages as {"fi": "…", "sv": "…"}."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text.startswith("{"):
            return text
        try:
            return json.loads(text)
        except ValueError:
            raise ValidationError(_('Write words as {"fi": "…", "sv": "…"}.')) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


class PlainLines(forms.CharField):
    """A list, one thing on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class EntryForm(NounForm):
    """With the text that the others are made from; translations have a desk of their own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        instance = options.get("instance")
        if instance and instance.pk and (first := instance.source_of(instance.texts.all())):
            instance.texts = [first]
        super().__init__(*args, **options)


class FactForm(NounForm):
    """A value must be of its fact's type, or no page could show it; one holds on a day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
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
        return cleaned

    def _check_type(self, form: Any, type: str) -> None:
        try:
            check_value(type, form.cleaned_data["value"])
        except ValueError as fault:
            form.add_error("value", str(fault))
            raise ValidationError(_("A value does not fit its type.")) from None


def _period(cleaned: dict[str, Any]) -> tuple[date, date]:
    return cleaned.get("valid_from") or date.min, cleaned.get("valid_until") or date.max
