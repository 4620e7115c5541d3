"""The acts beside an answer, each a form of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from satama.accounts.models import User
from satama.databank.translating.machine.drafting import NoDraft
from satama.threads import actions as threads
from satama.threads import hand_overs
from satama.threads.models import HandOver, Message, Thread

from ..forms import LONGEST, Words
from ..models import Change
from . import actions, machine
from .doors import advisers, own_language
from .forms import Act, OrganisationField, area

MOST_DONE = 500  # characters


class Assign(Act):
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Whose"), required=False, empty_label=_("Nobody's")
    )

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        self.fields["to"].queryset = advisers(thread.region, thread.assigned)  # type: ignore[attr-defined]
        self.fields["to"].initial = thread.assigned_id

    def do(self, user: Any) -> None:
        threads.assign(self.thread, to=self.cleaned_data["to"])


class Mine(Act):
    def do(self, user: Any) -> None:
        threads.assign(self.thread, to=user)


class Note(Act):
    text = Words(
        label=_("Note for colleagues"),
        max_length=LONGEST,
        widget=area(3),
        help_text=_("It goes when the question goes. The person who asked does not see it."),
    )

    def do(self, user: Any) -> None:
        threads.note(self.thread, text=self.cleaned_data["text"], by=user)


class Close(Act):
    done = _("Closed.")

    def do(self, user: Any) -> None:
        threads.close(self.thread)


class Reopen(Act):
    done = _("Open again.")

    def do(self, user: Any) -> None:
        threads.reopen(self.thread)


class Called(Act):
    done = _("The number is erased.")
    text = Words(label=_("What was said"), max_length=LONGEST, required=False, widget=area(4))
    into = forms.ChoiceField(
        label=_("Keep it as"),
        choices=[("note", _("a note for colleagues")), ("answer", _("an answer in the folder"))],
        widget=forms.RadioSelect,
        initial="note",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        if thread.folder_id is None:
            self.fields["into"].choices = self.fields["into"].choices[:1]  # type: ignore[attr-defined]

    def do(self, user: Any) -> None:
        actions.called(self.thread, by=user, **self.cleaned_data)


class Wrong(Act):
    """It belongs to another: counted, and nothing else."""

    done = _("Counted. Nobody can tell who it was.")
    to = OrganisationField(label=_("It belongs to"))

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        self.fields["to"].near(thread)  # type: ignore[attr-defined]

    def do(self, user: Any) -> None:
        region = self.thread.region
        actions.wrong_desk(region, self.cleaned_data["to"], on=region.today())


class Handing(Act):
    to = OrganisationField(label=_("To"))
    shared = Words(
        label=_("What they get to read"),
        max_length=LONGEST,
        widget=area(5),
        help_text=_("No more than they need. The person agrees to this very text."),
    )
    asked = forms.ChoiceField(
        label=_("Consent"),
        choices=[
            ("folder", _("Ask in the folder; nothing leaves before they say yes")),
            ("said", _("They have read it, and said yes to me")),
        ],
        widget=forms.RadioSelect,
        initial="folder",
    )

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        self.fields["to"].near(thread)  # type: ignore[attr-defined]
        if thread.folder_id is None:
            self.fields["asked"].choices = self.fields["asked"].choices[1:]  # type: ignore[attr-defined]
            self.fields["asked"].initial = "said"

    def do(self, user: Any) -> None:
        said = {name: self.cleaned_data[name] for name in ("to", "shared")}
        act = actions.propose if self.cleaned_data["asked"] == "folder" else actions.hand_over
        act(self.thread, by=user, **said)


class Done(Act):
    """Of feedback, and nothing else: the page offers it there."""

    done = _("It is on the public list.")
    reply = Words(
        label=_("What was done"),
        required=False,
        max_length=MOST_DONE,
        widget=area(3),
        help_text=_("For everybody to read. Nothing about who told us."),
    )
    own = Words(
        label=_("The same in your language"), required=False, max_length=MOST_DONE, widget=area(3)
    )

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        if own_language(thread.region) == thread.language:
            del self.fields["own"]

    def clean(self) -> dict[str, Any]:
        said, region = super().clean() or self.cleaned_data, self.thread.region
        texts = {self.thread.language: said.get("reply"), own_language(region): said.get("own")}
        said["texts"] = {code: text for code, text in texts.items() if text}
        if not said["texts"]:
            self.add_error("reply", _("Say in a sentence what was done."))
        elif not self.errors:
            try:
                Change(region=region, day=region.today(), texts=said["texts"]).full_clean()
            except forms.ValidationError as wrong:
                self.add_error("reply", wrong.messages)
        return said

    def do(self, user: Any) -> None:
        actions.done(self.thread, texts=self.cleaned_data["texts"], by=user)


class Landed(Act):
    """They said on the phone that they have it."""

    given = forms.ModelChoiceField(HandOver.objects.none())

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        self.fields["given"].queryset = thread.hand_overs.all()  # type: ignore[attr-defined]

    def do(self, user: Any) -> None:
        hand_overs.landed(self.cleaned_data["given"], on=self.thread.region.today())


class Translate(Act):
    """Beside the visitor's words, in the language of the page: by the adviser, or by a machine."""

    message = forms.ModelChoiceField(Message.objects.none())
    text = Words(label=_("Translation"), required=False, max_length=2 * LONGEST)
    draft = forms.BooleanField(required=False)

    def __init__(self, data: Any, thread: Thread, **options: Any) -> None:
        super().__init__(data, thread, **options)
        self.fields["message"].queryset = thread.messages.filter(side="visitor")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        message, to = cleaned.get("message"), own_language(self.thread.region)
        if message and cleaned["draft"]:
            try:
                cleaned["text"] = machine.draft(
                    self.thread.region, message.text, source=message.language, target=to
                )
            except NoDraft as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def do(self, user: Any) -> None:
        said, to = self.cleaned_data, own_language(self.thread.region)
        threads.translate(said["message"], to=to, text=said["text"], machine=said["draft"])


ACTS: dict[str, type[Act]] = {
    one.__name__.lower(): one
    for one in (Assign, Mine, Note, Close, Reopen, Called, Wrong, Done, Handing, Landed, Translate)
}
