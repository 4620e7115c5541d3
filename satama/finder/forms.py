"""The filters of the find page. A value that is not on offer is left out, never an error page."""

from datetime import date
from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from satama.base import words
from satama.databank import version
from satama.databank.models import Municipality, Region
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
        marks = " selected" if value == chosen else ""
        if isinstance(label, Said) and not label.own:
            marks += format_html(' lang="{}" dir="{}"', label.language, label.direction)
        return f'<option value="{escape(value)}"{marks}>{escape(label)}</option>'


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
        for name, choices in _on_offer(
            version.current(), reader.region, reader.language, reader.on
        ).items():
            self.fields[name].choices = choices

    def wish(self) -> Wish:
        """What was asked; values not on offer are dropped."""
        self.is_valid()
        good = {name: self.cleaned_data.get(name) or "" for name in FILTERS[:-1]}
        words = (self.data.get("q") or "").replace("\x00", " ")[:300]
        return Wish(words=words, open=bool(self.cleaned_data.get("open")), **good)


@lru_cache(maxsize=64)
def _on_offer(_version: int, region: Region, language: str, on: date) -> dict[str, list]:
    """What each filter can be in a language: values that something there has."""
    reader = Reader(region, language, on)
    known = catalogue(reader)
    entries = [item.entry for item in known.items.values()]
    kinds = {entry.kind for entry in entries}
    audiences = {audience for entry in entries for audience in entry.audiences} - {"everyone"}
    spoken = {code for entry in entries for code in entry.spoken()}
    used = {slug for item in known.items.values() for slug in item.topics}
    towns = Municipality.objects.filter(region__in=reader.lineage, member=True)
    topics = [topic for topic in known.topics.values() if topic.slug in used]
    below = {
        top.pk: [(t.slug, reader.say(t.labels)) for t in topics if top.pk in (t.pk, t.parent_id)]
        for top in topics
    }
    named = [(code, words.language_name(code, language)) for code in spoken]
    return {
        "topic": ANY + [(reader.say(t.labels), below[t.pk]) for t in topics if not t.parent_id],
        "audience": ANY + [pair for pair in AUDIENCES.items() if pair[0] in audiences],
        "served": ANY + sorted(named, key=lambda pair: pair[1]),
        "municipality": ANY + [(town.slug, reader.say(town.names)) for town in towns],
        "kind": ANY + [pair for pair in KINDS.items() if pair[0] in kinds],
    }
