"""Lists of the nouns: by their names, with what tells one row from another; few queries."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from satama.base import languages

from .. import facts, shelf, version
from ..models import Entry, Fact, FactValue, Text
from ..models.entry import STATUSES
from ..models.shared import in_force
from ..roles.staff import IndexView


def headed(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries as their list shows them."""
    heads = Prefetch("texts", Text.objects.only(*shelf.HEAD))
    return found.select_related("region", "organisation").prefetch_related(heads).defer("keywords")


def called(found: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Those with the words in a title or in the slug; without words all."""
    titled = Text.objects.filter(title__icontains=words).values("entry")
    return found.filter(Q(slug__icontains=words) | Q(pk__in=titled)) if words else found


def head(entry: Entry) -> Text:
    """Its text in the language of the page, or the one that the others are made from."""
    texts = {text.language: text for text in entry.texts.all()}
    own = languages.plain(get_language() or "en")
    # Which text is the source is told by bodies, which a list does not read: the region's order.
    order = [own, entry.source_language, *entry.region.languages]
    found = next((texts[code] for code in order if code in texts), None)
    return found or next(iter(texts.values()), Text(title=entry.slug))


def state(entry: Entry) -> Any:
    """What readers see of it, in words."""
    if not entry.live:
        return _("Draft")
    if entry.status == "active" and entry.valid_until and entry.valid_until < timezone.localdate():
        return STATUSES["ended"]
    if entry.status != "active":
        return STATUSES[entry.status]
    return _("Public, with a draft") if entry.has_unpublished_changes else _("Public")


class Title(TitleColumn):
    """A title in its language, as the link to the form."""

    def get_link_attrs(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {"lang": head(instance).language, "dir": "auto"}


class EntryList(IndexView):
    """Searched by title and slug, in every language."""

    def _get_title_column(
        self, field_name: str, column_class: Any = Title, **options: Any
    ) -> TitleColumn:
        made = self._get_title_column_class(Title)
        return made(
            "title",
            label=capfirst(_("title")),
            accessor=lambda entry: head(entry).title,
            get_url=self.get_edit_url,
            get_title_id=lambda entry: f"snippet_{entry.pk}_title",
            sort_key="slug",
        )

    def search_queryset(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return called(queryset, self.search_query)


WIDE = "only-wide"  # not on a phone
ENTRY_COLUMNS = [
    "title",
    Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname=WIDE),
    Column(
        "where",
        label=_("Where"),
        accessor=lambda entry: entry.organisation or entry.region,
        classname=WIDE,
    ),
    Column("state", label=_("State"), accessor=state),
    Column("checked", label=capfirst(_("last assured")), sort_key="checked", classname=WIDE),
]


def valued(found: QuerySet[Fact]) -> QuerySet[Fact]:
    """Facts with their values of today."""
    now = Prefetch(
        "values", FactValue.objects.filter(in_force(timezone.localdate())), to_attr="today"
    )
    return found.select_related("region", "owner").prefetch_related(now)


def in_words(fact: Fact, value: FactValue | None, on: date) -> SafeString:
    """A value as staff read it."""
    if value is None:
        return format_html("{}", _("no value today"))
    language = languages.plain(get_language() or "en")
    said = value.value
    if isinstance(said, dict):
        said = languages.best(said, [language, *fact.region.languages])[0]
    shown = said if fact.type in ("url", "phone", "email", "text") else None
    return format_html("{}", shown or facts.plain(fact.type, said, language, on))


def today(fact: Fact) -> SafeString:
    held = fact.today
    return in_words(fact, held[0] if held else None, timezone.localdate())


def uses() -> dict[str, int]:
    """How many entries name each fact, by its key; counted once for each content version."""
    return _uses(version.current())


@lru_cache(maxsize=1)
def _uses(_version: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(USES)
        return dict(cursor.fetchall())


# A text that names no fact is not looked into.
USES = r"""
SELECT key, count(DISTINCT entry_id) FROM (
    SELECT entry_id, (regexp_matches(words, '\[\[([a-z0-9-]+)\]\]', 'g'))[1] AS key FROM (
        SELECT entry_id, concat_ws(' ', summary, eligibility, fees, application, body,
            array_to_string(documents, ' ')) AS words FROM databank_text
    ) texts WHERE strpos(words, '[[') > 0
    UNION ALL
    SELECT channel.entry_id, fact.key FROM databank_channel channel
        JOIN databank_fact fact ON fact.id IN (channel.fact_id, channel.hours_id)
) named GROUP BY key
"""
FACT_COLUMNS = [
    "key",
    Column(
        "type",
        label=capfirst(_("type")),
        accessor="get_type_display",
        sort_key="type",
        classname=WIDE,
    ),
    Column("today", label=_("Today"), accessor=today),
    Column("owner", label=capfirst(_("whose it is")), accessor="owner", classname=WIDE),
    Column("uses", label=capfirst(_("entries")), accessor=lambda fact: uses().get(fact.key, 0)),
]
