"""Phrase: what the desk says again and again; WrongDesk, FirstAnswer: counts without a person."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from satama.databank.models import Organisation, Region
from satama.databank.models.shared import is_words, words

PHRASE_KINDS = {
    "greeting": _("Greeting"),
    "asking": _("Asking for more"),
    "answer": _("Answer"),
    "closing": _("Closing"),
}


class Phrase(models.Model):
    """Approved words for answers, the same in each of its languages: a line for each paragraph."""

    region = models.ForeignKey(
        Region, models.CASCADE, related_name="phrases", verbose_name=_("region")
    )
    kind = models.CharField(
        _("kind"), max_length=8, choices=list(PHRASE_KINDS.items()), default="answer"
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("For staff: what it is about, in a few words.")
    )
    texts = words(many=True, verbose_name=_("texts"))

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["kind", "name", "pk"]
        constraints = [
            is_words("texts", "phrase"),
            models.CheckConstraint(
                condition=Q(kind__in=list(PHRASE_KINDS)), name="phrase_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, language: str) -> str:
        """Its words in a language; empty if it has none in it."""
        return "\n\n".join(self.texts.get(language, []))


class WrongDesk(models.Model):
    """How often in a month people came to us with what belongs to another organisation."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month", "-times", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "organisation", "month"], name="wrong_desk_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="wrong_desk_of_whole_months"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.month:%Y-%m}: {self.times}"


class FirstAnswer(models.Model):
    """How many first answers of a day took so many working days, and whether by the day that was
    promised. It stays when the threads are erased."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    day = models.DateField()
    took = models.PositiveSmallIntegerField()
    kept = models.BooleanField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["region", "day", "took", "kept"], name="first_answer_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.times} × {self.took}"


def once_more(counts: type[models.Model], **of: Any) -> None:
    """One more of these, also when others count at the same moment."""
    row, _new = counts._default_manager.get_or_create(**of)
    counts._default_manager.filter(pk=row.pk).update(times=F("times") + 1)
