"""The offices of the network: what gives the same advice as the region's own office, by
municipality."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from satama.databank import shelf
from satama.databank.models import Entry, Municipality
from satama.databank.reading import Reader

KINDS = ("office", "service")


@dataclass(frozen=True)
class Office:
    """`towns`: where it helps, none for everywhere; `remote`: reached without a visit alone."""

    card: shelf.Card
    towns: tuple[Municipality, ...]
    remote: bool

    def serves(self, town: Municipality) -> bool:
        return not self.towns or town in self.towns

    def distance(self, town: Municipality) -> float:
        """Kilometres to the nearest municipality in which it is, or helps."""
        doors = (door.channel.place for door in self.card.doors)
        near = [place.municipality for place in doors if place and place.municipality]
        return min((between(town, one) for one in near or self.towns), default=float("inf"))


def municipalities(reader: Reader) -> list[Municipality]:
    """To choose from: the region's own first, then its neighbours."""
    now = Q(valid_until=None) | Q(valid_until__gte=reader.on)
    found = Municipality.objects.filter(now, region_id__in=reader.lineage)
    return sorted(found, key=lambda town: (not town.member, str(reader.say(town.names))))


def offices(reader: Reader, own: Entry | None) -> list[Office]:
    """What is at home in the same topic as the region's own office, which comes first."""
    home = own.topic_rows.first() if own else None
    if own is None or home is None:
        return []
    found = shelf.lasting(reader).filter(kind__in=KINDS, topic_rows__topic=home.topic_id)
    heads = shelf.with_heads(found).prefetch_related("topic_rows", "municipalities")
    entries = [entry for entry in heads if _home(entry) == home.topic_id]
    entries.sort(key=lambda entry: entry.pk != own.pk)
    cards = shelf.cards(reader, entries)
    return [
        Office(card, tuple(card.entry.municipalities.all()), _is_remote(card)) for card in cards
    ]


def ordered(found: list[Office], town: Municipality) -> list[Office]:
    """For who lives there: the nearest that helps them, then what needs no visit, then the rest,
    nearest first."""
    visits = [one for one in found if not one.remote]
    visits.sort(key=lambda one: (not one.serves(town), one.distance(town)))
    remote = [one for one in found if one.remote]
    return [*visits[:1], *remote, *visits[1:]]


def between(one: Municipality, other: Municipality) -> float:
    """Kilometres between their middles; endless when it is not known where they are."""
    if one == other:
        return 0.0
    if one.latitude is None or other.latitude is None:
        return float("inf")
    here, there = radians(float(one.latitude)), radians(float(other.latitude))
    east = radians(float(other.longitude or 0) - float(one.longitude or 0))
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def _home(entry: Entry) -> int | None:
    return next((row.topic_id for row in entry.topic_rows.all()), None)


def _is_remote(card: shelf.Card) -> bool:
    kinds = {door.kind for door in card.doors}
    return "place" not in kinds and bool(kinds & {"phone", "chat", "email"})
