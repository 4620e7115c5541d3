"""A fact in the words of the reader's language, as safe HTML; hidden behind its owner when out of
date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from satama.base import languages, words
from satama.base.html import web_address

from . import hours


@dataclass(frozen=True)
class Shown:
    """One fact on one day. `value` is None when nothing holds that day."""

    key: str
    type: str
    value: Any
    confirmed: bool
    owner: str
    owner_url: str


def html(fact: Shown, language: str, order: Sequence[str], on: date) -> SafeString:
    """The value for a running text, with a mark when it could not be confirmed."""
    if fact.value is None:
        return check_with(fact)
    shown = value_html(fact.type, fact.value, language, order, on)
    if fact.confirmed:
        return shown
    return format_html('{} <span class="unsure">({})</span>', shown, _("not confirmed"))


def check_with(fact: Shown) -> SafeString:
    """A fact past its date does not lie: it says who knows."""
    if not fact.owner:
        return format_html("<span>{}</span>", _("ask the authority"))
    owner = format_html("<bdi>{}</bdi>", fact.owner)
    if address := web_address(fact.owner_url):
        owner = format_html('<a href="{}" rel="noopener">{}</a>', address, owner)
    # Translators: stands in the place of a fee or a phone number that is out of date.
    return mark_safe(_("check with %(owner)s") % {"owner": owner})  # noqa: S308  escaped above


def value_html(type: str, value: Any, language: str, order: Sequence[str], on: date) -> SafeString:
    """A value of any type. Numbers, addresses and phones run left to right in every script."""
    if type == "phone":
        return format_html(
            '<a class="nowrap" href="tel:{}" dir="ltr">{}</a>', dialled(value), value
        )
    if type == "email":
        return format_html('<a href="mailto:{}" dir="ltr">{}</a>', value, value)
    if type == "url" and web_address(value):
        host = (urlsplit(value).hostname or value).removeprefix("www.")
        return format_html('<a href="{}" rel="noopener" dir="ltr">{}</a>', value, host)
    if type == "text":
        said, spoken = languages.best(value, order) if isinstance(value, dict) else (value, "")
        if spoken and spoken != language:
            return format_html('<bdi lang="{}">{}</bdi>', spoken, said)
        return format_html("<bdi>{}</bdi>", said)
    return format_html("{}", plain(type, value, language, on))


def dialled(number: str) -> str:
    """A phone number as a phone dials it."""
    return "".join(c for c in number if c.isdigit() or c == "+")


def plain(type: str, value: Any, language: str, on: date) -> str:
    """Money, dates, durations and hours as plain words."""
    if type == "money":
        return words.money(value, language)
    if type == "date":
        return words.day(date.fromisoformat(value), language)
    if type == "duration":
        return words.duration(value, language)
    if type == "hours":
        return hours.in_words(value, on, language)
    return str(value)
