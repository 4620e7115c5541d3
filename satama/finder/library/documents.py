"""The databank as documents for the engine: one for each entry and language, in every region."""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import QuerySet

from satama.base.html import ENTRY_LINK, PLACEHOLDER
from satama.base.languages import is_easy
from satama.databank.models import Entry, Text, Topic

from ..engine.document import Document, primary

CHUNK = 500


def documents(
    keys: Collection[int] | None = None, topics: Mapping[int, Topic] | None = None
) -> Iterator[Document]:
    """Of these entries, or of all. A language that only keywords speak has a document as well."""
    topics = topics or {topic.pk: topic for topic in Topic.objects.all()}
    for entry in _entries(keys).iterator(CHUNK):
        yield from _of_entry(entry, topics)


def _entries(keys: Collection[int] | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(live=True)
    found = found if keys is None else found.filter(pk__in=keys)
    return found.select_related("organisation").prefetch_related("texts", "topic_rows")


def _of_entry(entry: Entry, topics: Mapping[int, Topic]) -> Iterator[Document]:
    """One for each language that its texts or keywords speak; easy ones last. Its own keywords
    count as words of its text, too: measured, they tell more than those of its topics."""
    texts = {text.language: text for text in entry.texts.all()}
    phrases = _keywords(entry, topics)
    for language in sorted(texts.keys() | phrases.keys(), key=lambda code: (is_easy(code), code)):
        text = texts.get(language)
        yield Document(
            key=entry.pk,
            language=language,
            title=text.title if text else "",
            body="\n".join([*([plain(text)] if text else []), *entry.keywords.get(language, [])]),
            keywords="\n".join(phrases.get(language, [])),
            place=entry.region_id,
        )


def _keywords(entry: Entry, topics: Mapping[int, Topic]) -> dict[str, list[str]]:
    """The entry's own; labels and everyday words of its topics, those of its home twice. By
    language."""
    found = {language: list(said) for language, said in entry.keywords.items()}
    rows = list(entry.topic_rows.all())
    for row in rows[:1] + rows:
        topic = topics[row.topic_id]
        for language, label in topic.labels.items():
            found.setdefault(language, []).append(label)
        for language, said in topic.synonyms.items():
            found.setdefault(language, []).extend(said)
    for language, name in (entry.organisation.names if entry.organisation else {}).items():
        found.setdefault(language, []).append(name)
    return found


def plain(text: Text) -> str:
    """A text's words without its marks and facts."""
    parts = [text.summary, text.eligibility, text.application, *text.documents, text.body]
    joined = "\n".join(parts)
    return PLACEHOLDER.sub(" ", ENTRY_LINK.sub(r"\1", joined)).replace("#", " ").replace("*", " ")


def lines() -> dict[str, dict[int, list[str]]]:
    """The lines of each entry's usual text by language, to learn from translations."""
    found: dict[str, dict[int, list[str]]] = {}
    for text in Text.objects.order_by("language").iterator(CHUNK):
        said = f"{text.title}\n{text.summary}\n{text.body}".rstrip("\n")
        found.setdefault(primary(text.language), {}).setdefault(text.entry_id, said.split("\n"))
    return found
