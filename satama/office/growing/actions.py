"""Verbs: make a draft of a question and its answer; tell who asked when it is public."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from satama.base import languages
from satama.databank.editing.naming import slug_of
from satama.databank.editing.near import free
from satama.databank.models import Entry, EntryTopic, Region, Text, Topic
from satama.threads import actions as threads
from satama.threads.models import Thread

from .. import notices
from ..models import Grown

MOST = 70  # letters of an address


@transaction.atomic
def grow(
    thread: Thread, *, text: Text, words: list[str], topic: Topic | None, tell: bool, by: Any
) -> Entry:
    """A draft; editors see it among what waits. `words`: by which it is found, in the language of
    who asked."""
    region = Region.objects.select_for_update(no_key=True).get(pk=thread.region_id)
    entry = Entry(
        region=region,
        slug=free(Entry, slug_of(text.title, MOST) or f"answer-{thread.pk}", region),
        kind="answer",
        source_language=text.language,
        keywords={thread.language: words} if words else {},
        checked=region.today(),
        live=False,
        has_unpublished_changes=True,
    )
    entry.texts = [text]  # type: ignore[misc]  # modelcluster sets these
    entry.topic_rows = [EntryTopic(topic=topic)] if topic else []  # type: ignore[misc]
    entry.save()
    entry.save_revision(user=by, log_action=True)
    Grown.objects.create(thread=thread, entry=entry, tell=tell and thread.folder_id is not None)
    return entry


@transaction.atomic
def tell(entry: Entry) -> None:
    """It is public: who asked and wants to know finds it in their folder, once."""
    rows = Grown.objects.filter(entry=entry, tell=True, told=None)
    for row in rows.select_for_update(of=("self",)).select_related("thread__region"):
        thread = row.thread
        with translation.override(languages.plain(thread.language)):
            link = f"[{_title(entry, thread.language)}](entry:{entry.slug})"
            said = _("There is a page now about what you asked: %(link)s") % {"link": link}
        threads.tell(thread, text=said)
        notices.answered(thread)
        row.told = thread.region.today()
        row.save(update_fields=["told"])


def _title(entry: Entry, language: str) -> str:
    titles = {text.language: text.title for text in entry.texts.all()}
    first = entry.source_language or entry.region.languages[0]
    return languages.best(titles, [language, first, *entry.region.languages])[0]
