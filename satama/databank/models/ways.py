"""From an entry onward: how to reach it, where it is listed, what comes before and after it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .entry import Entry
from .fact import Fact
from .organisation import Place
from .shared import choices_list
from .topic import Topic

CHANNEL_KINDS = {
    "place": _("Visit"),
    "phone": _("Phone"),
    "web": _("Online"),
    "email": _("E-mail"),
    "chat": _("Chat"),
}


class Channel(models.Model):
    """One way to reach an entry: a place, or a phone, link or address that is a fact."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="channels")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(
        max_length=10, choices=list(CHANNEL_KINDS.items()), verbose_name=_("kind")
    )
    fact = models.ForeignKey(
        Fact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
        verbose_name=_("phone, link or address (a fact)"),
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
        verbose_name=_("place"),
    )
    hours = models.ForeignKey(
        Fact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opening hours (a fact)"),
    )
    languages = choices_list(
        help_text=_("Only where it is not in all languages of the service."),
        verbose_name=_("languages"),
    )

    sort_order_field = "position"  # Wagtail's form lets staff move rows

    class Meta:
        verbose_name = _("way to reach it")
        verbose_name_plural = _("ways to reach it")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="place", place__isnull=False, fact=None)
                | Q(kind__in=["phone", "web", "email", "chat"], fact__isnull=False, place=None),
                name="channel_leads_somewhere",
                violation_error_message=_(
                    "A visit leads to a place; every other way to a fact. Choose one of the two."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fact or self.place}"


class EntryTopic(models.Model):
    """The topics of an entry, in order; the first is its home."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="entry_rows", verbose_name=_("topic")
    )
    position = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "position"  # Wagtail's form lets staff move rows

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "topic"], name="entry_has_a_topic_once"),
        ]


class EntryLink(models.Model):
    """What comes before an entry, and what it leads to."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(
        Entry, models.CASCADE, related_name="linked_from", verbose_name=_("entry")
    )
    relation = models.CharField(
        max_length=6,
        choices=[("after", _("Do this first")), ("next", _("See also"))],
        verbose_name=_("when"),
    )
    position = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "position"  # Wagtail's form lets staff move rows

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "target", "relation"], name="entry_links_once"
            ),
            models.CheckConstraint(
                condition=~Q(entry=F("target")),
                name="entry_links_elsewhere",
                violation_error_message=_("An entry does not lead to itself."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=["after", "next"]), name="entry_link_relation_is_known"
            ),
        ]
