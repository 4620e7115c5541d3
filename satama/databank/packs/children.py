"""The rows that belong to a fact or an entry: written anew from their record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from satama.databank.models import Channel, Entry, EntryLink, EntryTopic, Fact, FactValue, Text

from ..translating.actions import made_now
from .shapes import CHANNEL, TEXT, Record

Slugs = dict[str, dict[str, int]]


def write_facts(pairs: Sequence[tuple[Fact, Record]], new: bool) -> None:
    """The values of facts; before, those of facts that are not new are removed."""
    if not new:
        FactValue.objects.filter(fact__in=[fact.pk for fact, _ in pairs]).delete()
    FactValue.objects.bulk_create(
        FactValue(fact_id=fact.pk, **_value(value))
        for fact, record in pairs
        for value in record["values"]
    )


def write_entries(pairs: Sequence[tuple[Entry, Record]], slugs: Slugs, new: bool) -> None:
    """Topics, channels, links, partners and texts of entries."""
    if not new:
        _remove([entry.pk for entry, _ in pairs])
    EntryTopic.objects.bulk_create(
        EntryTopic(entry_id=entry.pk, topic_id=slugs["topic"][slug], position=position)
        for entry, record in pairs
        for position, slug in enumerate(record["topics"])
    )
    Channel.objects.bulk_create(
        Channel(entry_id=entry.pk, position=position, **_channel(channel, slugs))
        for entry, record in pairs
        for position, channel in enumerate(record.get("channels", ()))
    )
    EntryLink.objects.bulk_create(
        EntryLink(entry_id=entry.pk, target_id=slugs["entry"][slug], relation=way, position=place)
        for entry, record in pairs
        for way in ("after", "next")
        for place, slug in enumerate(record.get(way, ()))
    )
    _write_plain_links(pairs, slugs)
    _write_texts(pairs, new)


def _remove(entries: list[int]) -> None:
    for model in (EntryTopic, Channel, EntryLink):
        model.objects.filter(entry__in=entries).delete()
    for through in (Entry.also.through, Entry.municipalities.through):
        through.objects.filter(entry__in=entries).delete()


def _write_plain_links(pairs: Sequence[tuple[Entry, Record]], slugs: Slugs) -> None:
    for key, kind in (("also", "organisation"), ("municipalities", "municipality")):
        through: Any = getattr(Entry, key).through
        through.objects.bulk_create(
            through(**{"entry_id": entry.pk, f"{kind}_id": slugs[kind][slug]})
            for entry, record in pairs
            for slug in record.get(key, ())
        )


def _write_texts(pairs: Sequence[tuple[Entry, Record]], new: bool) -> None:
    """A text that stays keeps its row: its history hangs on it. Only what is written now was made
    from the source as it is now."""
    there = {
        (text.entry_id, text.language): text
        for text in ([] if new else Text.objects.filter(entry__in=[entry.pk for entry, _ in pairs]))
    }
    fresh, changed = [], []
    for entry, record in pairs:
        for language, words in record["texts"].items():
            values = _words(words)
            text = there.pop((entry.pk, language), None)
            if text is None:
                fresh.append(Text(entry_id=entry.pk, language=language, **values))
            elif any(getattr(text, key) != value for key, value in values.items()):
                for key, value in values.items():
                    setattr(text, key, value)
                text.save()
                changed.append(text)
    Text.objects.bulk_create(fresh)
    if there:
        Text.objects.filter(pk__in=[text.pk for text in there.values()]).delete()
    made_now(fresh + changed)


def _words(words: Record) -> Record:
    empty: Record = {"made": "person", "documents": []}
    checked = date.fromisoformat(words["checked"]) if "checked" in words else None
    return {key: words.get(key, empty.get(key, "")) for key in TEXT} | {"checked": checked}


def _channel(channel: Record, slugs: Slugs) -> Record:
    references = {
        f"{key}_id": slugs[field.names].get(channel.get(key, ""))
        for key, field in CHANNEL.items()
        if field.names
    }
    plain = {"kind": channel["kind"], "languages": channel.get("languages", [])}
    return plain | references


def _value(value: Record) -> Record:
    texts = {key: value.get(key, "") for key in ("source", "source_date", "note")}
    days = {
        key: date.fromisoformat(value[key]) if key in value else None
        for key in ("valid_from", "valid_until", "checked")
    }
    return {"value": value["value"], "confirmed": value["confirmed"], **texts, **days}
