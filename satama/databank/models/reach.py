"""Reach: how often an entry's page was opened and found, by language and day. Never by whom."""

from django.db import models
from django.db.models import Q

from .entry import Entry


class Reach(models.Model):
    """opened: pages shown; found: times it stood among the first answers to a question."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reach")
    language = models.CharField(max_length=12)
    day = models.DateField()
    opened = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True  # a count is no use of an entry that editors care for

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language", "day"], name="reach_is_counted_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(opened__gt=0) | Q(found__gt=0), name="reach_counts_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.language} {self.day}"
