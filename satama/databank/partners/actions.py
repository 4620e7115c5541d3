"""Verbs of partners: write, send, end; owners let people in and out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from satama.accounts.models import User

from ..models import Entry, Fact, Member, Organisation, Place, Region
from ..packs.shapes import digest
from ..roles import actions as members
from ..roles.policy import is_locked
from .contacts import fact_for, place_for, slug_for
from .filling import WAYS, fill, told, value_on, ways_of


class Refused(Exception):
    """Nothing was changed; the sentence says why."""


class Overtaken(Refused):
    """Somebody else changed the entry meanwhile."""


class Locked(Refused):
    """An editor keeps the entry for themselves, or has planned its next version."""


class LastOwner(Refused):
    """Without an owner nobody could let people in."""


@transaction.atomic
def begin(organisation: Organisation, *, given: Mapping[str, Any], by: User) -> Entry:
    """A new entry, as a draft."""
    region = Region.objects.select_for_update(no_key=True).get(pk=organisation.region_id)
    otherwise = f"{organisation.slug[:30]}-{given['kind']}"
    entry = Entry(
        region=region,
        organisation=organisation,
        slug=slug_for(Entry, given["title"], otherwise, region),
        source_language=given["language"],
        source=organisation.url,
        live=False,
    )
    _write(entry, given, by)
    return entry


@transaction.atomic
def change(entry: Entry, *, given: Mapping[str, Any], seen: str, by: User) -> Entry:
    """A draft beside what is public. `seen`: the digest of what the form began with. What waited
    for release is taken back: nobody releases words that they have not read."""
    row = _held(entry, by)
    draft = row.get_latest_revision_as_object()
    if digest(told(draft, row.region.today())) != seen:
        raise Overtaken
    _take_back(row, by)
    _write(draft, given, by)
    return row


def _take_back(entry: Entry, by: User) -> None:
    state = entry.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.cancel(user=by)


def _held(entry: Entry, by: User) -> Entry:
    """The entry as it is now, until the transaction ends. Raises Locked."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("region").get(pk=entry.pk)
    if locked(row, by):
        raise Locked
    return row


def locked(entry: Entry, by: User) -> bool:
    """By an editor's hand or plan. That an entry waits for release locks only its editors' form."""
    return entry.scheduled_revision is not None or is_locked(entry, by)


def _write(draft: Entry, given: Mapping[str, Any], by: User) -> None:
    today = draft.region.today()
    fill(draft, given, _ways(draft, given, today))
    draft.checked = today
    _save(draft, by)


def _save(draft: Entry, by: User) -> None:
    """What nobody reads yet has its newest words in the rows as well."""
    if not draft.live:
        draft.has_unpublished_changes = True
        draft.save()
    draft.save_revision(user=by, log_action=True)


def _ways(draft: Entry, given: Mapping[str, Any], on: date) -> dict[str, Fact | Place | None]:
    first = ways_of(draft)
    ways: dict[str, Fact | Place | None] = {}
    for kind, type in WAYS.items():
        now = first[kind].fact if kind in first else None
        same = now is not None and value_on(now, on) == given[kind]
        assert draft.organisation
        ways[kind] = now if same else fact_for(draft.organisation, type, given[kind], on)
    ways["place"] = given["place"]
    if given["address"]:
        assert draft.organisation
        ways["place"] = place_for(draft.organisation, given["address"], given["language"])
    return ways


@transaction.atomic
def send(entry: Entry, *, by: User) -> bool:
    """Publish what was written, or ask an editor to release it; whether it is public now."""
    row = _held(entry, by)
    if not row.has_unpublished_changes:
        return row.live
    if row.organisation and row.organisation.trusted and not others_wrote(row):
        revision = row.get_latest_revision()
        revision.publish(user=by, skip_permission_checks=True)
        return True
    state = row.current_workflow_state
    if state is None:
        row.get_workflow().start(row, by)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    return False


def others_wrote(entry: Entry) -> bool:
    """Whether a draft holds words of somebody who is no member of the organisation: an editor who
    has begun to change the entry decides when those are public."""
    if not entry.has_unpublished_changes:
        return False
    newer = entry.revisions.filter(pk__gt=entry.live_revision_id or 0).exclude(user=None)
    members = Member.objects.filter(organisation=entry.organisation_id).values("user")
    return newer.exclude(user__in=members).exists()


@transaction.atomic
def end(entry: Entry, *, by: User) -> bool:
    """Ask that it says that it has ended; whether it does already. Nothing is deleted."""
    row = _held(entry, by)
    draft = row.get_latest_revision_as_object()
    _take_back(row, by)
    draft.status = "ended"
    _save(draft, by)
    return send(entry, by=by) if draft.live else False


@transaction.atomic
def let_in(organisation: Organisation, *, email: str, role: str, by: User, language: str) -> Member:
    """A writer or owner, by their address. Raises NotDone, LastOwner."""
    there = organisation.members.filter(user__email__iexact=email).first()
    if there is None:
        return members.invite(email, role=role, where=organisation, by=by, language=language)
    if there.role == "owner" != role:
        _refuse_last_owner(there)
    members.change_role(there, role=role, by=by)
    return there


@transaction.atomic
def let_out(member: Member, *, by: User) -> None:
    """Their account stays; it may have other roles. Raises NotDone, LastOwner."""
    if member.role == "owner":
        _refuse_last_owner(member)
    members.remove(member, by=by)


def _refuse_last_owner(member: Member) -> None:
    owners = Member.objects.select_for_update().filter(
        organisation=member.organisation, role="owner"
    )
    if not [owner for owner in owners if owner.pk != member.pk]:
        raise LastOwner(_("An organisation needs an owner. Make somebody else an owner first."))
