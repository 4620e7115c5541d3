"""`satama export kokkola --to folder`: write a region as a content pack."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from satama.databank.management.named import region_named
from satama.databank.packs.export import NotExported, export_region


class Command(BaseCommand):
    help = "Write a region as a content pack, in the same format that `satama load` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("region", help="the region's slug, for example kokkola")
        parser.add_argument(
            "--to", type=Path, required=True, help="the folder for the pack's folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # One transaction: the files show the databank at one moment.
            with transaction.atomic():
                region = region_named(options["region"])
                target = export_region(region, options["to"])
        except NotExported as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['to']}: {error.strerror}.") from error
        self.stdout.write(f"Exported {region.slug} to {target}.")
