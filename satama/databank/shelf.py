"""Takes things off the shelf: what a reader may see on a day, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from satama.base import html, languages

from . import facts, version
from .closures import known as closures
from .hours import Now, now
from .models import Channel, Entry, EntryLink, Fact, FactValue, Text, Topic
from .models.shared import in_force
from .reading import Reader, Said
from .upkeep.due import is_hidden

PARTS = ("eligibility", "fees", "application", "body")
# Of rows that many pages need: only what they show. Building a query costs by its columns.
HEAD = ("id", "entry_id", "language", "made", "checked", "title", "summary")
VALUE = (
    *("value", "confirmed", "checked"),
    *(f"fact__{name}" for name in ("key", "type", "hurts", "review_days")),
    *(f"fact__owner__{name}" for name in ("names", "url")),
)
PLACE = ("slug", "names", "address", "postal_code", "city", "hours__key")
DOOR = (
    *("entry", "position", "kind", "languages", "fact__key", "hours__key"),
    *(f"place__{name}" for name in PLACE),
    *(f"place__municipality__{name}" for name in ("slug", "names", "latitude", "longitude")),
)


def entries(reader: Reader) -> QuerySet[Entry]:
    """What is visible in the region; what begins later is not there yet. Keywords are for the
    index alone, and many."""
    found = Entry.objects.filter(live=True, region_id__in=reader.lineage)
    found = found.exclude(valid_from__gt=reader.on)
    return found.defer("keywords")


def lasting(reader: Reader) -> QuerySet[Entry]:
    """What is visible and has not ended."""
    return entries(reader).exclude(status="ended").exclude(valid_until__lt=reader.on)


def topics(reader: Reader) -> dict[int, Topic]:
    """The vocabulary by id, parents attached, in its order; kept for one content version."""
    return _vocabulary(version.current(), tuple(reader.lineage))


@lru_cache(maxsize=16)
def _vocabulary(_version: int, lineage: tuple[int, ...]) -> dict[int, Topic]:
    found = {topic.pk: topic for topic in Topic.objects.filter(region_id__in=lineage)}
    for topic in found.values():
        if topic.parent_id in found:
            topic.parent = found[topic.parent_id]
    return found


def known_facts(reader: Reader, keys: Iterable[str]) -> dict[str, facts.Shown]:
    """The facts by key, each with its value on the reader's day. At most two queries."""
    wanted = set(keys)
    if not wanted:
        return {}
    values = (
        FactValue.objects.filter(
            in_force(reader.on), fact__key__in=wanted, fact__region_id__in=reader.lineage
        )
        .select_related("fact__owner")
        .only(*VALUE)
    )
    found = {value.fact.key: shown(value.fact, value, reader) for value in values}
    lacking = wanted - found.keys()
    if lacking:
        rest = Fact.objects.filter(key__in=lacking, region_id__in=reader.lineage)
        found |= {fact.key: shown(fact, None, reader) for fact in rest.select_related("owner")}
    return found


def shown(fact: Fact, value: FactValue | None, reader: Reader) -> facts.Shown:
    """What the value says on the reader's day; nothing when nobody has found it true and it
    hurts."""
    if value and is_hidden(fact, value, reader.on):
        value = None
    return facts.Shown(
        key=fact.key,
        type=fact.type,
        value=value.value if value else None,
        confirmed=value.confirmed if value else True,
        owner=str(reader.say(fact.owner.names)) if fact.owner else "",
        owner_url=fact.owner.url if fact.owner else "",
    )


@dataclass(frozen=True)
class Door:
    """One way to reach an entry, as a reader sees it."""

    channel: Channel
    fact: facts.Shown | None
    hours: facts.Shown | None

    @property
    def kind(self) -> str:
        return self.channel.kind

    @property
    def number(self) -> str:
        """A phone number as people read it; empty when there is none today."""
        return self.fact.value or "" if self.fact and self.fact.type == "phone" else ""

    @property
    def rings(self) -> bool:
        """Whether it can be called today."""
        return self.kind == "phone" and bool(self.number)

    @property
    def dialled(self) -> str:
        return facts.dialled(self.number)

    def state(self, reader: Reader) -> Now | None:
        if self.hours is None or self.hours.value is None:
            return None
        if not running(self.channel.entry, reader):
            return None
        shut = closures.spans(reader, self.channel)
        return now(self.hours.value, reader.now(), reader.region.country, shut)


@dataclass(frozen=True)
class Card:
    """An entry on a list: its kind, title, one sentence, and what one looks for first."""

    entry: Entry
    title: Said
    summary: Said
    machine: bool
    ended: bool
    provider: Said | None
    doors: list[Door] = field(default_factory=list)

    def state(self, reader: Reader) -> Now | None:
        """Open if any door is, or what the first one with hours says. Advice has no hours."""
        if self.entry.kind in ADVICE:
            return None
        states = [state for door in self.doors if (state := door.state(reader))]
        return next((state for state in states if state.open), states[0] if states else None)


