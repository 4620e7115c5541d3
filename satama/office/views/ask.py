"""Ask: a question to a person, without a name."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from satama.databank.reading import Reader
from satama.databank.views.public import public
from satama.web.pages import show

from .. import danger
from ..doors import office
from ..forms import AskForm
from .sending import message, read_receipt


@csrf_exempt  # it needs no cookie; guard.py says what stands in for a token
@office
def ask(request: HttpRequest, reader: Reader) -> HttpResponse:
    return message(request, reader, AskForm, "office/ask.html", kind="question", back="folder")


@office
def sent(request: HttpRequest, reader: Reader, receipt: str) -> HttpResponse:
    """After a message that leaves no way back into a folder."""
    found = read_receipt(receipt)
    if found is None:
        raise Http404
    kind, day = found
    return show(request, "office/sent.html", {"kind": kind, "until": date.fromisoformat(day)})


@public()
def signs(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Words of danger, for the page's script: matched where they are typed, sent to nobody."""
    return JsonResponse(danger.signs(), safe=False, json_dumps_params={"ensure_ascii": False})
