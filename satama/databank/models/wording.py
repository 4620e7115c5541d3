"""Wording: what a text said at a time. A translation keeps which one it was made from."""

from django.db import models
from django.db.models.functions import Now

from .entry import Entry


class Wording(models.Model):
    """Never changed: other words are another wording. Kept while a translation was made from it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    words = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language", "digest"], name="wording_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.language} {self.digest[:8]}"
