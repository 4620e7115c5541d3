"""Keeping the list of links as the databank names them, and replacing an address everywhere."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from satama.base import html
from satama.base.alone import one_at_a_time

from ..models import Entry, Link, LinkHost, Text
from ..models.link import LONGEST
from ..roles.policy import is_locked
from ..roles.scope import scope
from ..translating.actions import sources_mean_the_same
from ..upkeep.drafts import in_step
from ..values import check_url
from .mentions import MARKDOWN, Mention, mentions
from .network import host_of

LISTING = 5_747_283  # our advisory lock: who lists, and who replaces


class NotReplaced(Exception):
    """The address stays; nothing has changed."""


class NotAnAddress(NotReplaced):
    """The new address is no whole web address."""


class SameAddress(NotReplaced):
    """The new address is the old one."""


class NothingNamesIt(NotReplaced):
    """The old address is nowhere any more."""


class NotYours(NotReplaced):
    """It stands only in what this person may not change, or another has locked."""


@transaction.atomic
def list_links(on: date, now: datetime) -> None:
    """A row for each address that pages show, due at once when new; the others go."""
    one_at_a_time(LISTING)
    shown = {found.address for found in mentions(on) if found.shown}
    there = set(Link.objects.values_list("address", flat=True))
    hosts = {a: host_of(a) for a in shown - there if len(a) <= LONGEST}
    hosts = {address: host for address, host in hosts.items() if host}
    Link.objects.filter(address__in=there - shown).delete()
    LinkHost.objects.filter(links=None, free_at__lte=now).delete()
    LinkHost.objects.bulk_create(
        [LinkHost(name=name, free_at=now) for name in set(hosts.values())], ignore_conflicts=True
    )
    known = dict(LinkHost.objects.filter(name__in=hosts.values()).values_list("name", "pk"))
    Link.objects.bulk_create(
        Link(address=address, host_id=known[host], due=now) for address, host in hosts.items()
    )


@transaction.atomic
def replace(old: str, *, new: str, by: Any, on: date) -> tuple[list[Mention], list[Mention]]:
    """Put `new` wherever `old` stands and `by` may change it (None: the command line), with a line
    in the history of each thing that changes; the new address is asked anew. Returns what changed
    and what stays. Raises NotReplaced."""
    may_replace(old, new)
    one_at_a_time(LISTING)
    found, stays = parted(mentions(on, {old}, held=True), by)
    if not found:
        raise NotYours if stays else NothingNamesIt
    entries = Entry.objects.filter(
        pk__in=[m.row.entry_id for m in found if isinstance(m.row, Text)]
    )
    with sources_mean_the_same(entries):
        for mention in found:
            _put(mention, new)
    _put_in_drafts(old, new, by)
    for noun in {(type(m.noun), m.noun.pk): m.noun for m in found}.values():
        log(noun, "wagtail.edit", user=by)
    now = timezone.now()
    list_links(on, now)
    Link.objects.filter(address=new).update(due=now)
    return found, stays


def parted(found: Iterable[Mention], by: Any) -> tuple[list[Mention], list[Mention]]:
    """What a person may change and nobody else has locked, and the others."""
    ours: list[Mention] = []
    others: list[Mention] = []
    for mention in found:
        right = f"databank.change_{mention.noun._meta.model_name}"
        may = by is None or scope(by, right).of_regions.covers(mention.noun)
        (ours if may and not is_locked(mention.noun, by) else others).append(mention)
    return ours, others


def may_replace(old: str, new: str) -> None:
    """Raises what forbids it, whatever the databank holds."""
    if new == old:
        raise SameAddress
    try:
        check_url(new)
    except ValueError:
        raise NotAnAddress from None


def _put(mention: Mention, new: str) -> None:
    """Through the model's own saving, that field alone."""
    row, field = mention.row, mention.field
    setattr(row, field, _changed(getattr(row, field), mention.address, new))
    row.save(update_fields=[field])


def _changed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [html.readdressed(one, old, new) for one in value]
    return new if value == old else html.readdressed(value, old, new)


def _put_in_drafts(old: str, new: str, by: Any) -> None:
    """Whatever else a draft changes, it does not bring the old address back."""
    entries = Entry.objects.only("locked", "locked_by")
    if by is not None:
        entries = scope(by, "databank.change_entry").of_regions.within(entries)
    in_step(
        (entry.pk for entry in entries if not is_locked(entry, by)),
        lambda _entry, said: _put_in_draft(said, old, new),
    )


def _put_in_draft(said: dict[str, Any], old: str, new: str) -> None:
    for part, fields in [(said, ("source",)), *((text, MARKDOWN) for text in said["texts"])]:
        part.update({field: _changed(part[field], old, new) for field in fields})
