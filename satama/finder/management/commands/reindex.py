"""`satama reindex`: a new index beside the old one, swapped in while the service goes on."""

import time

from django.core.management.base import BaseCommand

from satama.finder import library


class Command(BaseCommand):
    help = "Make the index of search anew, and put it in the place of the old one at once."

    def handle(self, *args: object, **options: object) -> None:
        started = time.monotonic()
        sizes = library.rebuild().sizes()
        texts = ", ".join(f"{language} {size}" for language, size in sorted(sizes.items()))
        seconds = time.monotonic() - started
        self.stdout.write(f"{sum(sizes.values())} texts in {seconds:.1f} s: {texts}")
