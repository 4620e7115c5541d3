"""An address for notices: said, proved, taken out again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from satama.accounts.folders import notices as addresses
from satama.accounts.folders.parts import parts
from satama.accounts.models import Folder
from satama.databank.reading import Reader
from satama.web.limit import Window
from satama.web.pages import show

from .. import doors
from .. import notices as mails
from ..forms import EmailForm

WISHES = Window("folder-notices", 24 * 60 * 60)
MOST = 5  # mails that ask "is this your address?", for a folder in a day


@require_POST
@doors.folder_page
def notices(request: HttpRequest, reader: Reader, folder: Folder) -> HttpResponse:
    if "drop" in request.POST:
        addresses.drop(folder)
        return redirect(request.frame.folder)
    form = EmailForm(request.POST)
    allowed = form.is_valid() and WISHES.take(str(folder.pk), MOST)
    if not allowed:
        page = {"folder": folder, "parts": parts(folder, reader), "email": form}
        return show(request, "office/folder.html", page | {"enough": form.is_valid()})
    folder.language = reader.language
    folder.save(update_fields=["language"])
    token = addresses.wish(folder, email=form.cleaned_data["email"], on=reader.region.today())
    mails.prove(folder, token, reader)
    return redirect(request.frame.folder)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.office
def prove(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    """The link in the mail shows a button. Opening it changes nothing: scanners open every link."""
    folder = addresses.wished(token, on=reader.region.today())
    if folder and request.method == "POST":
        addresses.prove(folder)
    proved = bool(folder and folder.email_proved)
    return show(request, "office/prove.html", {"known": bool(folder), "proved": proved})
