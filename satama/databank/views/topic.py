"""The topics: all of them, and one with what it leads to."""

from django.db.models import Q
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
    about = Q(topics=found) | Q(topics__parent=found)
    entries = shelf.lasting(reader).filter(about).distinct()
    cards = shelf.cards(reader, shelf.with_heads(entries))
    below = [t for t in used(reader) if t.parent_id == found.pk]
    home = {found.pk: 0, **{t.pk: n for n, t in enumerate(below, 1)}}
    order = {row: place for place, row in enumerate(_first_topics(entries, home))}
    cards.sort(key=lambda card: order.get(card.entry.pk, len(order)))
    return show(
        request,
        "databank/topic.html",
        {"topic": found, "title": str(reader.say(found.labels)), "below": below, "cards": cards},
    )


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


def _first_topics(entries, home: dict[int, int]) -> list[int]:
    """Entry ids: those at home in the topic first, then by the order of the topics below it."""
    rows = entries.values_list("pk", "topic_rows__topic", "topic_rows__position")
    best: dict[int, tuple[int, int]] = {}
    for entry, topic_id, position in rows:
        if topic_id in home:
            best[entry] = min(best.get(entry, (99, 99)), (position, home[topic_id]))
    return sorted(best, key=lambda pk: best[pk])
