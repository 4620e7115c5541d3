"""`satama reindex`: every process reads the content afresh; says what the index holds."""

import time

from django.core.management.base import BaseCommand

from satama.databank import version
from satama.databank.reading import Reader, regions
from satama.finder.catalogue import catalogue


class Command(BaseCommand):
    help = "Make every process read the content afresh, and show what the index holds."

    def handle(self, *args: object, **options: object) -> None:
        version.touch()
        for region in regions().values():
            reader = Reader(region, region.languages[0], region.today())
            started = time.monotonic()
            known = catalogue(reader)
            documents = sum(1 for _document in known.documents())
            known.index.search("a", language=reader.language)
            seconds = time.monotonic() - started
            self.stdout.write(
                f"{region.slug}: {len(known.items)} entries, {documents} texts, {seconds:.1f} s"
            )
