"""What a list of the desk has, as the items of a file."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from satama.base import html, languages
from satama.databank import facts, shelf
from satama.databank.models import Region, Text
from satama.databank.reading import Reader

from ..desk import Row
from ..words import Words, digest, in_one, words_of
from .po import Item, Mark

NONE, SHORT = "-", 16  # of a digest: enough to tell wordings of one text apart


def items(region: Region, language: str, rows: list[Row]) -> Iterator[Item]:
    """Each field of each text: what the source says, and the text so far. Fuzzy is what a machine
    made and nobody read, and what was made from other words. A fixed number of queries."""
    reader = Reader(region, language, region.today())
    values = _values(reader, {key for row in rows for key in _keys(words_of(row.source))})
    texts = Text.objects.filter(entry__in=[row.entry for row in rows], language=language)
    said = {text.entry_id: text for text in texts.select_related("made_from")}
    for row in rows:
        yield from _of_text(row, said.get(row.entry.pk), reader, values)


def _of_text(row: Row, text: Text | None, reader: Reader, values: dict[str, str]) -> Iterator[Item]:
    source = words_of(row.source)
    now = words_of(text) if text else {}
    before = text.made_from.words if text and text.made_from else source
    of, seen = digest(source)[:SHORT], digest(now)[:SHORT] if now else NONE
    page = f"{settings.PUBLIC_URL}{reader.base}entries/{row.entry.slug}"
    for name, value in source.items():
        changed = before.get(name) != value
        comments = [page, *_facts(in_one(value), values)]
        if changed and before.get(name):
            comments.append(_("Before: %(words)s") % {"words": in_one(before[name])})
        yield Item(
            Mark(row.entry.slug, name, row.source.language, of, seen),
            in_one(value),
            in_one(now.get(name)),
            sure=not now.get(name) or not (changed or (text and text.unread)),
            comments=tuple(comments),
        )


def _facts(words: str, values: dict[str, str]) -> Iterator[str]:
    for key in html.placeholders(words):
        if values.get(key):
            yield _("[[%(key)s]] shows now: %(value)s") % {"key": key, "value": values[key]}


def _keys(words: Words) -> list[str]:
    return html.placeholders(" ".join(in_one(value) for value in words.values()))


def _values(reader: Reader, keys: set[str]) -> dict[str, str]:
    """What each fact shows to readers of the language today, as plain words."""
    known = shelf.known_facts(reader, keys)
    with translation.override(languages.plain(reader.language)):
        shown = {
            key: facts.html(fact, reader.language, reader.order, reader.on)
            for key, fact in known.items()
        }
    return {key: html.words(said) for key, said in shown.items()}
