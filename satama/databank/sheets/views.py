"""The staff page: a spreadsheet out, one in, what it would change, and the button that does it."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from satama.databank.models import Region, Upload
from satama.databank.roles.scope import regions_with
from satama.web.staff import head

from . import files
from .actions import NotApplied, apply, foresee
from .columns import SHEETS as KINDS
from .table import Refused

SHEETS = "databank_sheets"
TITLE = gettext_lazy("Many at once")
RIGHTS = [f"databank.change_{kind}" for kind in KINDS.values()]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOICES = {
    "": gettext_lazy("Everything (.xlsx)"),
    "entries": gettext_lazy("Entries (.csv)"),
    "organisations": gettext_lazy("Organisations (.csv)"),
    "facts": gettext_lazy("Facts (.csv)"),
}


def may_use(user) -> bool:
    return bool(regions_with(user, *RIGHTS))


class OfRegion(forms.Form):
    region = forms.ModelChoiceField(
        Region.objects.none(), label=gettext_lazy("Region"), empty_label=None
    )

    def __init__(self, user, *sent) -> None:
        super().__init__(*sent)
        rows = regions_with(user, *RIGHTS).within(Region.objects.order_by("slug"))
        self.fields["region"].queryset = rows
        self.fields["region"].initial = rows.filter(slug=settings.REGION).first()


class Out(OfRegion):
    what = forms.ChoiceField(
        label=gettext_lazy("What"), choices=list(CHOICES.items()), required=False
    )


class In(OfRegion):
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("A file that was downloaded here and edited: .xlsx or .csv."),
        widget=forms.FileInput(attrs={"accept": ",".join(files.FORMATS)}),
    )

    def clean_file(self) -> bytes:
        """The file itself, when it can be read."""
        sent = self.cleaned_data["file"]
        try:
            content = sent.read(files.LARGEST + 1)
            files.read(content, sent.name)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        return content


@user_passes_test(may_use)
def sheets(request):
    """GET shows the way out and the way in; POST keeps a file and leads to what it would change."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = In(request.user, *sent)
    if form.is_valid():
        upload = Upload.objects.keep(
            person=request.user,
            region=form.cleaned_data["region"],
            name=request.FILES["file"].name,
            content=form.cleaned_data["file"],
        )
        return redirect(f"{SHEETS}_difference", upload.reference)
    page = {"out": Out(request.user), "form": form, **head(TITLE)}
    return render(request, "databank/staff/sheets.html", page)


@user_passes_test(may_use)
def download(request):
    form = Out(request.user, request.GET)
    if not form.is_valid():
        return redirect(SHEETS)
    region, what = form.cleaned_data["region"], form.cleaned_data["what"]
    name = f"{region.slug}-{what}.csv" if what else f"{region.slug}.xlsx"
    try:
        content = files.file_of(region, name)
    except files.NotWritten as error:
        messages.error(request, str(error))
        return redirect(SHEETS)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = "text/csv; charset=utf-8" if what else WORKBOOK
    return HttpResponse(content, content_type=kind, headers=headers)


@user_passes_test(may_use)
def difference(request, reference: str):
    """GET shows what the file would change, POST changes it: the file that was shown, no other."""
    upload = Upload.objects.referred(reference, request.user, *files.FORMATS)
    if not upload:
        messages.error(request, _("The file is no longer kept. Upload it again."))
        return redirect(SHEETS)
    read = files.read(bytes(upload.content), upload.name)
    try:
        act = apply if request.method == "POST" else foresee
        found = act(read, upload.region, by=request.user)
    except NotApplied as error:
        found = error.difference
    if request.method == "POST" and not found.is_refused:
        upload.delete()
        messages.success(request, _("All of the file is in the databank now."))
        return redirect(SHEETS)
    page = {"upload": upload, "found": found, **head(upload.name, (TITLE, SHEETS))}
    return render(request, "databank/staff/difference.html", page)
