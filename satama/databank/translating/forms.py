"""A text in a language, beside the text it is made from."""

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput

from satama.databank.models import Text

from . import tokens
from .words import FIELDS, ON_ONE_LINE, digest, words_of


class TextForm(forms.ModelForm):
    """The fields that the source has. Facts and links to entries must be those of the source.
    `seen` and `of`: what the text and its source said when the form was opened, so that nobody's
    words are overwritten, and none count as made from what their writer never saw. `drafted`: a
    machine filled the fields."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    of = forms.CharField(required=False, widget=forms.HiddenInput)
    drafted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Text
        fields = FIELDS

    def __init__(
        self, data: Any, *, text: Text, source: Text, drafted: dict[str, Any] | None = None
    ) -> None:
        self.source, self.now = source, digest(words_of(text)) if text.pk else ""
        self.of_now = digest(words_of(source))
        super().__init__(data, instance=text, initial=drafted)
        self.by_machine = bool(drafted or (data and data.get("drafted")))
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

    @property
    def source_changed(self) -> bool:
        """Whether the source says something else than when the form was opened."""
        return self.is_bound and self.data.get("of") != self.of_now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ON_ONE_LINE:
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        for name in FIELDS:
            if cleaned.get(name):
                for sentence in tokens.faults(getattr(self.source, name), cleaned[name]):
                    self.add_error(name, sentence)
        return cleaned
