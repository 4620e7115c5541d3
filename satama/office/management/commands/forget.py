from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from satama.accounts.folders.actions import erase_unused
from satama.office.actions import forget
from satama.office.outreach.counting import forget as forget_who_came
from satama.threads.actions import forget as forget_threads


class Command(BaseCommand):
    help = "Erases what is kept no longer: folders, threads without one, numbers to call."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        forget(today)
        forget_who_came(today)
        folders, threads = erase_unused(today), forget_threads(today)
        if options["verbosity"]:
            self.stdout.write(f"Erased: {folders} folders, {threads} threads without a folder.")
