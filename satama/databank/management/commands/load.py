"""`satama load`: put content packs into the databank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.load import NotLoaded, load_packs


class Command(BaseCommand):
    help = "Load content packs: all or nothing, and never over staff's edits."

    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="*", type=Path, help="folders; unset, all that we have")

    def handle(self, *args: Any, **options: Any) -> None:
        packs = read_packs(options["packs"] or all_packs(settings.CONTENT), settings.CONTENT)
        if not packs:
            raise CommandError(f"There is no content pack in {settings.CONTENT}.")
        faults = [fault for pack in packs for fault in pack.faults]
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults; nothing was loaded.")
        try:
            result = load_packs(packs, self._say)
        except NotLoaded as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        for line in (*result.kept, *result.missing):
            self.stdout.write(line)
        self.stdout.write(
            f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged, "
            f"{len(result.kept)} kept as staff left them, "
            f"{len(result.missing)} no longer in the packs."
        )

    def _say(self, line: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(line)
