"""Work that is done again and again. However many nodes look, one of them takes it up."""

from datetime import timedelta

from django.utils import timezone

from .models import Job


def take(name: str, every: timedelta) -> bool:
    """Whether it is due, and ours: nobody has taken it up for as long as `every`."""
    now = timezone.now()
    Job.objects.get_or_create(name=name, defaults={"began": now - every})
    return bool(Job.objects.filter(name=name, began__lte=now - every).update(began=now))
