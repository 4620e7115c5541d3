"""What staff say of a closure: what, from when, until when, why."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..editing.fields import PlainWords
from ..models import Closure, Entry, Place
from ..models.closure import REASONS, WAYS
from ..models.shared import said
from ..reading import regions
from ..roles.scope import scope

ADD = "databank.add_closure"
DAYS = {"today": 1, "tomorrow": 2}
LONGEST = timedelta(days=62)


def moment(label: Any, help_text: Any) -> forms.DateTimeField:
    """As the clocks of the region show it: whose they are is known when the form is read."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)


class Closing(forms.Form):
    what = forms.ChoiceField(label=gettext_lazy("What is closed"))
    way = forms.ChoiceField(
        label=gettext_lazy("How much of it"),
        required=False,
        choices=[("", gettext_lazy("All of it")), *WAYS.items()],
        help_text=gettext_lazy("Of an office: visits alone, for example. A place closes whole."),
    )
    until = forms.ChoiceField(
        label=gettext_lazy("Until"),
        initial="today",
        choices=[
            ("today", gettext_lazy("The end of today")),
            ("tomorrow", gettext_lazy("The end of tomorrow")),
            ("moment", gettext_lazy("Another moment, below")),
        ],
        widget=forms.RadioSelect,
    )
    ends = moment(gettext_lazy("Another moment"), "")
    begins = moment(gettext_lazy("From"), gettext_lazy("Empty: from now on."))
    because = forms.ChoiceField(
        label=gettext_lazy("Because"),
        required=False,
        choices=[*REASONS.items(), ("", gettext_lazy("Something else, below"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("These are said in every language."),
    )
    reason = PlainWords(
        label=gettext_lazy("In your own words"),
        required=False,
        help_text=gettext_lazy("Instead of the above. Nothing about a person."),
    )

    def __init__(self, data: Any, user: Any, now: datetime) -> None:
        super().__init__(data)
        self.now, self.rows = now, shuttable(user)
        offices, places = ([r for r in self.rows if isinstance(r, t)] for t in (Entry, Place))
        self.fields["what"].choices = [
            (_("Offices"), [(key_of(row), name_of(row)) for row in offices]),
            (_("Places"), [(key_of(row), name_of(row)) for row in places]),
        ]
        spoken = dict.fromkeys(
            code
            for region in regions().values()
            if region.pk in {row.region_id for row in self.rows}
            for code in region.languages
        )
        self.fields["reason"].widget.spoken = list(spoken)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("because") and not said.get("reason") and "reason" not in self.errors:
            self.add_error("because", _("Say why: people come a long way."))
        row = next((row for row in self.rows if key_of(row) == said.get("what")), None)
        if row and not self.errors:
            self._read(row)
        return said

    def _read(self, row: Entry | Place) -> None:
        said, zone = self.cleaned_data, ZoneInfo(row.region.time_zone)
        here = self.now.astimezone(zone)
        begins = _at(said["begins"], zone) or here.replace(second=0, microsecond=0)
        ends = _ends(said, here.date(), zone)
        if ends is None:
            self.add_error("ends", _("Write until when."))
        elif ends <= max(begins, here):
            self.add_error("ends", _("It would be over before it begins."))
        elif ends - begins > LONGEST:
            self.add_error("ends", _("For longer than two months, change the hours instead."))
        self.closure = Closure(
            region=row.region,
            entry=row if isinstance(row, Entry) else None,
            place=row if isinstance(row, Place) else None,
            way=said["way"] if isinstance(row, Entry) else "",
            begins=begins,
            ends=ends,
            because="" if said["reason"] else said["because"],
            reason=said["reason"],
        )
        if not self.errors:
            self._check()

    def _check(self) -> None:
        """As every form of words: no HTML, nothing that only a machine sees."""
        try:
            self.closure.clean_fields(exclude=["region", "entry", "place", "by"])
        except forms.ValidationError as fault:
            self.add_error(
                "reason", [said for many in fault.message_dict.values() for said in many]
            )


def shuttable(user: Any) -> list[Entry | Place]:
    """Offices and places of the regions in which the person may close them, the Welcome Office
    first."""
    where = scope(user, ADD).of_regions
    entries = Entry.objects.filter(live=True, kind="office").select_related("region")
    offices = list(where.within(entries.prefetch_related("texts").order_by("slug")))
    offices.sort(key=lambda row: row.slug != row.region.office)
    return [*offices, *where.within(Place.objects.select_related("region"))]


def key_of(row: Entry | Place) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def name_of(row: Entry | Place) -> str:
    if isinstance(row, Place):
        return str(row)
    titles = {text.language: text.title for text in row.texts.all()}
    return said(titles, row.slug)


def _ends(said: dict[str, Any], today: date, zone: ZoneInfo) -> datetime | None:
    if said["until"] in DAYS:
        last = today + timedelta(days=DAYS[said["until"]])
        return datetime.combine(last, time(), zone)
    return _at(said["ends"], zone)


def _at(value: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Django reads it by its own clock; people wrote it by theirs."""
    return value.replace(tzinfo=zone) if value else None
