"""Redirect: where a published address leads that is there no more."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .region import Region

# As in /<region>/<lang>/entries/<slug>: what stands after the language.
PATH = r"^(entries|topics|organisations)/[a-z0-9]+(-[a-z0-9]+)*$"


class Redirect(models.Model):
    """`language` empty: in every language."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="redirects")
    language = models.CharField(max_length=12, blank=True)
    path = models.CharField(_("old address"), max_length=100)
    to = models.CharField(_("leads to"), max_length=100)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["path", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "path", "language"], name="redirect_leads_to_one_page"
            ),
            models.CheckConstraint(
                condition=Q(path__regex=PATH, to__regex=PATH) & ~Q(path=F("to")),
                name="redirect_leads_from_one_page_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.to}"
