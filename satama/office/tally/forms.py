"""What is tapped in for one contact."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satama.base import languages
from satama.databank.editing.spoken import USUAL
from satama.databank.models import Municipality, Region, Topic
from satama.databank.reading import lineage

from ..models import Contact, OutreachPlace
from ..models.tally import CHANNELS, OTHER, OUTCOMES, WHO

LATE = timedelta(days=60)  # that something may wait on a tablet


@dataclass(frozen=True)
class Choices:
    """What a region's page offers: (value, words)."""

    languages: list[tuple[str, str]]
    topics: list[tuple[str, str]]
    towns: list[tuple[str, str]]
    places: list[tuple[str, str]]


def choices(region: Region) -> Choices:
    above = lineage(region)
    codes = [code for code in region.languages if not languages.is_easy(code)]
    topics = Topic.objects.filter(region__in=above, parent=None)
    towns = Municipality.objects.filter(region__in=above, valid_until=None)
    places = OutreachPlace.objects.filter(region=region)
    return Choices(
        languages=[(code, languages.own_name(code)) for code in codes],
        topics=[(str(topic.pk), str(topic)) for topic in topics],
        towns=[(str(town.pk), str(town)) for town in towns],
        places=[(str(place.pk), place.name) for place in places],
    )


class ContactForm(forms.Form):
    """Lenient where the page may be older than the databank: what is gone meanwhile is left
    empty; a contact is counted all the same."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=list(CHANNELS.items()))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    more = forms.ChoiceField(label=gettext_lazy("Another language"), required=False)
    topic = forms.CharField(label=gettext_lazy("About"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Who"), choices=list(WHO.items()))
    municipality = forms.CharField(label=gettext_lazy("Lives in"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=list(OUTCOMES.items())
    )
    place = forms.CharField(label=gettext_lazy("Where"), required=False)

    def __init__(self, data: Any, region: Region, **options: Any) -> None:
        start = {"key": uuid4(), "channel": "desk", "audience": "newcomer", "outcome": "answered"}
        super().__init__(data, initial=start | options.pop("initial", {}), **options)
        self.region, self.known = region, choices(region)
        spoken = [code for code, _name in self.known.languages]
        more = [(code, languages.own_name(code)) for code in USUAL if code not in spoken]
        fields = self.fields
        fields["language"].choices = [*self.known.languages, (OTHER, _("Another"))]
        fields["more"].choices = [("", _("Not known")), *more]
        fields["topic"].widget = forms.Select(
            choices=[*self.known.topics, ("", _("Something else"))]
        )
        fields["municipality"].widget = forms.Select(
            choices=[*self.known.towns, ("", _("Elsewhere, or not known"))]
        )
        fields["place"].widget = forms.Select(choices=[("", "–"), *self.known.places])

    def contact(self) -> Contact:
        said = self.cleaned_data
        spoken = said["more"] or OTHER if said["language"] == OTHER else said["language"]
        return Contact(
            key=said["key"],
            region=self.region,
            day=self._day(said["day"]),
            channel=said["channel"],
            language=spoken,
            topic_id=_known(said["topic"], self.known.topics),
            audience=said["audience"],
            municipality_id=_known(said["municipality"], self.known.towns),
            outcome=said["outcome"],
            place_id=_known(said["place"], self.known.places),
        )

    def _day(self, day: date | None) -> date:
        """A tablet's clock may be wrong; what comes from another day than it can is of today."""
        today = self.region.today()
        return day if day and today - LATE <= day <= today else today


def _known(value: str, offered: list[tuple[str, str]]) -> int | None:
    return int(value) if value in {one for one, _name in offered} else None
