"""Closure: a place, or what an entry offers, is closed for some hours or days, whatever its hours
say."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .entry import Entry
from .organisation import Place
from .region import Region
from .shared import Written, words

# Said in every language of the service; none tells about a person.
REASONS = {
    "away": _("The adviser is away."),
    "event": _("There is an event in the house."),
    "training": _("The staff are in training."),
    "repair": _("The place is being repaired."),
    "fault": _("There is a technical fault."),
    "weather": _("The weather is bad."),
}
WAYS = {"place": _("Visits"), "phone": _("Phone"), "chat": _("Chat")}


class Closure(Written):
    """`way`: only this way to reach the entry; empty: all that have hours. `begins` belongs to it,
    `ends` does not."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="closures")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="closures")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="closures")
    way = models.CharField(_("only"), max_length=10, blank=True, choices=list(WAYS.items()))
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    because = models.CharField(
        _("because"), max_length=10, blank=True, choices=list(REASONS.items())
    )
    reason = words(verbose_name=_("in your own words"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="closure_ends_later"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, place=None)
                | Q(entry=None, place__isnull=False, way=""),
                name="closure_of_an_entry_or_a_place",
            ),
            models.CheckConstraint(
                condition=Q(because__in=["", *REASONS]) & Q(way__in=["", *WAYS]),
                name="closure_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry or self.place)

    def shuts(self, kind: str, entry: int, place: int | None) -> bool:
        """Whether it shuts a way to reach an entry: one of this kind, at this place if any."""
        if self.place_id:
            return self.place_id == place
        return self.entry_id == entry and self.way in ("", kind)
