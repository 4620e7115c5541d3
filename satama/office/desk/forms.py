"""What advisers fill in: the answer, and an act for each small form beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satama.base import languages
from satama.databank.models import Municipality, Organisation, Topic
from satama.databank.reading import lineage, reader_in
from satama.threads import actions as threads
from satama.threads.hand_overs import Settled
from satama.threads.models import Desk, Thread

from ..changes.actions import NotFeedback
from ..forms import LONGEST, Words
from . import written
from .doors import own_language

SAYS = {
    threads.Overtaken: _("Somebody wrote meanwhile: read it below. Your text is still here."),
    threads.Held: _("A colleague is answering. Your text is still here."),
    threads.Ended: _("This is closed. Open it again first; your text is still here."),
    threads.NoWayBack: _("There is no folder: nobody could read it."),
    Settled: _("This was agreed to, or declined, before."),
    NotFeedback: _("This is a question: answer it instead."),
}


def area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto", **attrs})


class AnswerForm(forms.Form):
    """`reply` in the reader's language, `own` in that of the page; one of them, or both. `seen`:
    the last message on the page; `machine`: a machine made the reply from `own`, which is said
    unless the adviser has `checked` it."""

    reply = Words(label=_("Answer"), max_length=2 * LONGEST, required=False, widget=area(9))
    own = Words(
        label=_("The same in your language"),
        max_length=2 * LONGEST,
        required=False,
        widget=area(9),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    machine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    checked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, auto_id="desk-%s", **options)
        self.thread, self.language = thread, own_language(thread.region)
        self.fields["reply"].widget.attrs |= {"lang": thread.language}
        self.fields["own"].widget.attrs |= {"lang": self.language}
        name = languages.own_name(thread.language)
        self.fields["reply"].label = _("Answer in: %(language)s") % {"language": name}
        name = languages.own_name(self.language)
        self.fields["own"].label = _("The same in: %(language)s") % {"language": name}
        if self.language == thread.language:
            del self.fields["own"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("reply", "own"):
            for sentence in written.faults(cleaned.get(name) or "", self.thread.region):
                self.add_error(name, sentence)
        if not (cleaned.get("reply") or cleaned.get("own") or self.errors):
            self.add_error("reply", _("Write an answer."))
        return cleaned

    def settled(self, name: str) -> str:
        language = self.thread.language if name == "reply" else self.language
        text = self.cleaned_data.get(name) or ""
        return written.settled(text, reader_in(self.thread.region, language))

    def said(self) -> dict[str, Any]:
        """As it is kept: the original is what a person wrote."""
        reply, own = self.settled("reply"), self.settled("own")
        told = {"text": reply or own, "language": self.thread.language if reply else self.language}
        if reply and own:
            told = {"text": own, "language": self.language, "translation": reply}
            told["machine"] = self.cleaned_data["machine"] and not self.cleaned_data["checked"]
        return {**told, "seen": self.cleaned_data["seen"]}


class Act(forms.Form):
    """A small form about a thread. `done`: what is told afterwards."""

    done: Any = _("Saved.")

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s", **options)
        self.thread = thread

    def do(self, user: Any) -> None:
        """Raises threads.Refused."""
        raise NotImplementedError


class OrganisationField(forms.ModelChoiceField):
    """One that is visible in the region."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.none(), **options)

    def near(self, thread: Thread) -> None:
        self.queryset = Organisation.objects.filter(region__in=lineage(thread.region))


class WalkInForm(forms.Form):
    """What somebody at the desk asks, written down for them."""

    region = forms.ChoiceField(label=_("Region"))
    text = Words(
        label=_("What they ask"),
        max_length=LONGEST,
        widget=area(6),
        help_text=_("In their words. No names, no identity codes."),
    )
    language = forms.ChoiceField(label=_("Language of the answer"))
    kind = forms.ChoiceField(
        label=_("Who asks"), choices=[("question", _("Newcomer")), ("employer", _("Employer"))]
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), required=False
    )
    slip = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, own: list[Any], **options: Any) -> None:
        super().__init__(data, auto_id="walk-%s", **options)
        self.own = {region.slug: region for region in own}
        spoken = dict.fromkeys(code for region in own for code in region.languages)
        fields: dict[str, Any] = self.fields
        fields["region"].choices = [(slug, str(region)) for slug, region in self.own.items()]
        fields["language"].choices = [(code, languages.own_name(code)) for code in spoken]
        near = {pk for region in own for pk in lineage(region)}
        topics = Topic.objects.order_by("position")
        fields["topic"].queryset = topics.filter(region__in=near)
        towns = Municipality.objects.filter(member=True)
        fields["municipality"].queryset = towns.filter(region__in=near)
        if len(own) == 1:
            fields["region"].widget = forms.HiddenInput()
            fields["region"].initial = own[0].slug

    def question(self) -> threads.Question:
        told = self.cleaned_data
        names = ("kind", "language", "text", "topic", "municipality")
        return threads.Question(**{name: told[name] for name in names})


class DeskForm(forms.ModelForm):
    class Meta:
        model = Desk
        fields = ("promise", "folder_days", "thread_days", "machine")
