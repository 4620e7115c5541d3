"""`satama why "tax card" tax-card`: what makes an entry stand where it stands among the answers."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from satama.databank.models import Entry
from satama.databank.reading import Reader, regions
from satama.finder import library, search


class Command(BaseCommand):
    help = "Show the parts of an entry's score for a question."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question")
        parser.add_argument("slug")
        parser.add_argument("--region", default=settings.REGION)
        parser.add_argument("--language", default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        region = regions().get(options["region"])
        if region is None or options["language"] not in region.languages:
            raise CommandError("There is no such region, or it does not have this language.")
        reader = Reader(region, options["language"], region.today())
        answer = search.find(reader, search.Wish(words=options["question"]))
        place = {one.entry.slug: number for number, one in enumerate(answer.found, 1)}
        number = place.get(options["slug"])
        said = f"place {number}" if number else "not among the answers"
        self.stdout.write(
            f"{options['slug']}: {said} of {len(answer.found)}; "
            f"{'confident' if answer.confident else 'nothing fits well'}"
        )
        self._parts(reader, options["question"], options["slug"])
        for why, factor in (answer.found[number - 1].weighed if number else {}).items():
            self.stdout.write(f"  x {factor:.2f}  {why}")

    def _parts(self, reader: Reader, question: str, slug: str) -> None:
        key = (
            Entry.objects.filter(slug=slug, region_id__in=reader.lineage).values_list("pk").first()
        )
        if key is None:
            raise CommandError(f"There is no entry {slug}.")
        for shelf, asked, weight in library.index().questions(question, reader.language):
            parts = asked.parts(key[0])
            total = sum(score for _, score in parts) * weight
            self.stdout.write(f"{shelf.language}: {total:.3f} (weight {weight})")
            for name, score in sorted(parts, key=lambda part: -part[1])[:12]:
                self.stdout.write(f"  + {score * weight:.3f}  {name}")
