"""`satama rehearse 2027-01-01`: what readers will see differently on a day to come."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from satama.base import words
from satama.databank.reading import regions
from satama.databank.rehearsal import FactChange, Gap, NotAhead, PageChange, rehearse
from satama.databank.values import check_date


class Command(BaseCommand):
    help = "List every public text and fact that will differ on a day, in each language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", help="a day after today, for example 2027-01-01")
        parser.add_argument("--region", default=settings.REGION, help="the region's slug")
        parser.add_argument("--language", help="only this language")

    def handle(self, *args: Any, **options: Any) -> None:
        region = regions().get(options["region"])
        if region is None:
            raise CommandError(_unknown("region", options["region"], regions()))
        spoken = [options["language"]] if options["language"] else region.languages
        if not set(spoken) <= set(region.languages):
            raise CommandError(_unknown("language", options["language"], region.languages))
        try:
            check_date(options["day"])
            day = date.fromisoformat(options["day"])
            found = rehearse(region, region.today(), day, spoken)
        except NotAhead as refusal:
            raise CommandError(str(refusal)) from None
        except ValueError as fault:
            raise CommandError(f"{fault}.") from None
        lines = [
            *_titled("Facts", found.facts, _of_fact),
            *_titled("Entries", found.entries, _of_page),
            *_titled("Organisations", found.organisations, _of_page),
        ]
        self.stdout.write(f"{region} on {_day(day)}, compared with today:")
        self.stdout.write("\n".join(lines or ["Nothing will read differently."]))


def _unknown(noun: str, asked: str, known: Iterable[str]) -> str:
    return f"There is no {noun} {asked!r}; there is: {', '.join(known) or 'none'}."


def _titled(title: str, changes: list[Any], told: Any) -> Iterator[str]:
    if changes:
        yield f"\n{title} ({len(changes)})"
    for change in changes:
        yield from told(change)


def _of_fact(change: FactChange) -> Iterator[str]:
    news = [_gap(change.gap)] if change.gap else []
    if change.hides:
        news.append(f"hides itself on {_day(change.hides)}: nobody has found it true")
    yield f"  {change.fact.key}" + (f": {'; '.join(news)}" if news else "")
    for language, turn in change.turns.items():
        yield f"    {language}: {turn.before} → {turn.after}"


def _of_page(page: PageChange) -> Iterator[str]:
    news = [f"begins on {_day(page.begins)}"] if page.begins else []
    news += [f"has ended after {_day(page.ends)}"] if page.ends else []
    news += [f"{c.fact.key} has {_gap(c.gap)}" for c in page.facts if c.gap and not c.turns]
    yield f"  {page.row.slug}" + (f": {'; '.join(news)}" if news else "")
    for language, title in page.titles.items():
        keys = page.keys(language)
        if keys or news:
            yield f"    {language}: {title}" + (f" ({', '.join(keys)})" if keys else "")


def _gap(gap: Gap) -> str:
    if gap.last is None:
        return f"no value from {_day(gap.first)} on"
    return f"no value from {_day(gap.first)} to {_day(gap.last)}"


def _day(day: date) -> str:
    return words.day(day, "en")
