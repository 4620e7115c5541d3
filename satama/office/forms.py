"""What visitors fill in. Nothing typed is lost: a form that is not sent yet is drawn with what is
in it."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from satama.base import languages, words
from satama.databank import shelf
from satama.databank.models import Municipality
from satama.databank.reading import Reader
from satama.threads.actions import Question, promise
from satama.web.pages import PAGE

from .desk.measure import days_now
from .shown import entry_at, page_named

LONGEST = 4000
NUMBER = re.compile(r"\+?[\d ()/.-]{5,25}")


class Words(forms.CharField):
    """A person's own words, as many characters as they see."""

    widget = forms.Textarea

    def to_python(self, value):
        plain = (value or "").replace("\r\n", "\n").replace("\x00", "")
        return super().to_python(plain)


WRITTEN = {
    "required": _("Write what you want to say."),
    "max_length": _("The text is too long: %(limit_value)d characters fit in."),
}


class Message(forms.Form):
    """What every message has; `folder` is the one that is open, if any."""

    text = Words(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        error_messages=WRITTEN,
    )
    page = forms.CharField(required=False)
    searched = forms.CharField(required=False, max_length=300)

    def __init__(self, data, reader: Reader, folder, **more) -> None:
        super().__init__(data, auto_id="f-%s", **more)
        self.reader, self.folder = reader, folder

    def clean_page(self) -> str:
        page = self.cleaned_data["page"]
        return page if PAGE.fullmatch(page) else ""

    def page_named(self) -> str:
        """The page that travels along, as people know it."""
        page = self["page"].value() or ""
        return page_named(page, self.reader) if PAGE.fullmatch(page) else ""

    def topic(self):
        """What the page is about."""
        page = self.cleaned_data["page"]
        known = shelf.topics(self.reader)
        if page.startswith("topics/"):
            return next((t for t in known.values() if t.slug == page[7:]), None)
        entry = entry_at(page, self.reader)
        row = entry and entry.topic_rows.first()
        return known.get(row.topic_id) if row else None


class AskForm(Message):
    kind = forms.ChoiceField(
        label=_("I am"),
        choices=[
            ("question", _("new here, or I help somebody who is")),
            ("employer", _("an employer")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language of the answer"))
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        required=False,
        help_text=_("If your question is about a place."),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    when = forms.CharField(
        label=_("When can we call?"),
        required=False,
        max_length=100,
        help_text=_("Mornings, for example."),
    )
    back = forms.ChoiceField(
        label=_("How do you get the answer?"),
        required=False,
        choices=[
            ("folder", _("In a folder here. You get a code that opens it.")),
            ("call", _("Only by phone. No folder is made.")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data, reader: Reader, folder, **more) -> None:
        super().__init__(data, reader, folder, **more)
        self.fields["text"].label = _("Your question")
        self.fields["text"].help_text = _(
            "Write in any language. Leave out names and identity codes: we do not need them."
        )
        named = [(code, languages.own_name(code)) for code in reader.region.languages]
        self.fields["language"].choices = named
        if self.initial.get("language") not in reader.region.languages:
            self.initial["language"] = reader.language
        self.towns = Municipality.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=reader.on),
            region__in=reader.lineage,
            member=True,
        )
        listed = [(town.slug, str(reader.say(town.names))) for town in self.towns]
        self.fields["municipality"].choices = [("", _("Not about one place")), *listed]
        if folder:
            del self.fields["back"]

    @cached_property
    def promised(self) -> dict[str, Any]:
        """By when it is answered; `longer`: the queue is long, and we say so."""
        region, on = self.reader.region, self.reader.on
        days, longer = days_now(region, on)
        return {"until": promise(region, "question", on=on, days=days), "longer": longer}

    def clean_phone(self) -> str:
        number = words.western(self.cleaned_data["phone"].strip())
        if number and not NUMBER.fullmatch(number):
            raise forms.ValidationError(
                _("Write the number with digits, such as +358 40 123 4567.")
            )
        return number

    def clean(self) -> dict:
        if self.only_call and not self.cleaned_data.get("phone") and "phone" not in self.errors:
            self.add_error(
                "phone", _("Write your number, or choose a folder: we need a way to answer.")
            )
        return self.cleaned_data

    @property
    def only_call(self) -> bool:
        return not self.folder and self.cleaned_data.get("back") == "call"

    @property
    def into(self):
        """The open folder that it goes into."""
        return self.folder

    @property
    def fresh(self) -> bool:
        """Whether a new folder is made for it."""
        return not self.folder and not self.only_call

    def question(self) -> Question:
        said = self.cleaned_data
        call = " · ".join(filter(None, [said["phone"], said["when"] if said["phone"] else ""]))
        town = next((town for town in self.towns if town.slug == said["municipality"]), None)
        return Question(
            kind=said["kind"],
            language=said["language"],
            text=said["text"],
            page=said["page"],
            searched=said["searched"],
            phone=call,
            topic=self.topic(),
            municipality=town,
        )


class FeedbackForm(Message):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            ("feedback", _("What the page says, or the service")),
            ("accessibility", _("Something is hard to use: accessibility")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.BooleanField(
        label=_("I want to read what you did about it"),
        required=False,
        help_text=_("You get a folder and a code that opens it. No name is needed."),
    )

    def __init__(self, data, reader: Reader, folder, **more) -> None:
        super().__init__(data, reader, folder, **more)
        self.fields["text"].label = _("What is wrong, missing or good?")
        self.fields["text"].help_text = _(
            "Write in any language. Leave out names and identity codes."
        )
        if folder:
            self.fields["answer"].help_text = _("It goes into your open folder.")

    @property
    def into(self):
        return self.folder if self.cleaned_data["answer"] else None

    @property
    def fresh(self) -> bool:
        return not self.folder and self.cleaned_data["answer"]

    def question(self) -> Question:
        said = self.cleaned_data
        return Question(
            kind=said["kind"],
            language=self.reader.language,
            text=said["text"],
            page=said["page"],
            searched=said["searched"],
            topic=self.topic(),
        )


class SayForm(forms.Form):
    text = Words(
        label=_("Add something"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages=WRITTEN,
    )


class CodeForm(forms.Form):
    """`text`, `thread`: what somebody was writing when their folder closed itself."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=100,
        help_text=format_lazy(
            "{} {}", _("16 letters and digits, for example:"), "7F3K-Q2ZT-9WBM-C0X1"
        ),
        error_messages={"required": _("Write your code.")},
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    word = forms.CharField(
        label=_("Check word"),
        required=False,
        max_length=40,
        help_text=_("It stands beside the code."),
    )
    text = Words(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    thread = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={
            "required": _("Write an e-mail address."),
            "invalid": _("This is no e-mail address. It looks like name@example.com."),
        },
    )
