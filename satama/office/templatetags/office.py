"""Template words of the office."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language

from satama.base import words
from satama.databank.models import Region

register = template.Library()


@register.simple_tag
def local_time(at: datetime, region: Region) -> str:
    """A moment as the clocks of the region show it: 21 November 2026, 15:04."""
    here = at.astimezone(ZoneInfo(region.time_zone))
    language = get_language() or "en"
    return f"{words.day(here.date(), language)}, {words.clock(here.time(), language)}"
