"""Topic: a small multilingual vocabulary, so that everyday words find the official thing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .region import Region
from .shared import Packed, choices_list, is_slug, is_words, said, words


class Topic(Packed):
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="topics", verbose_name=_("region")
    )
    slug = models.SlugField(verbose_name=_("address"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(default=0, verbose_name=_("place in the list"))
    icon = models.CharField(max_length=30, blank=True, verbose_name=_("icon"))
    situation = models.BooleanField(_("tile on the home page"), default=False)
    labels = words(verbose_name=_("names"))
    hints = words(help_text=_("A line under the label."), verbose_name=_("lines under the names"))
    synonyms = words(
        many=True,
        help_text=_("What people type; one on each line."),
        verbose_name=_("everyday words"),
    )
    service_classes = choices_list(verbose_name=_("service classes"))
    target_groups = choices_list(verbose_name=_("target groups"))
    life_events = choices_list(verbose_name=_("life events"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position"]
        constraints = [
            is_slug("slug", "topic"),
            is_words("labels", "topic"),
            models.UniqueConstraint(fields=["region", "slug"], name="topic_once_a_region"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="topic_is_not_its_own_parent",
                violation_error_message=_("A topic is not part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return said(self.labels, self.slug)
