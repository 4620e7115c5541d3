"""Finding: a question and filters in, entries out. Works on the catalogue, not on the database."""

from dataclasses import dataclass

from satama.databank import shelf
from satama.databank.models import Entry
from satama.databank.reading import Reader

from .catalogue import Catalogue, Item, catalogue


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


def find(reader: Reader, wish: Wish) -> list[Entry]:
    """The entries that fit, best first; without words, those at home in more pressing topics
    first."""
    known = catalogue(reader)
    fitting = {pk: item for pk, item in known.items.items() if fits(item, wish, reader)}
    if wish.words.strip():
        hits = known.index.search(wish.words, language=reader.language, limit=200)
        return [fitting[hit.key].entry for hit in hits if hit.key in fitting]
    ordered = sorted(fitting.values(), key=lambda item: _place(item, known, reader))
    return [item.entry for item in ordered]


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
        and (not wish.served or wish.served in entry.languages_served)
        and (
            not wish.municipality
            or not item.municipalities
            or wish.municipality in item.municipalities
        )
        and (not wish.open or _open(item, reader))
    )


def _open(item: Item, reader: Reader) -> bool:
    running = shelf.running(item.entry, reader)
    return running and item.open_at(reader.now(), reader.region.country)


def cards(reader: Reader, entries: list[Entry]) -> list[shelf.Card]:
    """Cards for found entries, with the hours that the catalogue holds."""
    known = catalogue(reader).facts
    return [shelf.card(reader, entry, known) for entry in entries]


def open_now(reader: Reader, limit: int = 6) -> list[shelf.Card]:
    """What has a door open at this moment."""
    return cards(reader, find(reader, Wish(open=True))[:limit])


def suggest(reader: Reader, words: str) -> list[str]:
    return catalogue(reader).index.suggest(words, language=reader.language)
