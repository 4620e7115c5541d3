"""`satama check-links`: ask the web addresses that our pages show whether they still work."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from satama.databank.links.actions import list_links
from satama.databank.links.checking import check
from satama.databank.models import Link


class Command(BaseCommand):
    help = "Ask the links that are due, politely, and stop. May run twice at once and be stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, help="ask at most so many links")
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        list_links(timezone.localdate(now), now)
        if options["all"]:
            Link.objects.filter(due__gt=now).update(due=now)
        counted = check(options["limit"])
        found = ", ".join(f"{counted[state]} {state}" for state in sorted(counted)) or "none"
        left = Link.objects.filter(due__lte=timezone.now()).count()
        self.stdout.write(f"Asked {counted.total()} links: {found}. {left} are still to be asked.")
