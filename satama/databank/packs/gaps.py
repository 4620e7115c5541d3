"""What is missing or growing old in packs: languages, sources, topics that lead nowhere, dates."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from satama.base import languages
from satama.databank.upkeep.due import usual_days

from .files import Fault
from .prose import IN_BRACKETS, texts_of
from .reading import Item
from .shapes import SHAPES, named

SOON = timedelta(days=60)


def gaps_of_entry(item: Item, spoken: Iterable[str]) -> Iterator[Fault]:
    """Languages of the pack without a title, languages it does not have, half texts, no source."""
    texts = item.record.get("texts", {})
    # A person is the maker when none is named.
    by_people = {code: text for code, text in texts.items() if "made" not in text}
    whole = [code for code, text in by_people.items() if text.get("body")]
    for language in spoken:
        if language not in texts and not languages.is_easy(language):
            yield item.fault("texts", f"texts: nothing in {language}")
    for language in by_people:
        if whole and language not in whole:
            here = f"texts.{language}"
            yield item.fault(here, f"{here}: no body, though texts.{whole[0]} has one")
    for language in texts:
        if spoken and language not in spoken:
            here = f"texts.{language}"
            yield item.fault(here, f"{here}: not one of the languages of this pack")
    if not item.record.get("source"):
        yield item.fault("source", "no source")


def gaps_of_topics(topics: list[Item], items: Iterable[Item]) -> Iterator[Fault]:
    """Every topic has words in all the languages of the vocabulary, and an entry or a topic that
    has one."""
    spoken = {language for item in topics for language in item.record.get("labels", {})}
    used = {slug for item in items for slug in item.record.get("topics", ())}
    used |= {item.record.get("parent", "") for item in topics if item.slug in used}
    for item in topics:
        for key in ("labels", "synonyms"):
            if missing := sorted(spoken - item.record.get(key, {}).keys()):
                yield item.fault(key, f"{item.slug}: no {key} in {', '.join(missing)}")
        if item.slug not in used:
            yield item.fault("slug", f"{item.slug}: no entry has this topic")


def gaps_of_values(fact: Item, spoken: Iterable[str]) -> Iterator[Fault]:
    """A text that is in some languages is in all languages of the pack."""
    for number, value in enumerate(fact.record.get("values", [])):
        said = value.get("value")
        if isinstance(said, dict):
            wanted = [code for code in spoken if not languages.is_easy(code)]
            if missing := ", ".join(code for code in wanted if code not in said):
                yield fact.fault(f"values.{number}", f"{fact.slug}: no words in {missing}")


def gaps_of_facts(facts: list[Item], items: Iterable[Item]) -> Iterator[Fault]:
    """A fact that no text, channel, organisation or place names is work for nobody's use."""
    used = set()
    for item in items:
        used |= {slug for kind, slug, _ in named(SHAPES[item.kind], item.record) if kind == "fact"}
        used |= {key for _, text in texts_of(item) for key in IN_BRACKETS.findall(text)}
    for fact in facts:
        if fact.slug not in used:
            yield fact.fault("key", f"{fact.slug}: nothing names this fact")


def stale(item: Item, today: date) -> Iterator[Fault]:
    """What ended, ends soon, or was last checked longer ago than it should. Changes by the day."""
    record = item.record
    if item.kind == "fact" and record.get("values"):
        last = record["values"][-1]
        yield from _ending(item, last, f"values.{len(record['values']) - 1}", today)
    elif item.kind == "entry" and record.get("status") == "active":
        yield from _ending(item, record, "", today)


def _days(item: Item) -> timedelta:
    """How old a look may be."""
    record = item.record
    usual = usual_days(item.kind, record.get("kind", ""), record.get("hurts", False))
    return timedelta(days=record.get("review_days") or usual)


def _ending(item: Item, record: dict, path: str, today: date) -> Iterator[Fault]:
    until, checked = record.get("valid_until"), record.get("checked")
    if until and date.fromisoformat(until) < today:
        yield item.fault(path, f"{item.slug}: ended {until}, and nothing follows")
    elif until and date.fromisoformat(until) - today < SOON:
        yield item.fault(path, f"{item.slug}: ends {until}, and nothing follows")
    if not checked or today - date.fromisoformat(checked) > _days(item):
        yield item.fault(path, f"{item.slug}: last checked {checked or 'never'}")
