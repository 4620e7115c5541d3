"""Desk, Thread, Message; Look: who of the staff read it; HandOver: to whom it was given on.

Of visitors we keep days, never times, and no address or device. Wagtail's index of references
would keep a second record of each, so these are left out of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from satama.accounts.models import Folder
from satama.base.secret import SecretText
from satama.databank.models import Municipality, Organisation, Region, Topic
from satama.databank.models.member import ROLES

KINDS = {
    "question": _("Question"),
    "employer": _("Employer's case"),
    "feedback": _("Feedback"),
    "accessibility": _("Accessibility feedback"),
}
STATES = {
    "waiting": _("Waits for us"),
    "answered": _("Answered"),
    "handed": _("Handed over"),
    "closed": _("Closed"),
}
SIDES = {"visitor": _("Visitor"), "desk": _("Welcome Office")}


class Desk(models.Model):
    """What a region promises and how long it keeps what it is told."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="desk")
    promise = models.PositiveSmallIntegerField(_("working days to the first answer"), default=2)
    folder_days = models.PositiveSmallIntegerField(_("days that a folder lives unused"), default=90)
    thread_days = models.PositiveSmallIntegerField(
        _("days that a thread without a folder is kept"), default=90
    )
    machine = models.BooleanField(
        _("may be translated by a machine"),
        default=False,
        help_text=_(
            "What visitors write, and our answers, may then be sent to the translation service."
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__range=(1, 30))
                & Q(folder_days__range=(7, 400))
                & Q(thread_days__range=(7, 400)),
                name="desk_promises_and_keeps_in_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.region)


class Thread(models.Model):
    """`folder` empty: without a way back, as feedback may be. `held_by`, `held_until`: who is
    writing an answer. `erased_on`: the day it goes, if its folder does not go before."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="threads")
    folder = models.ForeignKey(
        Folder, models.CASCADE, null=True, blank=True, related_name="threads"
    )
    kind = models.CharField(max_length=13, choices=list(KINDS.items()))
    state = models.CharField(max_length=8, choices=list(STATES.items()), default="waiting")
    language = models.CharField(max_length=12)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    page = models.CharField(max_length=200, blank=True, help_text=_("Where it was asked."))
    searched = SecretText(blank=True)
    phone = SecretText(blank=True)
    phone_until = models.DateField(null=True, blank=True)
    asked = models.DateField()
    promised = models.DateField()
    answered = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)
    met = models.BooleanField(
        null=True, editable=False, help_text=_("Whether the databank would answer it.")
    )
    assigned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    held_since = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["promised", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="thread_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=list(STATES)), name="thread_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(promised__gte=F("asked"))
                & (Q(answered=None) | Q(answered__gte=F("asked"))),
                name="thread_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(folder__isnull=False) | Q(erased_on__isnull=False),
                name="thread_is_erased_some_day",
            ),
            models.CheckConstraint(
                condition=Q(phone="", phone_until=None)
                | Q(phone_until__isnull=False) & ~Q(phone=""),
                name="thread_phone_is_erased_some_day",
            ),
            models.CheckConstraint(
                condition=Q(held_by=None) | Q(held_since__isnull=False, held_until__isnull=False),
                name="thread_is_held_by_somebody",
            ),
        ]
        permissions = [("answer_thread", "Can see and answer threads")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Message(models.Model):
    """What one side said. The original is kept whatever is translated. `machine`: the translation
    was made by a machine and nobody has read it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=7, choices=list(SIDES.items()))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=12)
    text = SecretText()
    translation = SecretText(blank=True)
    translated_to = models.CharField(max_length=12, blank=True)
    machine = models.BooleanField(default=False)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side="desk") | Q(side="visitor", author=None),
                name="message_of_a_visitor_has_no_author",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(
                condition=Q(translation="", translated_to="", machine=False)
                | (~Q(translation="") & ~Q(translated_to="")),
                name="message_translation_has_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.pk}"


class Note(models.Model):
    """Of staff for staff."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = SecretText()
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Look(models.Model):
    """That somebody of the staff read a thread: its owner sees the role and the time."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=80)
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.role} {self.at:%Y-%m-%d %H:%M}"

    @property
    def who(self) -> Any:
        """The role in the words of whoever reads it."""
        return (ROLES | {"administrator": _("Administrator")}).get(self.role, self.role)


class HandOver(models.Model):
    """A thread given on to another organisation, with the visitor's consent to this very text
    (`shared`). `declined`: they said no; `landed`: the day on which it said that it has it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="hand_overs")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shared = SecretText(blank=True)
    proposed = models.DateField()
    consented = models.DateField(null=True, blank=True)
    declined = models.DateField(null=True, blank=True)
    landed = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(landed=None) | Q(consented__isnull=False, landed__gte=F("consented")),
                name="hand_over_lands_after_consent",
            ),
            models.CheckConstraint(
                condition=Q(consented=None) | Q(declined=None),
                name="hand_over_is_wanted_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread} → {self.to}"
