"""`satama check-content`: find every fault in content packs, and what an editor would change."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from satama.databank.packs.check import all_packs, counts, read_packs, review
from satama.databank.packs.table import table


class Command(BaseCommand):
    help = "Check content packs and the packs they build on; nothing is written."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="*", type=Path, help="folders; unset, all that we have")
        parser.add_argument("--no-warnings", action="store_true", help="show only faults")
        parser.add_argument("--strict", action="store_true", help="warnings fail; stale does not")
        parser.add_argument("--table", action="store_true", help="show only what there is")

    def handle(self, *args: Any, **options: Any) -> None:
        packs = read_packs(options["packs"] or all_packs(settings.CONTENT), settings.CONTENT)
        if not packs:
            raise CommandError(f"There is no content pack in {settings.CONTENT}.")
        glossary = review(packs, settings.CONTENT, timezone.localdate())
        faults = [*glossary.faults, *(fault for pack in packs for fault in pack.faults)]
        warnings = [warning for pack in packs for warning in pack.warnings]
        stale = [one for pack in packs for one in pack.stale]
        if options["table"] and not faults:
            self.stdout.write(table(packs, timezone.localdate()))
            return
        if not options["no_warnings"]:
            for what, these in (("warning", warnings), ("stale", stale)):
                for one in these:
                    self.stdout.write(f"{what}: {one}")
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults.")
        found = "; ".join(f"{pack.slug}: {counts(pack)}" for pack in packs)
        said = f"{found}; no faults, {len(warnings)} warnings, {len(stale)} stale."
        if warnings and options["strict"]:
            raise CommandError(said)
        self.stdout.write(said)
