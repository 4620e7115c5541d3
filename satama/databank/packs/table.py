"""What there is, by language and by state, as Markdown: for docs/content.md and for a meeting."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from .check import Pack
from .reading import Item


def table(packs: list[Pack], today: date) -> str:
    """Two tables: texts and words by language; entries and facts by state."""
    entries = [item for pack in packs for item in pack.of("entry")]
    topics = [item for pack in packs for item in pack.of("topic")]
    spoken = list(dict.fromkeys(lang for pack in packs for lang in _languages(pack, topics)))
    words = [
        [language, *_texts(entries, language), *_words(topics, entries, language)]
        for language in spoken
    ]
    states = [[pack.slug, *_states(pack, today)] for pack in packs]
    return "\n".join(
        [
            *_rows(
                "language | whole text | title and summary | of these by machine"
                " | topic labels | everyday words | keywords of entries",
                words,
            ),
            "",
            *_rows(
                "pack | entries | ended | not confirmed | facts | ended | later | not confirmed"
                " | organisations | places | topics",
                states,
            ),
        ]
    )


def _languages(pack: Pack, topics: list[Item]) -> Iterable[str]:
    if pack.items:
        yield from pack.items[0].record.get("languages", [])
    for topic in topics:
        yield from topic.record.get("labels", {})


def _texts(entries: list[Item], language: str) -> list[int]:
    texts = [item.record.get("texts", {}).get(language) for item in entries]
    whole = sum(bool(text and text.get("body")) for text in texts)
    title_only = sum(bool(text and not text.get("body")) for text in texts)
    machine = sum(bool(text and text.get("made") == "machine") for text in texts)
    return [whole, title_only, machine]


def _words(topics: list[Item], entries: list[Item], language: str) -> list[int]:
    labels = sum(language in topic.record.get("labels", {}) for topic in topics)
    phrases = sum(len(topic.record.get("synonyms", {}).get(language, ())) for topic in topics)
    keywords = sum(len(entry.record.get("keywords", {}).get(language, ())) for entry in entries)
    return [labels, phrases, keywords]


def _states(pack: Pack, today: date) -> list[int]:
    entries = Counter(
        "ended"
        if item.record.get("status") == "ended"
        else "open"
        if item.record["confirmed"]
        else "unsure"
        for item in pack.of("entry")
    )
    facts = Counter(_state(item, today) for item in pack.of("fact"))
    return [
        entries.total(),
        entries["ended"],
        entries["unsure"],
        facts.total(),
        facts["ended"],
        facts["later"],
        facts["unsure"],
        *(len(pack.of(kind)) for kind in ("organisation", "place", "topic")),
    ]


def _state(fact: Item, today: date) -> str:
    """What a reader gets from a fact today."""
    day = today.isoformat()
    values = fact.record["values"]
    for value in values:
        if value.get("valid_from", "") <= day <= value.get("valid_until", "9999"):
            return "held" if value["confirmed"] else "unsure"
    return "later" if any(value.get("valid_from", "") > day for value in values) else "ended"


def _rows(head: str, rows: list[list]) -> list[str]:
    columns = head.count("|") + 1
    ruler = "---|" + "---:|" * (columns - 1)
    return [f"| {head} |", f"|{ruler}", *(f"| {' | '.join(map(str, row))} |" for row in rows)]
