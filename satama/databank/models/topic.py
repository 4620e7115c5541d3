"""Topic: a small multilingual vocabulary, so that everyday words find the official thing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .region import Region
from .shared import Packed, choices_list, is_slug, is_words, said, words


class Topic(Packed):
    region = models.ForeignKey(Region, models.PROTECT, related_name="topics")
    slug = models.SlugField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    icon = models.CharField(max_length=30, blank=True)
    situation = models.BooleanField(_("tile on the home page"), default=False)
    labels = words()
    hints = words(help_text=_("A line under the label."))
    synonyms = words(many=True, help_text=_("What people type; one on each line."))
    service_classes = choices_list()
    target_groups = choices_list()
    life_events = choices_list()

    class Meta:
        ordering = ["position"]
        constraints = [
            is_slug("slug", "topic"),
            is_words("labels", "topic"),
            models.UniqueConstraint(fields=["region", "slug"], name="topic_once_a_region"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="topic_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return said(self.labels, self.slug)
