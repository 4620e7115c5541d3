"""The topics: all of them, and one with what it leads to."""

from django.http import Http404, HttpRequest, HttpResponse

from satama.web.pages import show

from .. import shelf
from ..models import Topic
from ..reading import Reader
from .public import public


@public()
def topics(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(request, "databank/topics.html", {"tree": tree(reader)})


@public()
def topic(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    found = next((t for t in shelf.topics(reader).values() if t.slug == slug), None)
    if found is None:
        raise Http404
    below = [t for t in used(reader) if t.parent_id == found.pk]
    page = {
        "topic": found,
        "title": str(reader.say(found.labels)),
        "below": below,
        "sections": _sections(reader, [found, *below]),
    }
    return show(request, "databank/topic.html", page)


def tree(reader: Reader) -> list[tuple[Topic, list[Topic]]]:
    """Situations in order, each with the topics below it that lead somewhere."""
    found = used(reader)
    return [
        (top, [t for t in found if t.parent_id == top.pk]) for top in found if not top.parent_id
    ]


def used(reader: Reader) -> list[Topic]:
    """The topics that lead to an entry, themselves or through those below; in the pack's order."""
    found = list(shelf.topics(reader).values())
    leading = set(shelf.lasting(reader).values_list("topics", flat=True).distinct())
    leading |= {topic.parent_id for topic in found if topic.pk in leading}
    return [topic for topic in found if topic.pk in leading]


def _sections(reader: Reader, topics: list[Topic]) -> list[tuple[Topic, list[shelf.Card]]]:
    """Each topic with its cards. An entry stands once: where it is most at home."""
    entries = shelf.lasting(reader).filter(topics__in=topics).distinct()
    cards = {card.entry.pk: card for card in shelf.cards(reader, shelf.with_heads(entries))}
    place = {topic.pk: number for number, topic in enumerate(topics)}
    best: dict[int, tuple[int, int]] = {}
    for pk, topic_id, position in entries.values_list(
        "pk", "topic_rows__topic", "topic_rows__position"
    ):
        if topic_id in place and pk in cards:
            best[pk] = min(best.get(pk, (99, 99)), (position, place[topic_id]))
    held: dict[int, list[shelf.Card]] = {}
    for pk in sorted(best, key=lambda pk: best[pk]):
        held.setdefault(best[pk][1], []).append(cards[pk])
    return [(topics[number], held[number]) for number in sorted(held)]
