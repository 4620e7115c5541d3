"""`satama check-content`: find every fault in the content packs; nothing is written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from satama.databank.packs.check import all_packs, counts, read_packs


class Command(BaseCommand):
    help = "Check content packs and the packs they build on; nothing is written."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="*", type=Path, help="folders; unset, all that we have")
        parser.add_argument("--no-warnings", action="store_true", help="show only faults")

    def handle(self, *args: Any, **options: Any) -> None:
        packs = read_packs(options["packs"] or all_packs(settings.CONTENT), settings.CONTENT)
        if not packs:
            raise CommandError(f"There is no content pack in {settings.CONTENT}.")
        warnings = [warning for pack in packs for warning in pack.warnings]
        if not options["no_warnings"]:
            for warning in warnings:
                self.stdout.write(f"warning: {warning}")
        faults = [fault for pack in packs for fault in pack.faults]
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults.")
        found = "; ".join(f"{pack.slug}: {counts(pack)}" for pack in packs)
        self.stdout.write(f"{found}; no faults, {len(warnings)} warnings.")
