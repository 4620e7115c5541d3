"""Text: an entry's words in one language."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .shared import Lines, Written

MAKERS = {"person": _("Person"), "machine": _("Machine"), "import": _("Import")}


def is_unread(made: str, checked: date | None) -> bool:
    """A machine made it, and nobody who can read it has."""
    return made == "machine" and checked is None


class Text(Written):
    """An entry's words in one language. The field names are those of HSDS where it has them."""

    entry = ParentalKey("Entry", on_delete=models.CASCADE, related_name="texts")
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

    wagtail_reference_index_ignore = True  # words refer to nothing that Wagtail counts

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
        return is_unread(self.made, self.checked)

    def clean(self) -> None:
        """Browsers send line ends of their own; a text is the same text with ours."""
        for name in ("eligibility", "fees", "application", "body"):
            setattr(self, name, getattr(self, name).replace("\r\n", "\n"))
