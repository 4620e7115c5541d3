"""Form fields for staff: words in each language, codes to tick, rows by their keys, texts with
facts. Nobody writes JSON."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import MultipleObjectsReturned, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from satama.base import languages

from ..models.shared import SLUG
from .spoken import USUAL


class WordsInput(forms.Widget):
    """An input for each language: `names-fi`, `names-sv`. `spoken` stand first, others behind
    "More languages" unless they have words."""

    template_name = "databank/staff/fields/words.html"

    def __init__(self, attrs: Any = None, many: bool = False) -> None:
        self.many, self.spoken = many, list[str]()
        super().__init__(attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{self.spoken[0]}" if id_ and self.spoken else ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        held = value if isinstance(value, Mapping) else {}
        first = dict.fromkeys([*self.spoken, *held])
        more = [code for code in USUAL if code not in first]
        context["widget"] |= {"many": self.many, "spoken": [_row(code, held) for code in first]}
        context["widget"]["more"] = [_row(code, held) for code in more]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        begin = f"{name}-"
        return {key.removeprefix(begin): data[key] for key in data if key.startswith(begin)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)


def _row(code: str, held: Mapping[str, Any]) -> dict[str, str]:
    said = held.get(code, "")
    return {
        "code": code,
        "name": languages.own_name(code),
        "direction": languages.direction(code),
        "words": "\n".join(said) if isinstance(said, list) else said,
    }


class PlainWords(forms.Field):
    """{language: text}, or with `many` {language: [texts]}, one on each line; what is empty is left
    out."""

    def __init__(
        self, *, many: bool = False, encoder: Any = None, decoder: Any = None, **options: Any
    ):
        self.many = many
        super().__init__(widget=WordsInput(many=many), **options)

    def to_python(self, value: Any) -> dict[str, Any]:
        found = {code: self._tidy(said) for code, said in (value or {}).items()}
        return {code: said for code, said in found.items() if said}

    def _tidy(self, said: Any) -> Any:
        if not self.many:
            return str(said).strip()
        lines = said if isinstance(said, list) else str(said).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class Codes(forms.MultipleChoiceField):
    """Short codes to tick; those that the row has and we do not know are kept."""

    widget = forms.CheckboxSelectMultiple

    def keep(self, held: Iterable[str]) -> None:
        offered: list[tuple[str, Any]] = list(self.choices)  # type: ignore[arg-type]
        known = {code for code, _name in offered}
        self.choices = [*offered, *((code, code) for code in held if code not in known)]


class Ticked(forms.CheckboxSelectMultiple):
    """A long list to tick, with a field to find the right one."""

    template_name = "databank/staff/fields/ticked.html"


# Fields that take facts of one type alone, by their names.
TYPES = {"hours": "hours", "phone": "phone", "email": "email"}


class KeyInput(forms.TextInput):
    """A key to type, or to choose in a dialog. `noun`: what is offered there."""

    template_name = "databank/staff/fields/key.html"

    def __init__(self, noun: str, attrs: Any = None) -> None:
        self.noun = noun
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["noun"] = self.noun
        return context


class ByKey(forms.ModelChoiceField):
    """A row that is named by its key or slug."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not there. Choose another.")}

    def __init__(self, queryset: Any, *, noun: str, **options: Any) -> None:
        options.pop("blank", None), options.pop("limit_choices_to", None)
        options["widget"] = KeyInput(noun)
        if noun in TYPES:
            queryset = queryset.filter(type=TYPES[noun])
        super().__init__(queryset, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and self.queryset is not None:
            row = self.queryset.model._default_manager.filter(pk=value).first()
            return getattr(row, self.to_field_name or "pk", value)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as unknown:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            ) from unknown
        except MultipleObjectsReturned:
            raise ValidationError(
                _("Save with a region first: this name is there twice.")
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class Marked(AdminAutoHeightTextInput):
    """A text in which facts and links to entries can be put."""

    template_name = "databank/staff/fields/marked.html"

    def __init__(self, attrs: Any = None, links: bool = True) -> None:
        self.links = links
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["links"] = self.links
        return context


class ValueInput(forms.MultiWidget):
    """A fact's value: plain, or words in several languages."""

    template_name = "databank/staff/fields/value.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"": AdminAutoHeightTextInput(), "in": WordsInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return ["", value] if isinstance(value, Mapping) else [value, {}]


class PlainValue(forms.Field):
    """`590 EUR` as it is, or {language: words}."""

    widget = ValueInput

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **options: Any) -> None:
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        plain, words = self._parts(value)
        if words and plain:
            raise ValidationError(_("Write one value, or words in several languages, not both."))
        return words or plain

    def has_changed(self, initial: Any, data: Any) -> bool:
        plain, words = self._parts(data)
        return (words or plain) != (initial or "")

    @staticmethod
    def _parts(data: Any) -> tuple[str, dict[str, Any]]:
        plain, said = data or ("", {})
        return (plain or "").strip(), PlainWords(required=False).to_python(said)


class PlainIdentifiers(forms.CharField):
    """[{type, value}], one on each line: `business-id: 0244741-4`."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return "\n".join(f"{row['type']}: {row['value']}" for row in value or [])

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        return [_identifier(line) for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != "\n".join((data or "").splitlines())


def _identifier(line: str) -> dict[str, str]:
    type, _colon, value = (part.strip() for part in line.partition(":"))
    if not re.fullmatch(SLUG, type) or not value or len(value) > 80:
        raise ValidationError(_("Write each on a line of its own, such as business-id: 0244741-4."))
    return {"type": type, "value": value}


class PlainLines(forms.CharField):
    """A list, one thing on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)
