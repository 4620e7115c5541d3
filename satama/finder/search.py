"""Finding: a question and filters in, entries out, with the words that answer it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import translation

from satama.base import html, languages
from satama.databank import shelf, version
from satama.databank.models import Entry, EntryLink, Region, Text, Topic
from satama.databank.reading import Reader, Said

from . import answers, library
from .catalogue import Catalogue, Item, catalogue
from .engine import analysis
from .engine.index import OTHER_LANGUAGE
from .engine.phrases import WORD, Spoken
from .finding import Findings, Found, ask, is_open

MOST_TOPICS = 5
BESIDE_NEAREST = 0.4  # of the nearest topic's score: others share but a common word
MOST_WORDS = 20  # of a question, that are looked at for slips

Phrase = tuple[frozenset[str], frozenset[str]]  # its stems and 4-grams


@dataclass(frozen=True)
class Wish:
    """What a visitor asks for: words in any language, and filters (empty: no matter)."""

    words: str = ""
    topic: str = ""
    audience: str = ""
    served: str = ""
    municipality: str = ""
    kind: str = ""
    open: bool = False


def find(reader: Reader, wish: Wish) -> Findings:
    """The entries that fit, best first; without words, those at home in more pressing topics
    first."""
    known = catalogue(reader)
    fitting = {pk: item for pk, item in known.items.items() if fits(item, wish, reader)}
    if wish.words.strip():
        answer = ask(reader, wish.words, fitting)
        found = answers.apart(answer.found, lambda a, b: _copies(a.entry, b.entry, reader))
        return Findings(found, answer.confident)
    ordered = sorted(fitting.values(), key=lambda item: _place(item, known, reader))
    found = [Found(item.entry, 0.0, reader.language) for item in ordered]
    return Findings(found, bool(found))


def _copies(one: Entry, other: Entry, reader: Reader) -> bool:
    """Whether an organisation says nearly the same with both."""
    if not one.organisation_id or one.organisation_id != other.organisation_id:
        return False
    first, second = shelf.head_of(one, reader), shelf.head_of(other, reader)
    return first.language == second.language and answers.nearly_same(
        first.title, second.title, first.language
    )


def _place(item: Item, known: Catalogue, reader: Reader) -> tuple[bool, int, str]:
    rows = item.entry.topic_rows.all()
    first = min((known.topics[row.topic_id].position for row in rows), default=9999)
    return shelf.ended(item.entry, reader), first, item.entry.slug


def fits(item: Item, wish: Wish, reader: Reader) -> bool:
    entry = item.entry
    return (
        (not wish.topic or wish.topic in item.topics)
        and (not wish.kind or entry.kind == wish.kind)
        and (not wish.audience or bool({wish.audience, "everyone"} & set(entry.audiences)))
        and (not wish.served or wish.served in entry.spoken())
        and (
            not wish.municipality
            or not item.municipalities
            or wish.municipality in item.municipalities
        )
        and (not wish.open or is_open(item, reader))
    )


def cards(reader: Reader, entries: list[Entry]) -> list[shelf.Card]:
    """Cards for found entries, with the hours that the catalogue holds."""
    known = catalogue(reader).facts
    return [shelf.card(reader, entry, known) for entry in entries]


@dataclass(frozen=True)
class Answer:
    """A found entry: its card, the words that answer (or none), and what one looks for first."""

    card: shelf.Card
    passage: list[answers.Piece]
    phone: shelf.Door | None
    cost: Said | None
    next: tuple[str, Said] | None


def answered(reader: Reader, entries: list[Entry], words: str) -> list[Answer]:
    """The entries of one page as answers; as many queries for twenty as for one."""
    texts = _texts(reader, entries)
    asked = {code: answers.Question(words, code) for code in {t.language for t in texts.values()}}
    lines = {pk: _line(text, asked[text.language]) for pk, text in texts.items()}
    known = catalogue(reader).facts
    if more := {key for key in _keys(entries, texts, lines) if key not in known}:
        known |= shelf.known_facts(reader, more)  # kept for the next question
    found = []
    for entry in entries:
        card, text = shelf.card(reader, entry, known), texts[entry.pk]
        value_of = answers.PlainFacts(known, text.language, reader)
        found.append(
            Answer(
                card=card,
                passage=answers.marked(lines[entry.pk], asked[text.language], value_of),
                phone=shelf.first_for(reader.language, filter(_may_be_called, card.doors)),
                cost=_cost(entry, text, value_of),
                next=_following(reader, entry),
            )
        )
    return found


def _texts(reader: Reader, entries: list[Entry]) -> dict[int, Text]:
    """The text whose title the reader sees, with all its words, of each entry."""
    heads = {entry.pk: shelf.head_of(entry, reader) for entry in entries}
    spoken = {head.language for head in heads.values()}
    full = {
        (text.entry_id, text.language): text
        for text in Text.objects.filter(entry__in=heads, language__in=spoken)
    }
    # A text that is taken away this very second leaves the title that the catalogue holds.
    return {
        pk: full.get((pk, head.language))
        or Text(language=head.language or reader.language, title=head.title, summary=head.summary)
        for pk, head in heads.items()
    }


def _line(text: Text, question: answers.Question) -> str:
    with translation.override(languages.plain(text.language)):
        return answers.best(text, question)


def _keys(entries: list[Entry], texts: dict[int, Text], lines: dict[int, str]) -> set[str]:
    """The facts that answers name."""
    phones = {c.fact.key for e in entries for c in e.channels.all() if c.fact and c.kind == "phone"}
    said = [*lines.values(), *(text.fees for text in texts.values())]
    return phones | {key for words in said for key in html.placeholders(words)}


def _may_be_called(door: shelf.Door) -> bool:
    return bool(door.rings and door.fact and door.fact.confirmed)


def _cost(entry: Entry, text: Text, value_of: answers.PlainFacts) -> Said | None:
    """What the entry says of its price if that is short; otherwise whether there is one."""
    reader = value_of.reader
    if said := answers.short(text.fees, value_of):
        return Said(said, text.language, text.language == reader.language)
    if entry.charge in ("free", "fee"):
        return Said(entry.get_charge_display(), reader.language, True)
    return None


def _following(reader: Reader, entry: Entry) -> tuple[str, Said] | None:
    """The slug and title of what comes next after an entry, if something does."""
    items = catalogue(reader).items
    for target in _links(version.current(), tuple(reader.lineage)).get(entry.pk, []):
        if target in items and not shelf.ended(items[target].entry, reader):
            head = shelf.head_of(items[target].entry, reader)
            title = Said(head.title, head.language, head.language == reader.language)
            return items[target].entry.slug, title
    return None


@lru_cache(maxsize=8)
def _links(_version: int, lineage: tuple[int, ...]) -> dict[int, list[int]]:
    """What comes next after each entry of these regions, in order."""
    found: dict[int, list[int]] = {}
    links = EntryLink.objects.filter(entry__region__in=lineage, relation="next")
    for entry, target in links.values_list("entry", "target"):
        found.setdefault(entry, []).append(target)
    return found


def open_now(reader: Reader, limit: int = 6) -> list[shelf.Card]:
    """What has a door open at this moment."""
    found = find(reader, Wish(open=True)).found[:limit]
    return cards(reader, [one.entry for one in found])


def suggest(reader: Reader, words: str) -> list[str]:
    return library.index().suggest(words, language=reader.language, places=reader.lineage)


def correction(reader: Reader, words: str) -> str:
    """The question with words that nobody uses here put right; nothing when there are none."""
    here = [(spoken, set(analysis.words(words, spoken.language))) for spoken in _spoken_to(reader)]

    def mended(found: re.Match[str]) -> str:
        tokens = analysis.tokens(found[0])
        if len(tokens) != 1 or any(spoken.knows(tokens[0], meant) for spoken, meant in here):
            return found[0]
        if any(library.index().has(tokens[0], language) for language in reader.order):
            return found[0]
        return next(filter(None, (spoken.nearest(tokens[0]) for spoken, _ in here)), found[0])

    better = WORD.sub(mended, words, count=MOST_WORDS)
    return better if better != words else ""


def near_topics(reader: Reader, words: str) -> list[Topic]:
    """The topics that lead somewhere and share words with the question, nearest first."""
    known = catalogue(reader)
    used = {slug for item in known.items.values() for slug in item.topics}
    scores: dict[int, float] = {}
    for spoken in _spoken_to(reader):
        asked = set(analysis.words(words, spoken.language))
        weight = 1 if spoken.language == reader.language else OTHER_LANGUAGE
        for pk in spoken.topics:
            if score := weight * spoken.nearness(pk, asked):
                scores[pk] = max(score, scores.get(pk, 0))
    floor = BESIDE_NEAREST * max(scores.values(), default=0)
    near = [topic for topic in known.topics.values() if scores.get(topic.pk, -1) >= floor]
    found = [topic for topic in near if topic.slug in used]
    return sorted(found, key=lambda topic: -scores[topic.pk])[:MOST_TOPICS]


def urgent(reader: Reader, words: str) -> bool:
    """Whether the question has an everyday phrase for what the emergency numbers are for."""
    grams = set(analysis.grams(words))
    return any(
        stems and stems <= asked and len(own & grams) * 2 >= len(own)
        for language, phrases in _alarms(version.current(), reader.region, reader.on)
        if (asked := set(analysis.words(words, language)))
        for stems, own in phrases
    )


def _spoken_to(reader: Reader) -> list[Spoken]:
    """What people say in every language that topics speak, the reader's own first."""
    labels = [topic.labels for topic in catalogue(reader).topics.values()]
    day = (version.current(), reader.region, reader.on)
    spoken = dict.fromkeys([*reader.order, *(code for named in labels for code in named)])
    return [_spoken(*day, language) for language in spoken]


