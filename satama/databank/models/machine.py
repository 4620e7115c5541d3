"""MachineUse: how much a region had translated by a machine in a month."""

from django.db import models
from django.db.models import Q

from .region import Region


class MachineUse(models.Model):
    """month: its first day; characters: of the source, as providers count them."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="machine_uses")
    month = models.DateField()
    characters = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="machine_use_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="machine_use_of_whole_months"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m}: {self.characters}"
