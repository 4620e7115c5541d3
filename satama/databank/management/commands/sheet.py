"""`satama sheet write` and `satama sheet read`: many at once, in a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from satama.databank.management.named import region_named
from satama.databank.models import Region
from satama.databank.sheets.actions import NotApplied, apply, foresee
from satama.databank.sheets.columns import SHEETS
from satama.databank.sheets.files import LARGEST, NotWritten, file_of, read
from satama.databank.sheets.table import Refused


class Command(BaseCommand):
    help = "Write entries, organisations and facts as a spreadsheet; read one: all or nothing."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        write = ways.add_parser("write", help="a region as .xlsx, or one kind of it as .csv")
        write.add_argument("--kind", choices=SHEETS, help="unset, all of them")
        reading = ways.add_parser("read", help="tell what a file would change")
        reading.add_argument("--apply", action="store_true", help="and change it")
        for way in (write, reading):
            way.add_argument("file", type=Path)
            way.add_argument("--region", default=settings.REGION, help="the region's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        region = region_named(options["region"])
        try:
            (self._write if options["way"] == "write" else self._read)(region, options)
        except (NotWritten, Refused) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from error

    def _write(self, region: Region, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        # One transaction: the file shows the databank at one moment.
        with transaction.atomic():
            content = file_of(region, path.name, [options["kind"]] if options["kind"] else [])
        path.write_bytes(content)
        self.stdout.write(f"Wrote {region.slug} to {path}.")

    def _read(self, region: Region, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        with path.open("rb") as file:
            sheets = read(file.read(LARGEST + 1), path.name)
        try:
            found = apply(sheets, region) if options["apply"] else foresee(sheets, region)
        except NotApplied as error:
            found = error.difference
        for line in found.lines():
            self.stdout.write(line)
        if found.is_refused:
            raise CommandError("Nothing was changed.")
        self.stdout.write(found.counts)
        if not options["apply"]:
            self.stdout.write("This is what would change. To change it, add --apply.")
