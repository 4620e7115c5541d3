"""`satama ask-keepers`: write to those who keep things true, once a week at most."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from satama.databank.upkeep.asking import ask_keepers


class Command(BaseCommand):
    help = "Ask people whether what they keep is still true. May run again, and twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Asked {ask_keepers(timezone.now())} people.")
