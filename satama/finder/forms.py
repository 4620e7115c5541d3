"""The filters of the find page. A value that is not on offer is left out, never an error page."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe
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
    """Options that say in which language they are, where it is not the page's own. Drawn at once:
    Django would fill a template for each of more than a hundred options."""

    def render(self, name, value, attrs=None, renderer=None):
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        rows = [self._row(value or "", *choice) for choice in self.choices]
        return format_html("<select{}>{}</select>", given, mark_safe("".join(rows)))  # noqa: S308

    def _row(self, chosen, value, label):
        if not isinstance(label, list):
            return self._option(chosen, value, label)
        below = "".join(self._option(chosen, *pair) for pair in label)
        return format_html('<optgroup label="{}">{}</optgroup>', value, mark_safe(below))  # noqa: S308

    def _option(self, chosen, value, label):
        known = {"value": value, "selected": value == chosen}
        if isinstance(label, Said) and not label.own:
            known |= {"lang": label.language, "dir": label.direction}
        return format_html("<option{}>{}</option>", flatatt(known), label)


class FindForm(forms.Form):
    q = forms.CharField(required=False, max_length=10_000)
    topic = forms.ChoiceField(label=_("Topic"), required=False, widget=Choices)
    audience = forms.ChoiceField(label=_("For whom"), required=False, widget=Choices)
    served = forms.ChoiceField(label=_("Language of the service"), required=False, widget=Choices)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, widget=Choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Choices)
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
