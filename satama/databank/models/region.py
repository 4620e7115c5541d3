"""Region: a welcome area; Municipality: who belongs to it; ContentVersion: when the databank last
changed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import brand
from .shared import (
    Dated,
    Lines,
    Packed,
    choices_list,
    dates_in_order,
    is_slug,
    is_words,
    said,
    words,
)


class Region(Packed):
    """A welcome area. One without a parent is national; what it says is visible in all below it."""

    slug = models.SlugField(unique=True, verbose_name=_("address"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    names = words(verbose_name=_("names"))
    languages = choices_list(
        help_text=_("Languages of the service, in the order they are shown."),
        verbose_name=_("languages"),
    )
    fallbacks = words(
        many=True,
        help_text=_("For each language, the languages to show when a text is missing."),
        verbose_name=_("instead of a missing language"),
    )
    brand = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Colours, radius and logo: see docs/look.md."),
        verbose_name=_("colours and logo"),
    )
    rooms = choices_list(verbose_name=_("rooms"))
    time_zone = models.CharField(
        max_length=60, default="Europe/Helsinki", verbose_name=_("time zone")
    )
    country = models.CharField(max_length=2, default="FI", verbose_name=_("country"))
    host = models.CharField(
        max_length=253, null=True, blank=True, unique=True, verbose_name=_("host name")
    )
    office = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("The slug of the entry that is the Welcome Office."),
        verbose_name=_("Welcome Office"),
    )
    emergency = Lines(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text=_("The slugs of the entries to call in an emergency, in their order."),
        verbose_name=_("emergency numbers"),
    )

    machine_budget = models.PositiveIntegerField(
        _("characters a month"),
        default=0,
        help_text=_("That may be translated by a machine as drafts; 0: none."),
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            is_slug("slug", "region"),
            is_words("names", "region"),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1), name="region_speaks_at_least_one_language"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="region_is_not_its_own_parent",
                violation_error_message=_("A region is not part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return said(self.names, self.slug)

    def clean(self) -> None:
        """A brand that some people could not read is refused."""
        if found := brand.faults(self.brand):
            raise ValidationError({"brand": found})

    def spoken(self, language: str) -> str:
        """The language, or the region's first where its service does not speak it."""
        return language if language in self.languages else str(self.languages[0])

    def now(self) -> datetime:
        return timezone.now().astimezone(ZoneInfo(self.time_zone))

    def today(self) -> date:
        return self.now().date()


class Municipality(Packed, Dated):
    """A municipality as Statistics Finland numbers it; successors after mergers."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="municipalities", verbose_name=_("region")
    )
    slug = models.SlugField(verbose_name=_("address"))
    code = models.CharField(max_length=3, verbose_name=_("number"))
    names = words(verbose_name=_("names"))
    latitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True, verbose_name=_("latitude")
    )
    longitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True, verbose_name=_("longitude")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("followed by")
    )
    member = models.BooleanField(_("belongs to the region"), default=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["-member", "slug"]
        constraints = [
            is_slug("slug", "municipality"),
            is_words("names", "municipality"),
            dates_in_order("municipality"),
            models.UniqueConstraint(fields=["region", "slug"], name="municipality_once_a_region"),
            models.UniqueConstraint(
                fields=["region", "code"], name="municipality_code_once_a_region"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{3}$"), name="municipality_code_has_three_digits"
            ),
        ]

    def __str__(self) -> str:
        return said(self.names, self.slug)


class ContentVersion(models.Model):
    """One row: the last transaction that changed anything public. Triggers keep it (migration
    0002)."""

    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="content_version_is_one_row"),
        ]
