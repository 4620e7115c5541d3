"""An entry as the short form has it, and back. What the form does not have stays as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..models import Channel, Entry, EntryTopic, Fact, FactValue, Place, Text
from ..models.shared import in_force

WORDS = ("title", "summary", "body", "fees", "application")
FIELDS = ("kind", "audiences", "charge", "languages_served", "valid_until")
WAYS = {"phone": "phone", "email": "email", "web": "url"}  # a channel's kind, and its fact's type


def told(entry: Entry, on: date) -> dict[str, Any]:
    """What the form begins with."""
    text = entry.source_of(entry.texts.all()) or Text()
    first = ways_of(entry)
    topic = next(iter(entry.topic_rows.all()), None)
    return {
        **{name: getattr(text, name) for name in WORDS},
        **{name: getattr(entry, name) for name in FIELDS},
        **{kind: value_on(first[kind].fact, on) if kind in first else "" for kind in WAYS},
        "place": first["place"].place_id if "place" in first else None,
        "topic": topic.topic_id if topic else None,
    }


def ways_of(entry: Entry) -> dict[str, Channel]:
    """The first channel of each kind: the form has one of each."""
    found: dict[str, Channel] = {}
    for channel in _in_order(entry):
        found.setdefault(channel.kind, channel)
    return found


def _in_order(entry: Entry) -> list[Channel]:
    return sorted(entry.channels.all(), key=lambda channel: channel.position)


def value_on(fact: Fact | None, on: date) -> str:
    value = FactValue.objects.filter(in_force(on), fact=fact).first() if fact else None
    return str(value.value) if value else ""


def fill(entry: Entry, given: Mapping[str, Any], ways: Mapping[str, Fact | Place | None]) -> None:
    """Write what the form says into a draft. `ways`: by a channel's kind, where it leads."""
    for name in FIELDS:
        setattr(entry, name, given[name])
    texts = list(entry.texts.all())
    text = entry.source_of(texts)
    if text is None:
        text = Text(language=given["language"])
        texts.append(text)
    for name in WORDS:
        setattr(text, name, given[name])
    text.made, text.checked = "person", None
    text.clean()
    entry.texts = texts  # type: ignore[misc]  # modelcluster sets them
    entry.channels = _channels(entry, ways)  # type: ignore[misc]
    entry.topic_rows = _topics(entry, given["topic"])  # type: ignore[misc]


def _channels(entry: Entry, ways: Mapping[str, Fact | Place | None]) -> list[Channel]:
    first: dict[str, Channel] = {}
    kept = [one for one in _in_order(entry) if first.setdefault(one.kind, one) is not one]
    for kind, target in ways.items():
        channel = first.pop(kind, None) or Channel(kind=kind)
        if target is None:
            continue
        if isinstance(target, Place):
            channel.hours = channel.hours if channel.place == target else None
            channel.place = target
        else:
            channel.fact = target
        first[kind] = channel
    ordered = sorted([*first.values(), *kept], key=_position)
    for position, channel in enumerate(ordered):
        channel.position = position
    return ordered


def _position(channel: Channel) -> tuple[bool, int]:
    """New ones stand last."""
    return channel.pk is None, channel.position


def _topics(entry: Entry, topic: int) -> list[EntryTopic]:
    """The form's topic is the entry's home; the others follow."""
    home, *others = list(entry.topic_rows.all()) or [EntryTopic()]
    home.topic_id = topic
    rows = [home, *(row for row in others if row.topic_id != topic)]
    for position, row in enumerate(rows):
        row.position = position
    return rows
