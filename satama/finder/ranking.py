"""What makes one answer better than another beside its words. No database; today is a parameter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from satama.databank.models import Entry

from .engine import analysis

OLD = timedelta(days=365)
# "How do I …" asks for a guide, "today" for what is open. Whole words, or runs without blanks.
HOW = """
    how miten kuinka hur як как كيف چگونه چطور sidee kuidas nasıl nasil cómo como comment wie cách
    कसरी
"""
TODAY = """
    today now tonight open tänään nyt auki idag nu öppet сьогодні зараз відкрито сегодня сейчас
    открыто اليوم الان امروز maanta täna bugün hoy aujourd heute hôm आज
"""
HOW_RUNS, TODAY_RUNS = ("怎么", "如何", "อย่างไร", "ยังไง"), ("今天", "现在", "วันนี้", "ตอนนี้")


@dataclass(frozen=True)
class Asked:
    """What a question wants beside its words. towns: slugs of municipalities that it names."""

    how: bool = False
    today: bool = False
    employer: bool = False
    towns: frozenset[str] = frozenset()


def asked(words: str, employer_words: Collection[str], towns: dict[str, frozenset[str]]) -> Asked:
    """Read a question. `employer_words`: words that only topics for employers have, folded.
    `towns`: the names of each municipality, folded."""
    said = set(analysis.plain(words).split())
    typed = analysis.normalise(words)
    named = {slug for slug, names in towns.items() if said & names}
    return Asked(
        how=bool(said & _HOW) or any(run in typed for run in HOW_RUNS),
        today=bool(said & _TODAY) or any(run in typed for run in TODAY_RUNS),
        employer=bool(said & set(employer_words)),
        towns=frozenset(named),
    )


_HOW = frozenset(analysis.plain(HOW).split())
_TODAY = frozenset(analysis.plain(TODAY).split())


def factors(
    entry: Entry,
    asked: Asked,
    *,
    towns: Collection[str],
    home: str,
    ended: bool,
    open_now: bool,
    on: date,
) -> dict[str, float]:
    """By what a score is multiplied, and why. `towns`: where the entry can be used; empty for the
    whole region. `home`: the municipality that the region is named for."""
    only_employers = entry.audiences == ["employer"]
    wanted = asked.towns or {home}
    found = {
        "ended": 0.6 if ended else 1.0,
        "closed for now": 0.9 if entry.status == "closed" else 1.0,
        "not confirmed": 1.0 if entry.confirmed else 0.97,
        "long not checked": 0.95 if not entry.checked or on - entry.checked > OLD else 1.0,
        "guide for how": 1.08 if asked.how and entry.kind == "guide" else 1.0,
        "open today": 1.1 if asked.today and open_now else 1.0,
        "for employers": 1.15 if asked.employer and "employer" in entry.audiences else 1.0,
        "only for employers": 0.9 if only_employers and not asked.employer else 1.0,
        "in the town": 1.2 if asked.towns & set(towns) else 1.0,
        "of another town": 0.7 if towns and not wanted & set(towns) else 1.0,
    }
    return {why: factor for why, factor in found.items() if factor != 1.0}
