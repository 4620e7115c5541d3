"""Template words of the databank: what a reader is shown of names, doors and hours."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from satama.base import languages, words
from satama.base.html import PLACEHOLDER, web_address

from .. import facts, hours, shelf
from ..closures import known
from ..models import Entry, Organisation
from ..reading import Reader, Said
from ..translating.words import in_one
from ..upkeep.due import due_on, is_past

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, slug: str = "") -> str:
    """The address of a page in the reader's region and language (and day, when staff rehearse)."""
    reader: Reader = context["request"].reader
    parts = {"region": reader.region.slug, "language": reader.language}
    url = reverse(name, kwargs=parts | ({"slug": slug} if slug else {}))
    return f"{url}?on={reader.on.isoformat()}" if reader.rehearsing else url


@register.simple_tag(takes_context=True)
def ask_address(context: template.Context) -> str:
    """Where a reader asks a person: the room for it, or else what the Welcome Office's entry says;
    empty when the region has neither."""
    request = context["request"]
    office = request.reader.region.office
    return request.frame.ask or (to(context, "entry", office) if office else "")


@register.simple_tag(takes_context=True)
def say(context: template.Context, named: dict[str, str] | Said) -> SafeString:
    """Words in the reader's language, or marked with the language they are in."""
    said = named if isinstance(named, Said) else context["request"].reader.say(named)
    if said.own or not said.language:
        return format_html("{}", said.text)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', said.language, said.direction, said.text
    )


@register.simple_tag(takes_context=True)
def overdue(context: template.Context, row: Entry | Organisation) -> date | None:
    """The day by which somebody should have looked at it, if nobody has; not of what has ended."""
    on = context["request"].reader.on
    due = due_on(row, row.checked)
    ended = getattr(row, "status", "") == "ended" or (row.valid_until and row.valid_until < on)
    return due if due and is_past(due, on) and not ended else None


@register.simple_tag(takes_context=True)
def fact(context: template.Context, shown: facts.Shown) -> SafeString:
    reader: Reader = context["request"].reader
    return facts.html(shown, reader.language, reader.order, reader.on)


@register.inclusion_tag("databank/parts/state.html", takes_context=True)
def open_state(context: template.Context, holder: shelf.Card | shelf.Door) -> dict[str, Any]:
    """Open or closed now, in words, with a mark; nothing when there are no hours."""
    reader: Reader = context["request"].reader
    state = holder.state(reader)
    if state is None:
        return {}
    now = reader.now()
    soon = state.change and not state.open and state.change.date() == now.date()
    return {
        "kind": "open" if state.open else "soon" if soon else "closed",
        "text": hours.state_in_words(state, now, reader.language),
    }


@register.inclusion_tag("databank/parts/closed.html", takes_context=True)
def closed(context: template.Context, doors: Iterable[shelf.Door]) -> dict[str, Any]:
    """What of these doors is shut all the same, now or soon, and why."""
    request = context["request"]
    return {"told": known.told(request.reader, [d.channel for d in doors]), "request": request}


@register.inclusion_tag("databank/parts/hours.html", takes_context=True)
def opening_hours(context: template.Context, shown: facts.Shown) -> dict[str, Any]:
    """The week, a line for days in a row with the same hours."""
    reader: Reader = context["request"].reader
    if shown.value is None:
        return {"missing": facts.check_with(shown)}
    lines = [line for line in hours.week(shown.value, reader.on) if line.spans]
    return {
        "lines": [
            (
                hours.days_in_words(line, reader.language),
                hours.spans_in_words(line, reader.language),
            )
            for line in lines
        ],
        "holidays_off": "PH off" in shown.value,
        "confirmed": shown.confirmed,
    }


@register.filter
def language_name(code: str, language: str) -> str:
    """The name of a language in another."""
    return words.language_name(code, language)


@register.filter
def own_name(code: str) -> str:
    return languages.own_name(code)


@register.filter
def direction(code: str) -> str:
    return languages.direction(code)


register.filter(web_address)


@register.simple_tag
def said_in(text: Any, field: str) -> str:
    """What a text says in one field."""
    return in_one(getattr(text, field))


@register.simple_tag
def facts_marked(value: str | list[str]) -> SafeString:
    """Words as a translator sees them: facts stand out, to be written as they are."""
    text = escape(in_one(value))
    marked = PLACEHOLDER.sub(lambda key: f'<mark dir="ltr">{key[0]}</mark>', text)
    return mark_safe(marked)  # noqa: S308  escaped; a key is letters and hyphens
