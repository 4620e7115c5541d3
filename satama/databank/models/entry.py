"""Entry: anything a person can find. Text: its words in one language. Channel: one way to reach
it."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
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
from .fact import Fact
from .organisation import Organisation, Place
from .region import Municipality, Region
from .shared import (
    Dated,
    Lines,
    Packed,
    Sourced,
    Written,
    choices_list,
    dates_in_order,
    is_slug,
    words,
)
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
CHANNEL_KINDS = {
    "place": _("Visit"),
    "phone": _("Phone"),
    "web": _("Online"),
    "email": _("E-mail"),
    "chat": _("Chat"),
}
MAKERS = {"person": _("Person"), "machine": _("Machine"), "import": _("Import")}


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


class Text(Written):
    """An entry's words in one language. The field names are those of HSDS where it has them."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12, verbose_name=_("language"))
    made = models.CharField(
        max_length=10, choices=list(MAKERS.items()), default="person", verbose_name=_("made by")
    )
    checked = models.DateField(
        _("read by a person"), null=True, blank=True, help_text=_("And found right.")
    )
    made_from = models.ForeignKey(
        "Wording", models.RESTRICT, null=True, blank=True, editable=False, related_name="made"
    )
    title = models.CharField(max_length=90, verbose_name=_("title"))
    summary = models.CharField(max_length=220, verbose_name=_("summary"))
    eligibility = models.TextField(_("who it is for"), blank=True)
    fees = models.TextField(_("what it costs"), blank=True)
    documents = Lines(models.TextField(), verbose_name=_("bring"), default=list, blank=True)
    application = models.TextField(_("how to use it"), blank=True)
    body = models.TextField(blank=True, verbose_name=_("text"))
    alt = models.CharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who cannot see it."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="text_once_a_language"),
            models.CheckConstraint(
                condition=Q(title__regex=r"\S", summary__regex=r"\S"),
                name="text_has_title_and_summary",
            ),
            models.CheckConstraint(condition=Q(made__in=list(MAKERS)), name="text_maker_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"

    @property
    def unread(self) -> bool:
        """A machine made it, and nobody who can read it has."""
        return self.made == "machine" and self.checked is None

    def clean(self) -> None:
        """Browsers send line ends of their own; a text is the same text with ours."""
        for name in ("eligibility", "fees", "application", "body"):
            setattr(self, name, getattr(self, name).replace("\r\n", "\n"))


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