@lru_cache(maxsize=64)
def _spoken(_version: int, region: Region, on: date, language: str) -> Spoken:
    known = catalogue(Reader(region, language, on))
    texts = [text for item in known.items.values() for text in item.entry.texts.all()]
    return Spoken(
        language,
        {pk: _called(topic, language) for pk, topic in known.topics.items()},
        [text.title for text in texts if text.language == language],
    )


def _called(topic: Topic, language: str) -> list[str]:
    """A topic's label and everyday words."""
    return [*filter(None, [topic.labels.get(language)]), *topic.synonyms.get(language, [])]


@lru_cache(maxsize=16)
def _alarms(_version: int, region: Region, on: date) -> list[tuple[str, list[Phrase]]]:
    """What people call the homes of the entries to call in an emergency, in each language. The
    4-grams keep words apart that share no more than a stem."""
    reader = Reader(region, region.languages[0], on)
    known = catalogue(reader)
    homes = {
        row.topic_id
        for item in known.items.values()
        if item.entry.slug in reader.emergency
        for row in list(item.entry.topic_rows.all())[:1]
    }
    return [
        (code, [_phrase(said, code) for pk in homes for said in _called(known.topics[pk], code)])
        for code in region.languages
    ]


def _phrase(words: str, language: str) -> Phrase:
    return frozenset(analysis.words(words, language)), frozenset(analysis.grams(words))
