"""What becomes an entry: the words of question and answer, without who asked."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satama.base import languages, personal
from satama.databank.models import Text, Topic
from satama.databank.reading import lineage
from satama.threads.models import Thread

from ..desk.doors import own_language
from ..desk.forms import area
from ..desk.written import faults
from ..forms import Words

TITLE, SUMMARY, BODY = 90, 220, 8000
WORDS, MOST_WORDS = 80, 10  # letters of each; how many
WRITTEN = ("title", "summary", "body", "words")


class GrowForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE)
    summary = forms.CharField(label=gettext_lazy("In short"), max_length=SUMMARY, widget=area(3))
    body = Words(label=gettext_lazy("Text"), max_length=BODY, widget=area(10))
    words = forms.CharField(
        label=gettext_lazy("Words to find it by"),
        required=False,
        widget=area(3),
        help_text=gettext_lazy("As people ask it, in their language; one on each line."),
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=gettext_lazy("Topic"), required=False
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Tell who asked when it is public"), required=False
    )
    looked = forms.BooleanField(
        label=gettext_lazy("I have looked: nothing here tells who asked"), required=False
    )

    def __init__(self, data: Any, thread: Thread) -> None:
        super().__init__(data, initial=begun(thread), auto_id="grow-%s")
        self.thread = thread
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [
            (code, languages.own_name(code)) for code in thread.region.languages
        ]
        topics = Topic.objects.filter(region__in=lineage(thread.region))
        fields["topic"].queryset = topics.order_by("position")
        fields["words"].widget.attrs |= {"lang": thread.language, "dir": "auto"}
        if thread.folder_id is None:
            del self.fields["tell"]
        self.marked = list(self._marked())
        if not self.marked:
            del self.fields["looked"]

    def _marked(self) -> Iterator[dict[str, Any]]:
        """What may tell who asked, by field."""
        for name in WRITTEN:
            text = str(self[name].value() or "")
            if found := personal.marks(text):
                words = dict.fromkeys(text[mark.start : mark.end] for mark in found)
                yield {"label": self.fields[name].label, "words": list(words)}

    def clean_words(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["words"].splitlines())
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_WORDS or any(len(line) > WORDS for line in found):
            sentence = _("At most %(most)d lines of %(letters)d letters.")
            raise ValidationError(sentence % {"most": MOST_WORDS, "letters": WORDS})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("summary", "body"):
            for sentence in faults(cleaned.get(name, ""), self.thread.region):
                self.add_error(name, sentence)
        if not self.errors:
            self._check(self.text())
        if self.marked and not cleaned.get("looked"):
            self.add_error("looked", _("Look at what is listed, take out what tells who asked."))
        return cleaned

    def _check(self, text: Text) -> None:
        try:
            text.full_clean(exclude=["entry"])
        except ValidationError as wrong:
            for name, sentences in wrong.message_dict.items():
                self.add_error(name if name in self.fields else None, sentences)  # type: ignore[arg-type]

    def text(self) -> Text:
        kept = {name: self.cleaned_data[name] for name in ("language", "title", "summary", "body")}
        return Text(**kept, made="person", checked=self.thread.region.today())


def begun(thread: Thread) -> dict[str, Any]:
    """What was asked and answered, as far as it is there in the staff's language."""
    messages = list(thread.messages.all())
    asked = next((one for one in messages if one.side == "visitor"), None)
    answer = next((one for one in reversed(messages) if one.side == "desk"), None)
    language = answer.language if answer else own_language(thread.region)
    question = _in(asked, language) if asked else ""
    body = answer.text if answer else ""
    searched = [
        Truncator(words).chars(WORDS) for words in (thread.searched, _first(asked)) if words
    ]
    return {
        "language": language,
        "title": Truncator(_line(question)).chars(TITLE),
        "summary": Truncator(_line(body)).chars(SUMMARY),
        "body": body,
        "words": "\n".join(dict.fromkeys(searched)),
        "topic": thread.topic_id,
        "tell": True,
    }


def _in(message: Any, language: str) -> str:
    """What was said in a language, or nothing."""
    if message.language == language:
        return str(message.text)
    return str(message.translation) if message.translated_to == language else ""


def _first(asked: Any) -> str:
    return _line(asked.text) if asked else ""


def _line(text: str) -> str:
    """The first line that says something."""
    return next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
