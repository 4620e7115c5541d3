"""The numbers to call now. The page works for people who read little: icons and numbers."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from satama.web.pages import show

from .. import shelf
from ..reading import Reader
from .public import public


@dataclass(frozen=True)
class Call:
    """A card with its number, and the pictures of what it is for."""

    card: shelf.Card
    door: shelf.Door
    icons: list[str]


@public()
def emergency(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(request, "databank/emergency.html", {"calls": calls(reader)})


def calls(reader: Reader) -> list[Call]:
    """What the region, or one it builds on, names to call; without those that have no number."""
    slugs = reader.emergency
    rows = shelf.with_heads(shelf.lasting(reader).filter(slug__in=slugs))
    found = sorted(rows.prefetch_related("topic_rows"), key=lambda entry: slugs.index(entry.slug))
    phones = {c.fact.key for entry in found for c in entry.channels.all() if c.fact}
    known = shelf.known_facts(reader, shelf.card_facts(found) | phones)
    cards = [shelf.card(reader, entry, known) for entry in found]
    return [
        Call(card, door, _icons(card, reader))
        for card in cards
        if (door := shelf.first_for(reader.language, (d for d in card.doors if d.rings)))
    ]


def _icons(card: shelf.Card, reader: Reader) -> list[str]:
    known = shelf.topics(reader)
    rows = card.entry.topic_rows.all()
    return [known[row.topic_id].icon for row in rows if row.topic_id in known][:3]
