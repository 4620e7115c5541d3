"""The filters of the find page. A value that is not on offer is left out, never an error page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from satama.base import words
from satama.databank.models import Municipality
from satama.databank.models.entry import AUDIENCES, KINDS
from satama.databank.reading import Reader, Said

from .catalogue import catalogue
from .search import Wish

FILTERS = ("topic", "audience", "served", "municipality", "kind", "open")
ANY = [("", _("Any"))]


class Choices(forms.Select):
    """Options that say in which language they are, where it is not the page's own."""

    def create_option(self, name, value, label, *rest, **more):
        option = super().create_option(name, value, label, *rest, **more)
        if isinstance(label, Said) and not label.own:
            option["attrs"] |= {"lang": label.language, "dir": label.direction}
        return option


class FindForm(forms.Form):
    q = forms.CharField(required=False, max_length=10_000)
    topic = forms.ChoiceField(label=_("Topic"), required=False, widget=Choices)
    audience = forms.ChoiceField(label=_("For whom"), required=False)
    served = forms.ChoiceField(label=_("Language of the service"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, widget=Choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    open = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(self, data, reader: Reader) -> None:
        super().__init__(data, auto_id="f-%s")
        known = catalogue(reader)
        entries = [item.entry for item in known.items.values()]
        kinds = {entry.kind for entry in entries}
        audiences = {audience for entry in entries for audience in entry.audiences}
        spoken = {code for entry in entries for code in entry.languages_served}
        used = {slug for item in known.items.values() for slug in item.topics}
        towns = Municipality.objects.filter(region__in=reader.lineage, member=True)
        topics = [topic for topic in known.topics.values() if topic.slug in used]
        self.fields["topic"].choices = ANY + [
            (
                reader.say(top.labels),
                [(t.slug, reader.say(t.labels)) for t in topics if top.pk in (t.pk, t.parent_id)],
            )
            for top in topics
            if not top.parent_id
        ]
        self.fields["audience"].choices = ANY + [
            pair for pair in AUDIENCES.items() if pair[0] in audiences and pair[0] != "everyone"
        ]
        self.fields["served"].choices = ANY + sorted(
            ((code, words.language_name(code, reader.language)) for code in spoken),
            key=lambda pair: pair[1],
        )
        self.fields["municipality"].choices = ANY + [
            (town.slug, reader.say(town.names)) for town in towns
        ]
        self.fields["kind"].choices = ANY + [pair for pair in KINDS.items() if pair[0] in kinds]

    def wish(self) -> Wish:
        """What was asked; values not on offer are dropped."""
        self.is_valid()
        good = {name: self.cleaned_data.get(name) or "" for name in FILTERS[:-1]}
        words = (self.data.get("q") or "").replace("\x00", " ")[:300]
        return Wish(words=words, open=bool(self.cleaned_data.get("open")), **good)
