"""Verbs of translating: remember what a text was made from, say that it is still right."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from satama.databank.models import Entry, Text, Wording

from .words import digest, words_of


@transaction.atomic
def made_now(texts: Collection[Text]) -> None:
    """These texts were made from their entries' sources as those are now."""
    of_entry: dict[int, list[Text]] = {}
    for text in texts:
        of_entry.setdefault(text.entry_id, []).append(text)
    wordings: dict[int, Wording] = {}
    changed: list[Text] = []
    for entry in (
        Entry.objects.filter(pk__in=of_entry).select_related("region").prefetch_related("texts")
    ):
        first = entry.source_of(entry.texts.all())
        for text in of_entry[entry.pk]:
            if first and text.language != first.language:
                wordings[entry.pk] = wording_of(first)
                changed.append(text)
    Wording.objects.bulk_create(wordings.values(), ignore_conflicts=True)
    kept = {
        (row.entry_id, row.language, row.digest): row
        for row in Wording.objects.filter(entry__in=wordings)
    }
    for text in changed:
        made = wordings[text.entry_id]
        text.made_from = kept[made.entry_id, made.language, made.digest]
    Text.objects.bulk_update(changed, ["made_from"])


def wording_of(text: Text) -> Wording:
    """What a text says now, to be kept by whatever is made from it."""
    words = words_of(text)
    return Wording(
        entry_id=text.entry_id, language=text.language, digest=digest(words), words=dict(words)
    )


def _kept(wording: Wording) -> Wording:
    Wording.objects.bulk_create([wording], ignore_conflicts=True)
    return Wording.objects.get(
        entry=wording.entry_id, language=wording.language, digest=wording.digest
    )


class Overtaken(Exception):
    """Somebody else wrote the text meanwhile; nothing was saved."""


@transaction.atomic
def write(
    text: Text, *, seen: str, of: Wording, checked: bool, by: Any, remade: bool = False
) -> None:
    """Save what a translator wrote. `seen`: the digest of the words that they began from, empty for
    none. `of`: the source as they had it before them, whatever it says by now. Raises Overtaken.
    A new text, and one that is `remade`, was made from it; another only when a person says that it
    is right (`checked`)."""
    Entry.objects.select_for_update().get(pk=text.entry_id)
    there = Text.objects.filter(entry=text.entry_id, language=text.language).first()
    if (digest(words_of(there)) if there else "") != seen:
        raise Overtaken
    if checked:
        text.checked = timezone.localdate()
    if checked or remade or there is None:
        text.made_from = _kept(of)
    text.save()
    log(text.entry, "databank.text", user=by, data={"language": text.language})


def means_the_same(before: Mapping[int, str]) -> None:
    """The sources of these entries were changed from the wordings with these digests, and mean the
    same (a slip, a comma): what was up to date before still is."""
    texts = Text.objects.filter(entry__in=before, made_from__digest__in=before.values())
    read = texts.select_related("made_from")
    made_now([text for text in read if _was_made_from(text, before[text.entry_id])])


def _was_made_from(text: Text, digest: str) -> bool:
    return text.made_from is not None and text.made_from.digest == digest


@contextmanager
def sources_mean_the_same(entries: QuerySet[Entry]) -> Iterator[None]:
    """Whatever happens to the texts of these entries within, outdates no translation."""
    with transaction.atomic():
        before = {entry.pk: _digest(entry) for entry in entries.prefetch_related("texts")}
        yield
        means_the_same(before)


def _digest(entry: Entry) -> str:
    first = entry.source_of(entry.texts.all())
    return digest(words_of(first)) if first else ""
