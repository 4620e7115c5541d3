"""What partners and editors are told by mail, each in their own language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from satama.accounts.models import User
from satama.base import languages, mail

from ..continuity.actions import Lost
from ..models import Entry, Member, Organisation, Region
from ..models.release import PUBLISH, Release
from ..roles.policy import where_to_edit
from ..roles.rights import RIGHTS


def waits(*, instance: TaskState, **_more: Any) -> None:
    """To those who may release it."""
    if not isinstance(instance.task.specific, Release):
        return
    entry = instance.revision.as_object()
    edit = where_to_edit(entry)
    for person in releasers(entry.region):
        with translation.override(language_for(person, entry.region)):
            words = {"title": _title(entry), "who": _name(entry.organisation)}
            subject = _("Waiting for release: %(title)s") % words
            body = _("%(who)s has written “%(title)s”. Read it, and release it or send it back:")
            mail.send(to=person.email, subject=subject, text=_letter(body % words, edit))


def releasers(region: Region) -> Iterable[User]:
    """The region's editors and coordinators; where there are none, the administrators."""
    roles = [role for role, rights in RIGHTS.items() if PUBLISH in rights]
    people = User.objects.filter(is_active=True)
    found = people.filter(memberships__region=region, memberships__role__in=roles).distinct()
    return found or people.filter(is_superuser=True)


def released(*, instance: WorkflowState, user: User | None = None, **_more: Any) -> None:
    """To who wrote it. Also when an editor published it without pressing Release."""
    entry = _entry_for(instance, user)
    if entry is None or not entry.live or entry.has_unpublished_changes:  # taken back
        return
    with translation.override(language_for(instance.requested_by, entry.region)):
        words = {"title": _title(entry)}
        subject = _("Public now: %(title)s") % words
        body = _("An editor has released “%(title)s”. Readers see it here:") % words
        page = _address(entry.region, f"entries/{entry.slug}")
        text = _letter(body, page, *_comment(instance))
        mail.send(to=instance.requested_by.email, subject=subject, text=text)


def sent_back(*, instance: WorkflowState, user: User | None = None, **_more: Any) -> None:
    """To who wrote it, with what the editor says."""
    entry = _entry_for(instance, user)
    if entry is None:
        return
    with translation.override(language_for(instance.requested_by, entry.region)):
        words = {"title": _title(entry.get_latest_revision_as_object())}
        subject = _("Please change: %(title)s") % words
        body = _("An editor asks you to change “%(title)s” before it becomes public:") % words
        page = _where_to_write(entry, instance.requested_by)
        text = _letter(body, page, *_comment(instance))
        mail.send(to=instance.requested_by.email, subject=subject, text=text)


def held_back(entry: Entry, draft: Revision, lost: list[str]) -> None:
    """To its keeper, or the region's editors: it was to go out now and cannot."""
    keeper = entry.keeper
    able = keeper and keeper.is_active and keeper.has_perm(PUBLISH, entry)
    edit = where_to_edit(entry)
    for person in [keeper] if keeper and able else releasers(entry.region):
        with translation.override(language_for(person, entry.region)):
            words = {"title": _title(draft.as_object())}
            subject = _("Not published: %(title)s") % words
            body = _(
                "“%(title)s” was to become public now, and cannot. Publish it yourself to see what"
                " stands in the way; until then it is tried again each minute:"
            )
            text = _letter(body % words, edit, *([str(Lost(lost))] if lost else []))
            mail.send(to=person.email, subject=subject, text=text)


def _entry_for(state: WorkflowState, user: User | None) -> Entry | None:
    """As it is now (Wagtail keeps it as it was), if somebody else than who wrote it acted."""
    ours = state.base_content_type == Entry.get_base_content_type()
    if not ours or state.requested_by is None or state.requested_by == user:
        return None
    return Entry.objects.select_related("region").filter(pk=state.object_id).first()


def welcome(member: Member) -> None:
    """To somebody who may write for an organisation, or works in a region, now."""
    region = member.organisation.region if member.organisation else member.region
    place = member.organisation or region
    assert region
    with translation.override(language_for(member.user, region)):
        words = {"who": _name(place), "email": member.user.email}
        subject = _("You can write for %(who)s") % words
        body = _("Sign in with a link that we send to %(email)s. You need no password:") % words
        door = settings.PARTNERS_URL if member.organisation else settings.LOGIN_REDIRECT_URL
        mail.send(to=member.user.email, subject=subject, text=_letter(body, door))


def language_for(person: User, region: Region) -> str:
    return languages.plain(person.language or region.languages[0])


def _title(entry: Entry) -> str:
    text = entry.source_of(entry.texts.all())
    return text.title if text else entry.slug


def _name(place: Organisation | Region | None) -> str:
    names = place.names if place else {}
    return languages.best(names, [translation.get_language() or "en"])[0]


def _comment(state: WorkflowState) -> list[str]:
    said = state.current_task_state.comment if state.current_task_state else ""
    return [_("The editor says:"), said] if said else []


def _address(region: Region, rest: str) -> str:
    """A page of ours in the language of the mail, if the region speaks it."""
    return f"/{region.slug}/{region.spoken(translation.get_language() or '')}/{rest}"


def _where_to_write(entry: Entry, person: User) -> str:
    """Partners write on their own pages; staff among Wagtail's."""
    partner = Q(user=person, organisation=entry.organisation_id)
    if entry.organisation_id and Member.objects.filter(partner).exists():
        return _address(entry.region, f"partner/entries/{entry.slug}")
    return where_to_edit(entry)


def _letter(body: str, path: str, *more: str) -> str:
    parts = [body, settings.PUBLIC_URL + path, *more, "-- \n" + settings.WAGTAIL_SITE_NAME]
    return "\n\n".join(parts) + "\n"
