"""Template words of the office."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from satama.base import words
from satama.databank import hours
from satama.databank.models import Region

from ..desk import written

register = template.Library()


@register.simple_tag
def local_time(at: datetime, region: Region) -> str:
    """A moment as the clocks of the region show it: 21 November 2026, 15:04."""
    here = at.astimezone(ZoneInfo(region.time_zone))
    language = get_language() or "en"
    return f"{words.day(here.date(), language)}, {words.clock(here.time(), language)}"


@register.simple_tag(takes_context=True)
def told(context: template.Context, text: str) -> SafeString:
    """An adviser's words: links to entries lead to the page in the reader's language."""
    return written.told(text, context["request"].frame.home)


@register.filter
def spans(day: hours.Day) -> str:
    """13:00–15:00, or that it is closed."""
    return hours.spans_in_words(day, get_language() or "en")


@register.filter
def of(named: dict, key: str) -> str:
    """What a table calls it."""
    return str(named[key])
