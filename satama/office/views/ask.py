"""Ask: a question to a person, without a name."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from satama.databank.reading import Reader
from satama.databank.views.public import public
from satama.web.pages import show

from .. import danger
from ..doors import office, opened
from ..forms import AskForm
from .sending import form_page, read_receipt, send

FORM = "office/ask.html"


@csrf_exempt  # it needs no cookie; guard.py says what stands in for a token
@office
def ask(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The form; `change`: with what was in it, on another page or in another language."""
    folder = opened(request, reader)
    if request.method != "POST" or "change" in request.POST:
        given = {"page": request.GET.get("page", ""), **request.POST.dict()}
        start = (
            {"kind": "question", "back": "folder"} | given | {"language": _language(given, reader)}
        )
        return form_page(request, AskForm(None, reader, folder, initial=start), FORM)
    form = AskForm(request.POST, reader, folder)
    if not form.is_valid():
        return form_page(request, form, FORM)
    return send(request, reader, form, FORM)


def _language(given: dict[str, str], reader: Reader) -> str:
    """Of the answer: what was chosen, or that of the page."""
    chosen = given.get("language", "")
    return chosen if chosen in reader.region.languages else reader.language


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
