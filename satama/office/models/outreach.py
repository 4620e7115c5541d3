"""OutreachPlace: a clinic, school or workplace where our posters hang. Came: how many came from
there."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from satama.databank.models import Municipality, Region
from satama.databank.models.shared import Written

OUTREACH_KINDS = {
    "clinic": _("Clinic"),
    "school": _("School"),
    "employer": _("Employer"),
    "library": _("Library"),
    "association": _("Association"),
    "shop": _("Shop or café"),
    "housing": _("Housing"),
    "other": _("Another place"),
}
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"  # none that is read for another


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(5))


class OutreachPlace(Written):
    """`code`: of its posters' address, `/o/<code>`; it never changes, for paper hangs long."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="outreach_places", verbose_name=_("region")
    )
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=list(OUTREACH_KINDS.items()))
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code, editable=False)

    class Meta:
        verbose_name = _("outreach place")
        verbose_name_plural = _("outreach places")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=f"^[{LETTERS}]{{5}}$"), name="outreach_code_is_read_well"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(OUTREACH_KINDS)), name="outreach_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Came(models.Model):
    """How often a poster's address was opened, by the day and the language that it led to."""

    place = models.ForeignKey(OutreachPlace, models.CASCADE, related_name="came")
    language = models.CharField(max_length=12)
    day = models.DateField()
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["place", "language", "day"], name="came_is_counted_once_a_day"
            ),
        ]
