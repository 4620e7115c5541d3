"""Change: what we changed because somebody told us."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from satama.databank.models import Entry, Region
from satama.databank.models.shared import Written, is_words, said, words
from satama.threads.models import Thread


class Change(Written):
    """Public at once. `thread`: the feedback it came from, whose sender sees it in their folder; it
    is forgotten with the thread."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="changes", verbose_name=_("region")
    )
    day = models.DateField(_("day"))
    texts = words(
        verbose_name=_("what was done"),
        help_text=_("One or two sentences for everybody. Nothing about who told us."),
    )
    entry = models.ForeignKey(
        Entry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page that was changed"),
    )
    thread = models.ForeignKey(
        Thread, models.SET_NULL, null=True, editable=False, related_name="changes"
    )

    class Meta:
        verbose_name = _("change after feedback")
        verbose_name_plural = _("changes after feedback")
        ordering = ["-day", "-pk"]
        constraints = [is_words("texts", "feedback_change")]

    def clean(self) -> None:
        super().clean()
        if not self.texts:
            raise ValidationError({"texts": _("Say in a sentence what was done.")})

    def __str__(self) -> str:
        return said(self.texts, str(self.day))
