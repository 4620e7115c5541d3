"""`satama forget-reach`: counts of opened pages are not kept for ever."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from satama.databank.reach import counting


class Command(BaseCommand):
    help = "Delete counts of opened and found pages that are older than 400 days."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{counting.forget(timezone.localdate())} old rows deleted.")
