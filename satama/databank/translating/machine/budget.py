"""How much a region may have translated by a machine in a month, counted before it is asked."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from satama.databank.models import MachineUse, Region


class OverBudget(Exception):
    """The region has fewer characters `left` this month than are wanted."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def left(region: Region, today: date) -> int:
    """How many characters there are yet in this month."""
    used = MachineUse.objects.filter(region=region, month=today.replace(day=1)).first()
    return max(0, region.machine_budget - (used.characters if used else 0))


@transaction.atomic(durable=True)
def spend(region: Region, characters: int, today: date) -> None:
    """Count characters before a service is asked: committed, so that others at the same time see
    it. Raises OverBudget."""
    month = today.replace(day=1)
    MachineUse.objects.get_or_create(region=region, month=month)
    used = MachineUse.objects.select_for_update().get(region=region, month=month)
    budget = Region.objects.values_list("machine_budget", flat=True).get(pk=region.pk)
    if used.characters + characters > budget:
        raise OverBudget(max(0, budget - used.characters))
    used.characters += characters
    used.save(update_fields=["characters"])


def give_back(region: Region, characters: int, today: date) -> None:
    """What the service refused was not used."""
    counted = MachineUse.objects.filter(region=region, month=today.replace(day=1))
    counted.update(characters=Greatest(F("characters") - characters, 0))
