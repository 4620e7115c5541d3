"""The address on a poster, and the poster."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from satama.base import languages
from satama.databank.reading import Reader, region_of
from satama.databank.views.doors import language_of
from satama.web.pages import counted
from satama.web.qr import drawn
from satama.web.security import PUBLIC

from ..models import OutreachPlace
from .counting import name_of

MOST = 6  # languages that fit on a page


@require_safe
def came(request: HttpRequest, code: str, language: str = "") -> HttpResponse:
    """Leads to the home page, in the poster's language or the reader's own. Beside the page cache
    it is counted that somebody came. Paper hangs long: a place that is gone leads on as well."""
    place = OutreachPlace.objects.filter(code=code.lower()).first()
    if place is None:
        return redirect("/")
    region = region_of(place.region_id)
    spoken = language if language in region.languages else language_of(request, region)
    response = redirect(f"/{region.slug}/{spoken}/")
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return counted(response, name_of(place.pk, spoken))


class Languages(forms.Form):
    language = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data, spoken: list[str]) -> None:
        super().__init__(data)
        self.spoken = [code for code in spoken if not languages.is_easy(code)]
        field = self.fields["language"]
        field.choices = [(code, languages.own_name(code)) for code in self.spoken]
        field.initial = self.spoken[:MOST]

    def chosen(self) -> list[str]:
        said = self.cleaned_data["language"] if self.is_bound and self.is_valid() else []
        return said[:MOST] or self.spoken[:MOST]


def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to print: one code, and what it is for in each language that is chosen."""
    place = get_object_or_404(OutreachPlace.objects.select_related("region"), pk=pk)
    if not request.user.has_perm("office.change_outreachplace", place):
        raise PermissionDenied
    form = Languages(request.GET or None, place.region.languages)
    codes = form.chosen()
    only = f"/{codes[0]}" if len(codes) == 1 else ""
    address = f"{settings.PUBLIC_URL}/o/{place.code}{only}"
    page = {
        "place": place,
        "form": form,
        "address": address.split("://")[1],
        "code": drawn(address, scale=8),
        "parts": [_part(place, code) for code in codes],
    }
    response = render(request, "office/outreach/poster.html", page)
    response.headers["Content-Security-Policy"] = PUBLIC
    return response


def _part(place: OutreachPlace, code: str) -> dict[str, str]:
    reader = Reader(place.region, code, place.region.today())
    with translation.override(code):
        return {
            "language": code,
            "direction": languages.direction(code),
            "service": str(reader.say(place.region.names)),
            "question": _("What do you need?"),
            "words": _(
                "Ask in your own words and your own language. You do not need an account or a name."
            ),
        }
