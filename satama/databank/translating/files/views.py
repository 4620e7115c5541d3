"""The staff page: a list as a PO file, one in, what it would change, and the button for that."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from satama.base import languages
from satama.databank.models import Region, Upload
from satama.databank.sheets.files import LARGEST
from satama.databank.sheets.table import Refused
from satama.web.staff import head

from ..views import LIST, Asked, may_translate
from ..views import TITLE as ABOVE
from . import po
from .actions import NotTaken, foresee, take
from .out import items

FILE = "translating_file"
ENDING = ".po"
TITLE = gettext_lazy("As a file")


class In(forms.Form):
    """A file in the language of the list that is open."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("A .po file that was downloaded here and translated."),
        widget=forms.FileInput(attrs={"accept": ENDING}),
    )

    def __init__(self, *given, language: str) -> None:
        super().__init__(*given)
        self.language = language

    def clean_file(self) -> bytes:
        """The file itself, when it can be read."""
        sent = self.cleaned_data["file"]
        if not sent.name.lower().endswith(ENDING):
            raise forms.ValidationError(_("Only .po files can be read."))
        content = sent.read(LARGEST + 1)
        try:
            found = po.read(content).language
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        if found.lower() != self.language.lower():
            told = {"there": found, "here": self.language}
            raise forms.ValidationError(
                _("The file is in the language %(there)s; the list is in %(here)s.") % told
            )
        return content


def _asked(request: HttpRequest) -> Asked:
    """The list that is open, for who may translate in its region."""
    asked = Asked(request.GET, request.user)
    _allow(request, asked.region)
    return asked


def _allow(request: HttpRequest, region: Region) -> None:
    if not request.user.has_perm("databank.change_text", region):
        raise PermissionDenied


@user_passes_test(may_translate)
def file(request: HttpRequest) -> HttpResponse:
    """GET shows the way out and the way in; POST keeps a file and leads to what it would change."""
    asked = _asked(request)
    form = In(request.POST or None, request.FILES or None, language=asked.language)
    if request.method == "POST" and form.is_valid():
        upload = Upload.objects.keep(
            person=request.user,
            region=asked.region,
            name=request.FILES["file"].name,
            content=form.cleaned_data["file"],
        )
        return redirect(f"{FILE}_difference", upload.reference)
    page = {
        "form": form,
        "region": asked.region,
        "texts": len(asked.rows()),
        "own_name": languages.own_name(asked.language),
        "query": f"?{request.GET.urlencode()}",
        **head(TITLE, (ABOVE, LIST)),
    }
    return render(request, "databank/staff/translating_file.html", page)


@user_passes_test(may_translate)
def download(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    content = po.write(asked.language, items(asked.region, asked.language, asked.rows()))
    name = "-".join(filter(None, [asked.region.slug, asked.state, asked.language]))
    headers = {"Content-Disposition": f'attachment; filename="{name}.po"'}
    return HttpResponse(content, content_type="text/x-gettext-translation", headers=headers)


@user_passes_test(may_translate)
def difference(request: HttpRequest, reference: str) -> HttpResponse:
    """GET shows what the file would change, POST changes it: the file that was shown, no other."""
    upload = Upload.objects.referred(reference, request.user, ENDING)
    if not upload:
        messages.error(request, _("The file is no longer kept. Upload it again."))
        return redirect(LIST)
    _allow(request, upload.region)
    read = po.read(bytes(upload.content))
    here = f"?region={upload.region.slug}&language={read.language}"
    try:
        if request.method == "POST":
            take(read, upload.region, read="read" in request.POST, by=request.user)
            upload.delete()
            messages.success(request, _("The texts of the file are in the databank now."))
            return redirect(reverse(LIST) + here)
        found = foresee(read, upload.region)
    except NotTaken as error:
        found = error.difference
    page = {"upload": upload, "found": found, "back": reverse(FILE) + here}
    page |= {"own_name": languages.own_name(read.language), "language": read.language}
    return render(request, TEMPLATE, page | head(upload.name, (ABOVE, LIST)))


TEMPLATE = "databank/staff/translating_difference.html"
