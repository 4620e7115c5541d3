"""Where readers are led: a choice of pages, and the form of a redirect."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from satama.base import languages

from ..models import Entry, Organisation, Region, Topic
from ..reading import lineage
from ..roles.forms import NounForm
from .losses import FOLDERS, Loss

ADDRESS = re.compile(r"(?:entries|topics|organisations)/[a-z0-9-]+$")
NOWHERE = """
SELECT format('/%%s/%%s/%%s', r.slug, r.language, %(to)s) FROM databank_below(%(region)s) r
WHERE %(language)s IN (r.language, '') AND NOT databank_answers(r.id, r.language, %(to)s) LIMIT 1
"""


class Lead(forms.Form):
    """`lead_to`: a page that all who lose theirs can read."""

    lead_to = forms.ChoiceField(label=gettext_lazy("Lead readers to"))

    def __init__(self, data: Any, losses: list[Loss]) -> None:
        super().__init__(data)
        regions = Region.objects.filter(slug__in=[loss.region for loss in losses])
        # What the highest region shows, those below it show as well.
        heights = [lineage(region) for region in regions]
        lost = {loss.path for loss in losses}
        found = [pair for pair in pages(min(heights, key=len, default=[])) if pair[0] not in lost]
        grouped: dict[str, list[tuple[str, str]]] = {}
        for path, name in found:
            grouped.setdefault(path.partition("/")[0], []).append((path, name))
        titles = {
            "entries": _("Entries"),
            "topics": _("Topics"),
            "organisations": _("Organisations"),
        }
        choices = [(titles[folder], rows) for folder, rows in grouped.items()]
        self.fields["lead_to"].choices = [("", _("Choose a page")), *choices]


class LeadLanguages(forms.Form):
    """For each language that a region shall speak no more: the one that its readers are led to."""

    def __init__(self, data: Any, gone: list[str], spoken: list[str]) -> None:
        super().__init__(data)
        offered = [(code, languages.own_name(code)) for code in spoken]
        for code in gone:
            self.fields[f"lead_{code}"] = forms.ChoiceField(
                label=_("Lead readers of this language: %(language)s")
                % {"language": languages.own_name(code)},
                choices=[("", _("Choose a language")), *offered],
            )


def pages(lineage: list[int]) -> list[tuple[str, str]]:
    """(address, name) of every page of these regions, by name."""
    language = get_language() or "en"
    entries = Entry.objects.filter(live=True, region__in=lineage).prefetch_related("texts")
    named: list[tuple[Any, str]] = []
    for entry in entries.defer("keywords"):
        titles = {text.language: text.title for text in entry.texts.all()}
        named.append((entry, languages.best(titles, [language, "en"])[0] or entry.slug))
    for topic in Topic.objects.filter(region__in=lineage):
        named.append((topic, languages.best(topic.labels, [language, "en"])[0]))
    for organisation in Organisation.objects.filter(region__in=lineage):
        named.append((organisation, languages.best(organisation.names, [language, "en"])[0]))
    named.sort(key=lambda pair: (list(FOLDERS).index(type(pair[0])), pair[1].casefold()))
    return [(f"{FOLDERS[type(row)]}/{row.slug}", name) for row, name in named]


class RedirectForm(NounForm):
    """Whole web addresses may be pasted; what stands after the language is kept."""

    def clean_path(self) -> str:
        return _address(self.cleaned_data["path"])

    def clean_to(self) -> str:
        return _address(self.cleaned_data["to"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        region, to = cleaned.get("region"), cleaned.get("to")
        if region and to:
            asked = {"region": region.pk, "to": to, "language": cleaned.get("language") or ""}
            with connection.cursor() as cursor:
                cursor.execute(NOWHERE, asked)
                if missing := cursor.fetchone():
                    sentence = _("No page is there: %(address)s") % {"address": missing[0]}
                    self.add_error("to", sentence)
        return cleaned


def _address(written: str) -> str:
    found = ADDRESS.search(written.strip().rstrip("/"))
    if not found:
        raise ValidationError(
            _("Write the address of an entry, a topic or an organisation, like entries/tax-card.")
        )
    return found[0]
