"""What several nouns have in common: dates, sources, names, and rules written once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satama.base import html, languages

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def choices_list(**options: Any) -> ArrayField:
    """A list of short codes; empty when nothing is known."""
    return Lines(models.CharField(max_length=40), default=list, blank=True, **options)


class Lines(ArrayField):
    """A list of texts; staff write one on each line."""

    def formfield(self, **options: Any) -> Any:
        from ..editing.fields import PlainLines  # Wagtail's forms need the models first

        return models.Field.formfield(self, **options, form_class=PlainLines)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, options


class OurJSON(models.JSONField):
    """With a form of its own."""

    def deconstruct(self) -> Any:
        """To a migration it is JSON like any other."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.JSONField", args, options


class Identifiers(OurJSON):
    """[{type, value}]; staff write one on each line."""

    def formfield(self, **options: Any) -> Any:
        from ..editing.fields import PlainIdentifiers  # Wagtail's forms need the models first

        return models.Field.formfield(self, **options, form_class=PlainIdentifiers)


class Words(OurJSON):
    """{language: text}, or with `many` {language: [texts]}; staff see a field for each language."""

    def __init__(self, *args: Any, many: bool = False, **options: Any) -> None:
        self.many = many
        super().__init__(*args, **options)

    def formfield(self, **options: Any) -> Any:
        from ..editing.fields import PlainWords  # Wagtail's forms need the models first

        return models.Field.formfield(self, **options, form_class=PlainWords, many=self.many)


def words(*args: Any, **options: Any) -> Words:
    """{language: text}; with many=True {language: [texts]}."""
    return Words(*args, default=dict, blank=True, **options)


def said(named: Mapping[str, str], otherwise: str) -> str:
    """A name as staff read it: in the language of their pages, or another."""
    own = languages.plain(get_language() or "en")
    return languages.best(named, [own, "en", "fi"])[0] or otherwise


def is_slug(field: str, table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": SLUG}),
        name=f"{table}_{field}_is_a_slug",
        violation_error_message=_(
            "An address has small letters a to z, digits and single hyphens."
        ),
    )


def dates_in_order(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
        name=f"{table}_ends_after_it_begins",
        violation_error_message=_("It ends before it begins."),
    )


def is_words(field: str, table: str) -> models.CheckConstraint:
    """The field is an object of texts with at least one language."""
    return models.CheckConstraint(
        condition=~Q(**{field: {}}) & Q(**{f"{field}__contains": {}}),
        name=f"{table}_{field}_has_words",
        violation_error_message=_("Write a name in at least one language."),
    )


def in_force(on: date, prefix: str = "") -> Q:
    """Rows that hold on a day."""
    first, last = f"{prefix}valid_from", f"{prefix}valid_until"
    return (Q(**{first: None}) | Q(**{f"{first}__lte": on})) & (
        Q(**{last: None}) | Q(**{f"{last}__gte": on})
    )


class Dated(models.Model):
    """Holds from one day to another; open ends are unknown or endless."""

    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """Where we have it from, and who last found it true."""

    source = models.URLField(_("source"), max_length=500, blank=True)
    source_date = models.CharField(_("date of the source"), max_length=40, blank=True)
    checked = models.DateField(_("last assured"), null=True, blank=True)
    confirmed = models.BooleanField(_("confirmed"), default=True)

    class Meta:
        abstract = True


class Written(models.Model):
    """What people write in it is words: no HTML, nothing that only a machine sees (base.html)."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as fault:
            errors = fault.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if field.editable and field.name not in {*(exclude or ()), *errors}:
                value = getattr(self, field.attname)
                if found := [fault for said in _said(value) for fault in html.faults(said)]:
                    errors[field.name] = found
        if errors:
            raise ValidationError(errors)


def _said(value: Any) -> Iterator[str]:
    """Every text in a value, and the names in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _said(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _said(key)
            yield from _said(one)


class Packed(Written):
    """Loaded from a content pack. `packed` is the digest of the record as loaded: if the row gives
    another digest now, staff edited it, and the loader keeps their work."""

    packed = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
