"""Link: a web address that our pages show, and how it answered; LinkHost: when its host may be
asked again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST = 500
LINK_STATES = {
    "new": _("Not asked yet"),
    "good": _("Works"),
    "moved": _("Moved"),
    "unsure": _("Not sure"),
    "broken": _("Broken"),
}


class LinkHost(models.Model):
    """One host is asked by one process at a time, and not again before it is free."""

    name = models.CharField(max_length=253, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """`said` is what the server said last: a status such as 404, or a word of links/judging.py."""

    address = models.CharField(max_length=LONGEST, unique=True)
    host = models.ForeignKey(LinkHost, models.PROTECT, related_name="links")
    state = models.CharField(max_length=6, choices=list(LINK_STATES.items()), default="new")
    since = models.DateField(null=True)
    asked = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=12, blank=True)
    days_said = models.PositiveSmallIntegerField(default=0)
    moved_to = models.CharField(max_length=LONGEST, blank=True)
    due = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", asked=None, since=None, failures=0)
                | Q(state="good", good_at__isnull=False, since=None, failures=0)
                | (Q(state="moved", since__isnull=False, failures=0) & ~Q(moved_to=""))
                | Q(state__in=["unsure", "broken"], since__isnull=False, failures__gte=1),
                name="link_state_is_as_it_answered",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(asked__isnull=False), name="link_was_asked"
            ),
        ]

    def __str__(self) -> str:
        return self.address
