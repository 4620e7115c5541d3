"""Who is asked whether a thing is still true, and how often; when they were last asked."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    """`review_days` empty: what is usual for its kind. `keeper` empty: the members of its
    organisation, or else the region's editors."""

    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept by"),
        help_text=_(
            "Who is asked whether it is still true. Empty: its organisation's members, or"
            " the region's editors."
        ),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days between two looks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(7), MaxValueValidator(1100)],
        help_text=_("Empty: what is usual for its kind."),
    )

    class Meta:
        abstract = True


class Reminder(models.Model):
    """A person gets one mail a week at most."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sent:%Y-%m-%d}"
