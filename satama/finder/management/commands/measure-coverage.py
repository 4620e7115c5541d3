"""`satama measure-coverage`: how much of what people asked lately the databank answers."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from satama.databank.models import Region
from satama.finder.coverage import measuring
from satama.finder.models import Coverage

KEPT = timedelta(days=800)


class Command(BaseCommand):
    help = "Measure how much of what people asked lately the databank would answer today."

    def handle(self, *args: object, **options: object) -> None:
        for region in Region.objects.all():
            today = region.today()
            measuring.measure(region, today)
            Coverage.objects.filter(region=region, day__lt=today - KEPT).delete()
            self.stdout.write(f"{region.slug}: measured for {today}.")
