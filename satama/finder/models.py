"""Asked: how often something was looked for on a day, and nothing about who did. Coverage: how much
of it the databank answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from satama.databank.models import Region

LONGEST = 80


class Asked(models.Model):
    """A text (in clear, or only its keyed hash) on a day. Without either: all of the day that
    looked personal, together."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=12)
    day = models.DateField()
    text = models.CharField(max_length=LONGEST, default="", blank=True)
    hash = models.CharField(max_length=64, default="", blank=True)
    asked = models.PositiveIntegerField()
    opened = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)  # at the last asking of the day, as is
    confident = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True  # a count is no use of a region that editors care for

    class Meta:
        verbose_name = _("text that people look for")
        verbose_name_plural = _("texts that people look for")
        default_permissions = ["view"]
        indexes = [models.Index(fields=["day"], name="asked_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "language", "text", "hash", "day"], name="asked_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(text="") | Q(hash=""), name="asked_is_clear_or_hashed"
            ),
            models.CheckConstraint(
                condition=Q(hash="") | Q(hash__regex="^[0-9a-f]{64}$"), name="asked_hash_is_a_hash"
            ),
            models.CheckConstraint(condition=Q(asked__gte=1), name="asked_at_least_once"),
            models.CheckConstraint(
                condition=Q(opened__lte=F("asked")), name="asked_opened_no_more_than_asked"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Coverage(models.Model):
    """Of 30 days that ended on this day: how many searches and questions to the desk, and how many
    of them (`met`) the databank would have answered then."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=12)
    day = models.DateField()
    searches = models.PositiveIntegerField(default=0)
    searches_met = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    questions_met = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("share that the databank answers")
        verbose_name_plural = _("shares that the databank answers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["region", "day", "language"], name="coverage_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(searches_met__lte=F("searches"), questions_met__lte=F("questions")),
                name="coverage_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.language} {self.day}"
