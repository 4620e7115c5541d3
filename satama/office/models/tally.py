"""Contact: somebody was helped. Not who, not what they said, not at what time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from satama.databank.models import Municipality, Region, Topic

from .outreach import OutreachPlace

CHANNELS = {
    "desk": _("At the desk"),
    "phone": _("By phone"),
    "message": _("By message"),
    "event": _("At an event"),
    "outreach": _("On a visit"),
}
WHO = {
    "newcomer": _("Newcomer"),
    "helper": _("Friend or relative"),
    "employer": _("Employer"),
    "professional": _("Professional"),
}
OUTCOMES = {
    "answered": _("Answered"),
    "led": _("Led on"),
    "booked": _("Got a time"),
    "open": _("Not solved"),
}
OTHER = "other"  # a language that is not on the page


class Contact(models.Model):
    """`key`: made where it was tapped in, so that it counts once however often it is sent."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="contacts")
    day = models.DateField()
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    language = models.CharField(max_length=12)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    audience = models.CharField(max_length=12, choices=list(WHO.items()))
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=list(OUTCOMES.items()))
    place = models.ForeignKey(
        OutreachPlace, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ("add", "view")
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["region", "day"], name="contact_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=list(CHANNELS), audience__in=list(WHO))
                & Q(outcome__in=list(OUTCOMES)),
                name="contact_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day}"
