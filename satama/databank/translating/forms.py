"""A text in a language, beside the text it is made from."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from satama.base.html import ENTRY_LINK, placeholders
from satama.databank.models import Text

from .words import FIELDS, digest, in_one, words_of


class TextForm(forms.ModelForm):
    """The fields that the source has. Facts and links to entries must be those of the source.
    `seen`: what the text said when the form was opened, so that nobody's words are overwritten."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Text
        fields = FIELDS

    def __init__(self, data: Any, *, text: Text, source: Text) -> None:
        self.source, self.now = source, digest(words_of(text)) if text.pk else ""
        super().__init__(data, instance=text, initial={"seen": self.now})
        for name in FIELDS:
            if not getattr(source, name) and not getattr(text, name):
                del self.fields[name]
                continue
            field = self.fields[name]
            field.widget = AdminAutoHeightTextInput({"lang": text.language, "dir": "auto"})
            field.required = name in ("title", "summary")

    @property
    def overtaken(self) -> bool:
        """Whether somebody else changed the text since the form was opened."""
        return self.is_bound and (self.data.get("seen") or "") != self.now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("title", "summary"):  # on one line each
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        for name in FIELDS:
            if cleaned.get(name):
                for sentence in _faults(getattr(self.source, name), cleaned[name]):
                    self.add_error(name, sentence)
        return cleaned


def _faults(before: Any, after: Any) -> Iterator[str]:
    """Sentences on facts and links that the source has and the translation lacks, or the other way
    about."""
    for named, lost, strange in (
        (
            _facts,
            gettext_lazy("The fact %s of the source is missing. Write it where its value belongs."),
            gettext_lazy("The fact %s is not in the source."),
        ),
        (
            _links,
            gettext_lazy("The link to %s of the source is missing."),
            gettext_lazy("A link to %s is not in the source."),
        ),
    ):
        wanted, there = named(in_one(before)), named(in_one(after))
        yield from (str(lost) % one for one in sorted(wanted - there))
        yield from (str(strange) % one for one in sorted(there - wanted))


def _facts(text: str) -> set[str]:
    return {f"[[{key}]]" for key in placeholders(text)}


def _links(text: str) -> set[str]:
    return {slug for _words, slug in ENTRY_LINK.findall(text)}
