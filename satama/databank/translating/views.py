"""The desk: the list of a language, and one text beside its source."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import user_passes_test

from satama.base import languages
from satama.databank.models import Entry, Region, Text
from satama.databank.reading import regions
from satama.databank.roles.scope import scope
from satama.web.staff import head

from . import actions, desk, tokens
from .differences import by_field
from .forms import TextForm
from .machine import drafting
from .status import NAMES, Status, status
from .words import words_of

LIST, ONE, STEP = "translating", "translating_text", "translating"
RIGHT = "databank.change_text"
TITLE = gettext_lazy("Translate")
TO_DRAFT = (Status.MISSING, Status.OUTDATED, Status.HALF)
MOST = 200  # rows of the list that are shown at once


def may_translate(user) -> bool:
    return user.has_perm(RIGHT)


class Asked(forms.Form):
    """Which list; a value not on offer is the first one."""

    region = forms.ChoiceField(label=gettext_lazy("Region"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    status = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, data, user) -> None:
        where = scope(user, RIGHT)
        named = {slug: row for slug, row in regions().items() if where.covers(row)}
        region = named.get(data.get("region", ""), named.get(settings.REGION))
        region = region or next(iter(named.values()))
        spoken = [(code, languages.own_name(code)) for code in region.languages]
        language = data.get("language", "")
        language = language if language in region.languages else region.languages[-1]
        state = data.get("status", "")
        state = state if state in desk.WORK else ""
        super().__init__({"region": region.slug, "language": language, "status": state})
        self.region, self.language, self.state = region, language, state
        self.fields["region"].choices = [(slug, str(row)) for slug, row in named.items()]
        self.fields["language"].choices = spoken

    def offer(self, counts: list[tuple[Status, int]]) -> None:
        """The states to choose from, with how many there are."""
        whole = sum(number for _state, number in counts)
        states = [(state.value, f"{NAMES[state]} ({number})") for state, number in counts]
        self.fields["status"].choices = [("", f"{_('All')} ({whole})"), *states]

    def rows(self) -> list[desk.Row]:
        found = desk.rows(self.region, self.language)
        self.offer(desk.counts(found))
        return [row for row in found if not self.state or row.status == self.state]


@user_passes_test(may_translate)
def the_list(request: HttpRequest) -> HttpResponse:
    asked = Asked(request.GET, request.user)
    found = asked.rows()
    page = {
        "form": asked,
        "rows": [(row, NAMES[row.status]) for row in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "language": asked.language,
        "days": desk.LATELY.days,
        "query": request.GET.urlencode(),
        **head(TITLE),
    }
    return render(request, "databank/staff/translating.html", page)


@user_passes_test(may_translate)
def one(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """GET shows the text beside its source; POST saves it."""
    entry = get_object_or_404(Entry.objects.select_related("region"), pk=pk)
    if not request.user.has_perm(RIGHT, entry):
        raise PermissionDenied
    source, text = pair(entry, language)
    form = TextForm(request.POST or None, text=text, source=source)
    stale = form.overtaken or form.source_changed
    if request.method == "POST" and form.is_valid() and not stale:
        try:
            there = _where_next(request, entry, language)  # as the list was before it is saved
            _save(request, form)
            return redirect(there)
        except actions.Overtaken:  # this very moment: now the form knows, and keeps the words
            source, text = pair(entry, language)
            form = TextForm(request.POST, text=text, source=source)
    return show(request, form)


def show(request: HttpRequest, form: TextForm) -> HttpResponse:
    """The desk with one text, saved or not."""
    source, text = form.source, form.instance
    said = Text.objects.select_related("made_from").filter(pk=text.pk).first()
    page = {
        **_beside(source, said or Text(entry=text.entry, language=text.language)),
        "form": form,
        "pairs": _pairs(form),
        "query": query(request),
        "theirs": said if form.overtaken else None,
    }
    return render(request, "databank/staff/translate.html", page)


@user_passes_test(may_translate)
def step(request: HttpRequest, pk: int, language: str, way: str) -> HttpResponse:
    """Leads to the text before or after one in the list that is open."""
    if not request.user.has_perm(RIGHT, get_object_or_404(Entry, pk=pk)):
        raise PermissionDenied
    before, after = desk.around(Asked(request.GET, request.user).rows(), pk)
    return redirect(_address(request, before if way == "previous" else after, language))


def _pairs(form: TextForm) -> list[tuple]:
    """Each field with what its source says, and the facts and links that it must have."""
    said = ((field, getattr(form.source, field.name)) for field in form.visible_fields())
    return [(field, words, tokens.of(words)) for field, words in said]


def _beside(source: Text, text: Text) -> dict:
    """What is said of a text before it is written: its state, and what changed since."""
    before = text.made_from.words if text.made_from else words_of(source)
    state = status(text if text.pk else None, source)
    return {
        "source": source,
        "text": text,
        "state": NAMES[state],
        "outdated": state is Status.OUTDATED,
        "changed": by_field(before, words_of(source)),
        "language": text.language,
        "own_name": languages.own_name(text.language),
        "machine": text.unread,
        "left": drafting.left_for(source, text.language) if state in TO_DRAFT else 0,
        **head(source.title, (TITLE, LIST)),
    }


def pair(entry: Entry, language: str) -> tuple[Text, Text]:
    """The source and the text in a language, which may not be there yet."""
    texts = {text.language: text for text in entry.texts.select_related("made_from")}
    source = entry.source_of(texts.values())
    if source is None or language == source.language or language not in _spoken(entry.region):
        raise Http404
    source.entry = entry
    return source, texts.get(language) or Text(entry=entry, language=language)


def _spoken(region: Region) -> list[str]:
    """The languages of a region; of the country, those of the regions below it as well."""
    below = Region.objects.filter(parent=region).values_list("languages", flat=True)
    return [*region.languages, *(code for spoken in below for code in spoken)]


def _save(request: HttpRequest, form: TextForm) -> None:
    checked = "checked" in request.POST
    text = form.instance
    if form.by_machine:
        text.made, text.checked = "machine", None
    seen, of = form.cleaned_data["seen"], actions.wording_of(form.source)
    actions.write(text, seen=seen, of=of, checked=checked, by=request.user, remade=form.by_machine)
    said = _("Saved, and marked as checked.") if checked else _("Saved. Not marked as checked.")
    messages.success(request, said)


def _where_next(request: HttpRequest, entry: Entry, language: str) -> str:
    """The next text of the list that is open, or the same one."""
    if "next" not in request.POST:
        return reverse(ONE, args=[entry.pk, language]) + query(request)
    asked = Asked(request.GET, request.user)
    waiting = asked.rows() if asked.language == language else []
    return _address(request, desk.around(waiting, entry.pk)[1], language)


def _address(request: HttpRequest, row: desk.Row | None, language: str) -> str:
    """Of a text of the list, or of the list when there is no other."""
    place = reverse(ONE, args=[row.entry.pk, language]) if row else reverse(LIST)
    return place + query(request)


def query(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""
