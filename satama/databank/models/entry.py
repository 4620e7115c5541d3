"""Entry: anything a person can find."""

import logging
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from satama.base import languages

from ..translating.words import T, source
from .organisation import Organisation
from .region import Municipality, Region
from .shared import (
    Dated,
    Packed,
    Sourced,
    choices_list,
    dates_in_order,
    is_slug,
    words,
)
from .text import Text
from .topic import Topic
from .upkeep import Kept

logger = logging.getLogger("satama.databank")

KINDS = {
    "guide": _("Guide"),
    "service": _("Service"),
    "office": _("Office"),
    "place": _("Place"),
    "course": _("Course"),
    "event": _("Event"),
    "group": _("Group"),
    "opening": _("Job opening"),
    "practice": _("Good practice"),
    "answer": _("Answer"),
}
AUDIENCES = {
    "everyone": _("Everyone"),
    "worker": _("Workers"),
    "student": _("Students"),
    "family": _("Families"),
    "jobseeker": _("Jobseekers"),
    "refugee": _("Refugees"),
    "youth": _("Young people"),
    "employer": _("Employers"),
    "entrepreneur": _("Entrepreneurs"),
}
STATUSES = {"active": _("Active"), "closed": _("Closed for now"), "ended": _("Ended")}
CHARGES = {"free": _("Free"), "fee": _("There is a fee"), "other": _("It depends")}


class Entry(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    Packed,
    Kept,
    Dated,
    Sourced,
    ClusterableModel,
):
    """What readers see is what the rows say; a draft is a revision beside them."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="entries", verbose_name=_("region")
    )
    slug = models.SlugField(max_length=80, verbose_name=_("address"))
    kind = models.CharField(max_length=10, choices=list(KINDS.items()), verbose_name=_("kind"))
    status = models.CharField(
        max_length=10, choices=list(STATUSES.items()), default="active", verbose_name=_("state")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    also = ParentalManyToManyField(
        Organisation,
        blank=True,
        related_name="entries_besides",
        verbose_name=_("other organisations"),
    )
    topics = models.ManyToManyField(Topic, through="EntryTopic", related_name="entries")
    municipalities = ParentalManyToManyField(
        Municipality,
        blank=True,
        help_text=_("Where it can be used; empty for the whole region."),
        verbose_name=_("municipalities"),
    )
    audiences = choices_list(verbose_name=_("who it is for"))
    languages_served = choices_list(
        help_text=_("In which the service really works."), verbose_name=_("languages")
    )
    service_classes = choices_list(verbose_name=_("service classes"))
    target_groups = choices_list(verbose_name=_("target groups"))
    life_events = choices_list(verbose_name=_("life events"))
    source_language = models.CharField(
        max_length=12,
        blank=True,
        help_text=_("Of the text that the others are made from; empty: the region's first."),
        verbose_name=_("language of the source"),
    )
    keywords = words(
        many=True,
        help_text=_("What people type who need it; one on each line."),
        verbose_name=_("words to find it by"),
    )
    charge = models.CharField(
        max_length=10, choices=list(CHARGES.items()), blank=True, verbose_name=_("cost")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    assured_by = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("A role, never a person."),
        verbose_name=_("assured by"),
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["slug"]
        constraints = [
            is_slug("slug", "entry"),
            dates_in_order("entry"),
            models.UniqueConstraint(fields=["region", "slug"], name="entry_once_a_region"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=list(STATUSES)), name="entry_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(charge__in=["", *CHARGES]), name="entry_charge_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audiences__contained_by=list(AUDIENCES)),
                name="entry_audiences_are_known",
            ),
        ]

    def spoken(self) -> set[str]:
        """In which it works, by one way or another."""
        ways = (code for channel in self.channels.all() for code in channel.languages)
        return {*self.languages_served, *ways}

    def __str__(self) -> str:
        return self.slug

    def source_of(self, texts: Iterable[T]) -> T | None:
        """The one of its texts that the others are made from."""
        return source(texts, self.source_language, self.region.languages)

    def save(self, **options: Any) -> None:
        """Of its texts, an entry saves the source alone: whatever else a copy holds (a form, a
        draft) may be older than what a translator wrote meanwhile."""
        with transaction.atomic():
            self._take_translations()
            super().save(**options)

    def _take_translations(self) -> None:
        held = getattr(self, "_cluster_related_objects", {}).get("texts")
        first = self.source_of(held) if held else None
        if first and self.pk:
            Entry.objects.select_for_update().filter(pk=self.pk).first()
            now = Text.objects.filter(entry=self)
            others = now.exclude(language=first.language)
            self.texts = [first, *others]  # type: ignore[misc]  # modelcluster sets it

    def save_revision(self, *args: Any, **options: Any) -> Any:
        """Before the first draft, what is published becomes a revision: without one Wagtail would
        hide the entry until a planned change goes out."""
        if self.pk and self.live and not self.live_revision_id:
            published = Entry.objects.get(pk=self.pk)
            kept = super(Entry, published).save_revision(changed=False, clean=False)
            Entry.objects.filter(pk=self.pk).update(live_revision=kept)
            self.live_revision = self.latest_revision = kept
        return super().save_revision(*args, **options)

    def publish(self, revision: Any, *args: Any, **options: Any) -> None:
        """At its planned moment it waits where the databank refuses it."""
        from ..continuity.planned import or_waits  # verbs need the models first

        planned = options.get("log_action") == "wagtail.publish.scheduled"
        with or_waits(self, revision) if planned else nullcontext():
            super().publish(revision, *args, **options)

    def unpublish(self, set_expired: bool = False, **options: Any) -> None:
        """At its planned end it stays when nobody has said where its readers go."""
        from ..continuity.actions import Lost, nothing_lost  # verbs need the models first

        try:
            with nothing_lost():
                super().unpublish(set_expired=set_expired, **options)
        except Lost as lost:
            if not set_expired:
                raise
            logger.warning("%s stays public after its planned end: %s", self, lost)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """A page in each language of the region; the script of the form adds a day."""
        if not self.region_id:
            return []
        return [(code, languages.own_name(code)) for code in self.region.languages]

    @property
    def default_preview_mode(self) -> str:
        first = self.source_of(self.texts.all())
        spoken = self.region.languages
        return first.language if first and first.language in spoken else spoken[0]

    def serve_preview(self, request: Any, mode: str) -> Any:
        """The mode is a language, or a language on a day: `fi@2027-01-01`."""
        from ..views.entry import preview  # views need the models first

        language, _at, day = mode.partition("@")
        return preview(request, self, language, day)
