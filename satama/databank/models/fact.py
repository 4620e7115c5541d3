"""Fact: one owned value that texts name by its key; FactValue: what it is in a period, from which
source."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .organisation import Organisation
from .region import Region
from .shared import Dated, OurJSON, Packed, Sourced, Written, dates_in_order, is_slug
from .upkeep import Kept

FACT_TYPES = {
    "money": _("Money"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "url": _("Link"),
    "date": _("Date"),
    "duration": _("Duration"),
    "hours": _("Opening hours"),
    "text": _("Words"),
}


class Fact(Packed, Kept, ClusterableModel):
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="facts", verbose_name=_("region")
    )
    key = models.SlugField(max_length=80, verbose_name=_("name in texts"))
    type = models.CharField(max_length=10, choices=list(FACT_TYPES.items()), verbose_name=_("type"))
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("whose it is")
    )
    hurts = models.BooleanField(
        _("hurts when wrong"),
        default=False,
        help_text=_("It hides itself when nobody has found it true for its days."),
    )

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["key"]
        constraints = [
            is_slug("key", "fact"),
            models.UniqueConstraint(fields=["region", "key"], name="fact_once_a_region"),
            models.CheckConstraint(
                condition=Q(type__in=list(FACT_TYPES)), name="fact_type_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ValueField(OurJSON):
    """JSON in the database; staff see and write plain words."""

    def formfield(self, **options: Any) -> Any:
        from ..editing.fields import PlainValue  # Wagtail's forms need the models first

        return models.Field.formfield(self, **options, form_class=PlainValue)


class OneADay(ExclusionConstraint):
    """Kept by the database alone: a new fact's values have no number of the fact yet to check with.
    FactForm says it in words before."""

    def validate(self, *args: Any, **options: Any) -> None:
        return None

    def deconstruct(self) -> Any:
        _path, args, options = super().deconstruct()
        return "django.contrib.postgres.constraints.ExclusionConstraint", args, options


class FactValue(Written, Dated, Sourced):
    """The value as docs/content-packs.md writes it; a text is {language: words} or one string."""

    fact = ParentalKey(
        Fact, on_delete=models.CASCADE, related_name="values", verbose_name=_("fact")
    )
    value = ValueField(verbose_name=_("value"))
    note = models.TextField(blank=True, help_text=_("For staff only."), verbose_name=_("note"))

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = [F("valid_from").asc(nulls_first=True)]
        constraints = [
            dates_in_order("fact_value"),
            # Two values of one fact never hold on the same day. An integer range of the key stands
            # for "the same fact": the built-in range operators need no extension.
            OneADay(
                name="fact_has_one_value_a_day",
                expressions=[
                    (Func(F("fact_id"), F("fact_id"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("valid_from"), F("valid_until"), Value("[]"), function="daterange"),
                        "&&",
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)
