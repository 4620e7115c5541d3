"""Organisation: who; Place: where. Both dated, because authorities are reorganised and offices
move."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .region import Municipality, Region
from .shared import (
    Dated,
    Identifiers,
    Packed,
    Sourced,
    dates_in_order,
    is_slug,
    is_words,
    said,
    words,
)
from .upkeep import Kept

ORGANISATION_KINDS = {
    "municipality": _("Municipality"),
    "authority": _("Authority"),
    "wellbeing-county": _("Wellbeing services county"),
    "municipal-service": _("Municipal service"),
    "school": _("School"),
    "library": _("Library"),
    "association": _("Association"),
    "company": _("Company"),
    "network": _("Network"),
    "health": _("Health service"),
    "helpline": _("Helpline"),
    "online-service": _("Online service"),
    "other": _("Organisation"),
}


class Organisation(Packed, Kept, Dated, Sourced):
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="organisations", verbose_name=_("region")
    )
    slug = models.SlugField(verbose_name=_("address"))
    kind = models.CharField(
        max_length=20, choices=list(ORGANISATION_KINDS.items()), verbose_name=_("kind")
    )
    names = words(verbose_name=_("names"))
    alternate_names = words(many=True, verbose_name=_("other names"))
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("followed by"),
    )
    identifiers = Identifiers(default=list, blank=True, verbose_name=_("identifiers"))
    url = models.URLField(max_length=500, blank=True, verbose_name=_("web address"))
    phone = models.ForeignKey(
        "Fact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("phone (a fact)"),
    )
    email = models.ForeignKey(
        "Fact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("e-mail (a fact)"),
    )
    trusted = models.BooleanField(
        _("trusted"),
        default=False,
        help_text=_("What its members write is public at once; otherwise an editor releases it."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        constraints = [
            is_slug("slug", "organisation"),
            is_words("names", "organisation"),
            dates_in_order("organisation"),
            models.UniqueConstraint(fields=["region", "slug"], name="organisation_once_a_region"),
            models.CheckConstraint(
                condition=Q(kind__in=list(ORGANISATION_KINDS)), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(successor=None) | ~Q(successor=F("id")))
                & (Q(part_of=None) | ~Q(part_of=F("id"))),
                name="organisation_does_not_follow_itself",
                violation_error_message=_(
                    "An organisation is not part of itself, and does not follow itself."
                ),
            ),
        ]

    def __str__(self) -> str:
        return said(self.names, self.slug)


class Place(Packed, Kept, Dated, Sourced):
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="places", verbose_name=_("region")
    )
    slug = models.SlugField(verbose_name=_("address"))
    kind = models.CharField(max_length=30, blank=True, verbose_name=_("kind"))
    names = words(verbose_name=_("names"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name=_("municipality")
    )
    address = models.CharField(max_length=200, blank=True, verbose_name=_("street address"))
    postal_code = models.CharField(max_length=10, blank=True, verbose_name=_("postal code"))
    city = models.CharField(max_length=80, blank=True, verbose_name=_("town"))
    latitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True, verbose_name=_("latitude")
    )
    longitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True, verbose_name=_("longitude")
    )
    hours = models.ForeignKey(
        "Fact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opening hours (a fact)"),
    )
    accessibility = words(verbose_name=_("accessibility"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]
        constraints = [
            is_slug("slug", "place"),
            is_words("names", "place"),
            dates_in_order("place"),
            models.UniqueConstraint(fields=["region", "slug"], name="place_once_a_region"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_is_on_earth",
                violation_error_message=_(
                    "Latitude and longitude go together: up to 90 and up to 180 degrees."
                ),
            ),
        ]

    def __str__(self) -> str:
        return said(self.names, self.slug)
