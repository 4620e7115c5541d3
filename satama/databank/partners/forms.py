"""The one short form."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from satama.base import languages, words

from .. import shelf
from ..models import Entry, Organisation, Place
from ..models.entry import AUDIENCES, CHARGES, KINDS
from ..packs.shapes import digest
from ..reading import Reader
from ..values import check_value
from . import typed
from .filling import WAYS, told, value_on

OFFERED = ("group", "service", "event", "course", "place")
DATED = ("event", "course")
# Languages that people speak here besides those of the service.
SPOKEN = ("ar", "de", "es", "et", "fa", "fr", "ne", "ru", "so", "th", "tr", "uk", "vi", "zh")
LONGEST = {"title": 90, "summary": 220, "fees": 500, "application": 2000, "body": 6000}


def _words(label: Any, name: str, rows: int = 1, **options: Any) -> forms.CharField:
    """Words of a person. The browser cuts nothing off: too long is said, and shown."""
    limit = ngettext_lazy(
        "Shorten it to %(limit_value)d character; it has %(show_value)d.",
        "Shorten it to %(limit_value)d characters; it has %(show_value)d.",
        "limit_value",
    )
    kind = forms.Textarea({"rows": rows, "dir": "auto"}) if rows > 1 else forms.TextInput
    return forms.CharField(
        label=label,
        widget=kind if rows > 1 else forms.TextInput({"dir": "auto"}),
        validators=[MaxLengthValidator(LONGEST[name], limit)],
        **options,
    )


class ShortForm(forms.Form):
    """What a partner says of a group, service, event, course or place."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    language = forms.ChoiceField(
        label=_("Language that you write in"),
        help_text=_("It is translated into the others afterwards."),
    )
    title = _words(
        _("Name"),
        "title",
        help_text=_("As people call it: Women’s evening at Silta."),
        error_messages={"required": _("Write its name.")},
    )
    summary = _words(
        _("In one sentence"),
        "summary",
        rows=2,
        help_text=_("What it is and for whom. This stands on lists."),
        error_messages={"required": _("Say in one sentence what it is.")},
    )
    body = _words(
        _("What happens, and when"),
        "body",
        rows=6,
        help_text=_("Days and times too: on Mondays from 17 to 19. Short sentences are best."),
        error_messages={"required": _("Say what happens, and when.")},
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Needed for an event or a course. From the next day it says that it has ended."
        ),
        error_messages={"invalid": _("Write a day like 2027-01-31.")},
    )
    topic = forms.TypedChoiceField(
        label=_("Topic"),
        coerce=int,
        help_text=_("Where people look for it."),
        error_messages={"required": _("Choose a topic.")},
    )
    audiences = forms.MultipleChoiceField(
        label=_("Who is it for?"),
        choices=list(AUDIENCES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one, or Everyone.")},
    )
    languages_served = forms.MultipleChoiceField(
        label=_("In which languages does it work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    charge = forms.ChoiceField(
        label=_("What does it cost?"),
        choices=list(CHARGES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it costs.")},
    )
    fees = _words(
        _("More about the cost"), "fees", required=False, help_text=_("How much, and for whom.")
    )
    application = _words(
        _("How to take part"),
        "application",
        rows=3,
        required=False,
        help_text=_("Just come, or sign up first? How, and until when?"),
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, widget=forms.TextInput({"type": "tel", "dir": "ltr"})
    )
    email = forms.CharField(
        label=_("E-mail"), required=False, widget=forms.TextInput({"type": "email", "dir": "ltr"})
    )
    web = forms.CharField(
        label=_("Web address"),
        required=False,
        widget=forms.TextInput({"inputmode": "url", "dir": "ltr"}),
    )
    place = forms.TypedChoiceField(
        label=_("Place"), required=False, coerce=int, empty_value=None, choices=[]
    )
    address = forms.CharField(
        label=_("Or its address"),
        required=False,
        max_length=150,
        help_text=_("If the place is not on the list: street, number and town."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, organisation: Organisation, reader: Reader, draft: Entry | None = None
    ) -> None:
        self.reader, self.draft = reader, draft
        self.now = told(draft, reader.on) if draft else _first(organisation, reader)
        text = draft.source_of(draft.texts.all()) if draft else None
        self.language = text.language if text else ""
        start = self.now | {"seen": digest(self.now), "language": languages.plain(reader.language)}
        super().__init__(data, initial=start)
        kinds = dict.fromkeys([*OFFERED, *([draft.kind] if draft else [])])
        self._offer("kind", [(kind, KINDS[kind]) for kind in kinds])
        self._offer("topic", [("", ""), *_topics(reader)])
        self._offer("place", [("", _("None")), *_places(organisation, reader, self.now["place"])])
        self._offer("languages_served", self._languages())
        if self.language:
            del self.fields["language"]
        else:
            own = [code for code in reader.region.languages if not languages.is_easy(code)]
            self._offer("language", [(code, languages.own_name(code)) for code in own])

    def _offer(self, name: str, choices: list) -> None:
        self.fields[name].choices = choices

    def _languages(self) -> list[tuple[str, str]]:
        """By their names in the reader's language; those of the service first."""
        own = [code for code in self.reader.region.languages if not languages.is_easy(code)]
        codes = dict.fromkeys([*own, *SPOKEN, *self.now["languages_served"]])
        return [(code, words.language_name(code, self.reader.language)) for code in codes]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_summary(self) -> str:
        return " ".join(self.cleaned_data["summary"].split())

    def clean_phone(self) -> str:
        said = _("Write a phone number like 040 123 4567 or +358 40 123 4567.")
        return _checked("phone", self.cleaned_data["phone"], typed.phone, said)

    def clean_email(self) -> str:
        said = _("Write an e-mail address like name@example.org.")
        return _checked("email", self.cleaned_data["email"], str.strip, said)

    def clean_web(self) -> str:
        said = _("Write a web address like www.example.org.")
        return _checked("url", self.cleaned_data["web"], typed.web, said)

    def clean_place(self) -> Place | None:
        chosen = self.cleaned_data["place"]
        return Place.objects.get(pk=chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given.setdefault("language", self.language)
        if "valid_until" not in self.errors:
            self._check_last_day(given.get("kind", ""), given.get("valid_until"))
        if not any(given.get(way) or way in self.errors for way in (*WAYS, "place", "address")):
            self.add_error(
                "phone", _("Say how to reach you: a phone, an e-mail, a web address or a place.")
            )
        return given

    def _check_last_day(self, kind: str, last: date | None) -> None:
        if kind in DATED and last is None:
            self.add_error("valid_until", _("Write the last day of an event or a course."))
        if last and last < self.reader.on and last != self.now["valid_until"]:
            self.add_error("valid_until", _("The last day has passed. Write a day to come."))

    def theirs(self) -> list[tuple[str, str]]:
        """What somebody else wrote meanwhile and this person did not: (label, words)."""
        typed_now = self.cleaned_data | {"place": getattr(self.cleaned_data["place"], "pk", None)}
        names = [name for name in self.now if name in self.fields]
        changed = [name for name in names if typed_now[name] != self.now[name]]
        return [(str(self.fields[name].label), self._shown(name)) for name in changed]

    def _shown(self, name: str) -> str:
        """A value of theirs as people read it."""
        value = self.now[name]
        choices = dict(_flat(getattr(self.fields[name], "choices", [])))
        many = value if isinstance(value, list) else [value]
        return ", ".join(str(choices.get(one, one)) for one in many if one not in (None, ""))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += label if isinstance(label, list) else [(key, label)]
    return found


def _checked(type: str, value: str, written: Callable[[str], str], sentence: Any) -> str:
    value = written(value)
    if value:
        try:
            check_value(type, value)
        except ValueError:
            raise ValidationError(sentence) from None
    return value


def _first(organisation: Organisation, reader: Reader) -> Mapping[str, Any]:
    """A new form knows how to reach the organisation."""
    return {
        "phone": value_on(organisation.phone, reader.on),
        "email": value_on(organisation.email, reader.on),
        "web": organisation.url,
        "place": None,
        "valid_until": None,
        "languages_served": [],
    }


def _topics(reader: Reader) -> list[tuple[str, list[tuple[int, str]]]]:
    """By situation, in the order of the home page."""
    known = shelf.topics(reader).values()
    return [
        (
            str(reader.say(top.labels)),
            [
                (topic.pk, str(reader.say(topic.labels)))
                for topic in [top, *(one for one in known if one.parent_id == top.pk)]
            ],
        )
        for top in known
        if not top.parent_id
    ]


def _places(
    organisation: Organisation, reader: Reader, chosen: int | None
) -> list[tuple[int, str]]:
    """Places of organisations and of public entries: what others only drafted is not told."""
    known = Q(organisation__isnull=False) | Q(channels__entry__live=True) | Q(pk=chosen)
    found = Place.objects.filter(known, region=organisation.region).distinct()
    return sorted(
        ((place.pk, str(reader.say(place.names))) for place in found), key=lambda pair: pair[1]
    )
