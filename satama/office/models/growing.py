"""Grown: that an entry was made from a question."""

from django.db import models

from satama.databank.models import Entry
from satama.threads.models import Thread


class Grown(models.Model):
    """Goes with the thread; the entry stays. `tell`: who asked hears of it when it is public;
    `told`: the day of that."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="grown")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    tell = models.BooleanField(default=False)
    told = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["thread", "entry"], name="grown_once"),
            models.CheckConstraint(
                condition=models.Q(told=None) | models.Q(tell=True), name="grown_told_if_wanted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread} → {self.entry}"
