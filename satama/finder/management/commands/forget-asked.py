"""`satama forget-asked`: rare questions are hashed again, old ones deleted."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from satama.finder import asked


class Command(BaseCommand):
    help = "Forget what people looked for: what is rare again, and what is older than 400 days."

    def handle(self, *args: object, **options: object) -> None:
        forgotten = asked.forget(timezone.localdate())
        self.stdout.write(
            f"{forgotten.hidden} texts hashed again, {forgotten.deleted} old rows deleted."
        )
