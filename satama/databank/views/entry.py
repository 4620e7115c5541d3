"""An entry's page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from satama.base import html, languages
from satama.web.pages import counted, show
from satama.web.qr import drawn

from .. import facts, shelf
from ..continuity import leading
from ..linked import entry_data
from ..models import Entry, Text, Topic
from ..reach.counting import name_of
from ..reading import Reader, Said
from .pictures import picture_of
from .public import frame, public


@dataclass(frozen=True)
class Words:
    """An entry's words for a reader. `own` is false when the body is in another language than
    asked."""

    head: Text
    summary: SafeString
    full: Text
    eligibility: SafeString
    fees: SafeString
    application: SafeString
    body: SafeString
    documents: list[SafeString]
    own: bool
    easy: bool


@public()
def entry(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    found = shelf.full_entry(reader, slug)
    if found is None or leading.leaves(reader, found):
        raise Http404
    page = _page(request, reader, found)
    return page if reader.rehearsing else counted(page, name_of(found.pk, reader.language))


def preview(request: HttpRequest, found: Entry, language: str, day: str = "") -> HttpResponse:
    """The page as a draft would make it, today or on a day (YYYY-MM-DD); what is not in the draft
    is as it is published."""
    found = with_translations(found)
    reader = Reader(found.region, language, _day(day) or found.region.today(), rehearsing=True)
    request.path = f"{reader.base}entries/{found.slug}"
    with translation.override(languages.plain(language)):
        request.reader, request.frame = reader, frame(request, reader)
        response = _page(request, reader, found)
    response.headers["Content-Language"] = language
    return response


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Http404 from None


def with_translations(draft: Entry) -> Entry:
    """The draft with what translators wrote, which no draft has."""
    held = {text.language: text for text in draft.texts.all()}
    now = Text.objects.filter(entry=draft.pk).exclude(language__in=held)
    draft.texts = [*held.values(), *now]
    return draft


def _page(request: HttpRequest, reader: Reader, found: Entry) -> HttpResponse:
    return show(request, "databank/entry.html", context(request, reader, found))


def context(request: HttpRequest, reader: Reader, found: Entry) -> dict[str, Any]:
    """What an entry's page shows."""
    full = shelf.body_of(found, reader)
    known = shelf.known_facts(reader, _keys(found, full))
    doors = shelf.doors(found, known)
    page = {
        "entry": found,
        "words": words_of(found, full, known, reader),
        "doors": doors,
        "picture": picture_of(found, reader),
        "ended": shelf.ended(found, reader),
        "wants_easy": languages.is_easy(reader.language),
        "easier": _easier(found, reader),
        "topics": _topics(found, reader),
        "before": _links(found, reader, "after"),
        "after": _links(found, reader, "next"),
        "office": reader.region.office,
        "share": request.frame.canonical,
        "share_quoted": quote(request.frame.canonical, safe=""),
    }
    page["data"] = entry_data(page, reader, request.frame)
    return page


@public()
def code(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """The entry's address as a QR code, to be scanned from a screen or a paper."""
    if not shelf.entries(reader).filter(slug=slug).exists():
        raise Http404
    address = f"{settings.PUBLIC_URL}{reader.base}entries/{slug}"
    return HttpResponse(
        drawn(address).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        content_type="image/svg+xml",
    )


def words_of(found: Entry, full: Text, known: dict[str, facts.Shown], reader: Reader) -> Words:
    """The texts as HTML with the facts in their places."""

    def value_of(key: str) -> str:
        fact = known.get(key)
        if fact is None:
            return ""
        return facts.html(fact, full.language, [full.language, *reader.order], reader.on)

    head = shelf.head_of(found, reader)

    def rich(text: str) -> SafeString:
        clean = html.from_markdown(text, lambda slug: f"{reader.base}entries/{slug}")
        return mark_safe(html.fill(clean, value_of))  # noqa: S308  cleaned by base.html

    # Words around a fact ("all day", "not confirmed") are in the language of its text.
    with translation.override(languages.plain(full.language)):
        parts = {part: rich(getattr(full, part)) for part in shelf.PARTS}
        documents = [rich(line) for line in full.documents]
    return Words(
        head=head,
        summary=shelf.with_facts(head.summary, head.language, known, reader),
        full=full,
        documents=documents,
        own=full.language == reader.language,
        easy=languages.is_easy(full.language),
        **parts,
    )


def _topics(found: Entry, reader: Reader) -> list[Topic]:
    """In the entry's own order: the first is its home."""
    known = shelf.topics(reader)
    return [known[row.topic_id] for row in found.topic_rows.all() if row.topic_id in known]


def _easier(found: Entry, reader: Reader) -> str:
    """Where this page is in the easy variant of the reader's language, if it is."""
    easy = reader.language + languages.EASY
    spoken = {text.language for text in found.texts.all() if text.body}
    return f"/{reader.region.slug}/{easy}/entries/{found.slug}" if easy in spoken else ""


def _keys(found: Entry, full: Text) -> set[str]:
    ways = {channel.fact.key for channel in found.channels.all() if channel.fact}
    return ways | shelf.card_facts([found]) | set(shelf.named(full))


def _links(found: Entry, reader: Reader, relation: str) -> list[tuple[str, Said]]:
    """(slug, title) of the entries before or after this one."""
    return [
        (row.target.slug, shelf.title_of(shelf.head_of(row.target, reader), reader))
        for row in found.links.all()
        if row.relation == relation
    ]
