"""Verbs of membership: invite a person, give another role, take it away. Each is in the history."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from satama.accounts.models import User
from satama.base.alone import one_at_a_time

from ..models import Member, Organisation, Region
from ..models.member import REGION_ROLES
from ..partners.mails import welcome
from .rights import ENTER, RIGHTS
from .scope import scope

INVITING = 5_747_284  # our advisory lock: who changes memberships


class NotDone(Exception):
    """Nothing was changed; `str` says why, for the person who wanted it."""

    said: Any = ""

    def __str__(self) -> str:
        return str(self.said)


class MoreThanOwn(NotDone):
    """The role, or the place, is not this person's to give."""

    said = _("You can only give roles that you could do yourself there.")


class MemberAlready(NotDone):
    """The person has a role there: that one can be changed."""

    said = _("This person has a role there already. Change that one.")


class Closed(NotDone):
    """An administrator closed the account; a role does not open it again."""

    said = _("This account is closed. Ask an administrator.")


class LastCoordinator(NotDone):
    """Nobody would be left to let others in."""

    said = _("You are the last coordinator here. Make another person coordinator first.")


@transaction.atomic
def invite(
    email: str, *, role: str, where: Region | Organisation, by: Any, language: str = ""
) -> Member:
    """Give a role in a region or for an organisation to whoever has this address, and tell them by
    mail; the account is made if there is none, without a password. Raises NotDone."""
    one_at_a_time(INVITING)
    member = Member(role=role)
    setattr(member, "region" if isinstance(where, Region) else "organisation", where)
    may_give(member, by)
    user = User.objects.filter(email__iexact=email).first()
    if user and not user.is_active:
        raise Closed
    member.user = user or User.objects.create_user(email, language=language)
    _be_new(member)
    member.save()
    _be_staff(member.user)
    _noted(member, "wagtail.create", by)
    welcome(member)
    return member


@transaction.atomic
def change_role(member: Member, *, role: str, by: Any) -> None:
    """Raises NotDone."""
    one_at_a_time(INVITING)
    before = Member.objects.get(pk=member.pk)
    may_take(before, by)
    member.role = role
    may_give(member, by)
    _be_new(member)
    member.save(update_fields=["role"])
    _noted(member, "wagtail.edit", by)


@transaction.atomic
def remove(member: Member, *, by: Any) -> None:
    """The account stays: it may have other roles. Raises NotDone."""
    one_at_a_time(INVITING)
    may_take(member, by)
    _noted(member, "wagtail.delete", by)
    member.delete()
    _be_staff(member.user)


def _be_new(member: Member) -> None:
    """In a region one may have several roles, each once. Raises MemberAlready."""
    there = Member.objects.filter(user=member.user).exclude(pk=member.pk)
    there = there.filter(region=member.region_id, organisation=member.organisation_id)
    if (there.filter(role=member.role) if member.region_id else there).exists():
        raise MemberAlready


def may_give(member: Member, by: Any) -> None:
    """Nobody gives a right that they do not have there. Raises MoreThanOwn."""
    wanted = {"databank.add_member", *RIGHTS[member.role]}
    if not all(scope(by, right).covers(member) for right in wanted):
        raise MoreThanOwn


def may_take(member: Member, by: Any) -> None:
    """Nor takes one. Raises NotDone."""
    may_give(member, by)
    others = Member.objects.filter(
        region=member.region_id, role="coordinator", user__is_active=True
    ).exclude(pk=member.pk)
    if member.role == "coordinator" and member.user == by and not others.exists():
        raise LastCoordinator


def _noted(member: Member, action: str, by: Any) -> None:
    """In the history by number: it outlives the person's wish to be forgotten."""
    said = f"{member.get_role_display()}, {member.region or member.organisation}"
    log(member, action, user=by, title=said, data={"user": member.user_id, "role": member.role})


def _be_staff(user: User) -> None:
    """Who has a role in a region is staff, as is whoever got in another way."""
    inside = user.is_superuser or ModelBackend().has_perm(user, ENTER)
    user.is_staff = inside or user.memberships.filter(role__in=REGION_ROLES).exists()
    user.save(update_fields=["is_staff"])