def ended(entry: Entry, reader: Reader) -> bool:
    return entry.status == "ended" or bool(entry.valid_until and entry.valid_until < reader.on)


def running(entry: Entry, reader: Reader) -> bool:
    """Neither ended nor closed for now: only then do its hours hold."""
    return entry.status == "active" and not ended(entry, reader)


def hours_fact(channel: Channel) -> Fact | None:
    """A door's own hours, or those of its place."""
    return channel.hours or (channel.place.hours if channel.place else None)


ADVICE = {"guide", "practice", "answer"}  # words to read, whatever phone they name
DOORS = Prefetch(
    "channels",
    Channel.objects.select_related("fact", "hours", "place__hours", "place__municipality").only(
        *DOOR
    ),
)


def with_heads(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Ready for cards: titles in all languages, providers, doors."""
    heads = Prefetch("texts", Text.objects.only(*HEAD))
    return found.select_related("organisation").prefetch_related(heads, DOORS)


def cards(reader: Reader, found: Iterable[Entry]) -> list[Card]:
    """Cards for entries from `with_heads`; two more queries for all their facts."""
    found = list(found)
    known = known_facts(reader, card_facts(found))
    return [card(reader, entry, known) for entry in found]


def card_facts(found: Iterable[Entry]) -> set[str]:
    """The keys that cards need: hours, and what summaries name."""
    keys: set[str] = set()
    for entry in found:
        keys |= {fact.key for c in entry.channels.all() if (fact := hours_fact(c))}
        keys |= {key for text in entry.texts.all() for key in html.placeholders(text.summary)}
    return keys


def named(text: Text) -> list[str]:
    """The keys of the facts that a text names, without those of its summary."""
    written = [*(getattr(text, part) for part in PARTS), *text.documents]
    return html.placeholders(" ".join(written))


def card(reader: Reader, entry: Entry, known: dict[str, facts.Shown]) -> Card:
    head = head_of(entry, reader)
    return Card(
        entry=entry,
        title=title_of(head, reader),
        summary=Said(
            with_facts(head.summary, head.language, known, reader),
            head.language,
            head.language == reader.language,
        ),
        machine=head.unread,
        ended=ended(entry, reader),
        provider=reader.say(entry.organisation.names) if entry.organisation else None,
        doors=doors(entry, known),
    )


def with_facts(
    text: str, language: str, known: dict[str, facts.Shown], reader: Reader
) -> SafeString:
    """Plain words as HTML, facts in their places."""

    def value_of(key: str) -> str:
        if key not in known:
            return ""
        return facts.html(known[key], language, [language, *reader.order], reader.on)

    return mark_safe(html.fill(escape(text), value_of))  # noqa: S308  escaped


def doors(entry: Entry, known: dict[str, facts.Shown]) -> list[Door]:
    return [
        Door(
            channel,
            known.get(channel.fact.key) if channel.fact else None,
            known.get(fact.key) if (fact := hours_fact(channel)) else None,
        )
        for channel in entry.channels.all()
    ]


def first_for(language: str, doors: Iterable[Door]) -> Door | None:
    """The one that somebody takes first: in their language, then for everybody, then another."""

    def order(door: Door) -> int:
        spoken = door.channel.languages
        return 1 if not spoken else 0 if languages.plain(language) in spoken else 2

    return min(doors, key=order, default=None)


def head_of(entry: Entry, reader: Reader) -> Text:
    """The text whose title a reader sees; an entry always has one (the loader and forms see to
    it)."""
    by_language = {text.language: text for text in entry.texts.all()}
    for language in reader.order:
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), Text(language="", title=entry.slug, summary=""))


def title_of(head: Text, reader: Reader) -> Said:
    return Said(head.title, head.language, head.language == reader.language)


def body_of(entry: Entry, reader: Reader) -> Text:
    """The first text that has a body; titles may be translated before the rest is."""
    by_language = {text.language: text for text in entry.texts.all() if text.body}
    for language in reader.order:
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), head_of(entry, reader))


def full_entry(reader: Reader, slug: str) -> Entry | None:
    """An entry with everything its page shows."""
    near = Prefetch(
        "links",
        EntryLink.objects.filter(target__live=True)
        .exclude(target__valid_from__gt=reader.on)
        .select_related("target")
        .only("entry", "relation", "target__slug")
        .prefetch_related(Prefetch("target__texts", Text.objects.only(*HEAD))),
    )
    return (
        entries(reader)
        .filter(slug=slug)
        .select_related("organisation__successor")
        .prefetch_related(
            "texts",
            DOORS,
            near,
            "topic_rows",
            "also",
            "municipalities",
        )
        .first()
    )
