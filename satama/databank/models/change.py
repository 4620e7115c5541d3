"""Change: what was changed, in the order in which it was committed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

KINDS = ("entry", "topic", "organisation", "all")


class Change(models.Model):
    """Written by triggers alone (migration 0002). Transactions that change content wait for each
    other at the content version, so a greater number was never committed before a smaller one."""

    kind = models.CharField(max_length=12)
    row = models.BigIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="change_kind_is_known")
        ]
