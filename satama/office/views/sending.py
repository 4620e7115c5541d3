"""The way of a message from its form to the desk: what stands on the form, who is asked to press
once more, and where it leads."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from satama.databank.reading import Reader
from satama.databank.views.emergency import calls
from satama.web.pages import show

from .. import actions, danger, guard
from ..doors import open_in, opened
from ..forms import Message
from ..models import Sent

receipts = Signer(salt="office.receipt")


def message(
    request: HttpRequest, reader: Reader, form: type[Message], template: str, **start: str
) -> HttpResponse:
    """GET shows the form, POST sends it; with `change` it only shows it, with what was in it, on
    another page or in another language. `start`: what a new one begins with."""
    folder = opened(request, reader)
    if request.method != "POST" or "change" in request.POST:
        given = {"page": request.GET.get("page", ""), **request.POST.dict()}
        return form_page(request, form(None, reader, folder, initial=start | given), template)
    sent = form(request.POST, reader, folder)
    if not sent.is_valid():
        return form_page(request, sent, template)
    return send(request, reader, sent, template)


def form_page(request: HttpRequest, form: Message, template: str, **more: Any) -> HttpResponse:
    """The form with all that is in it. A slip is kept as long as it is good: what it sends is sent
    once."""
    slip = request.POST.get("slip", "")
    slip = slip if guard.read(slip) else guard.slip()
    again = more.get("again") or more.get("calls") is not None
    page = {
        "form": form,
        "slip": slip,
        "seal": guard.seal(slip) if again else "",
        "trapped": bool(request.POST.get(guard.TRAP)) and again,
        "kept": [(name, form[name].value()) for name in form.fields if form[name].value()],
        **more,
    }
    return show(request, template, page)


def send(request: HttpRequest, reader: Reader, form: Message, template: str) -> HttpResponse:
    """A form that was filled in well: it goes, or its sender sees first what they should see."""
    text = form.cleaned_data["text"]
    if "calls" not in request.POST and danger.is_in(text):
        return form_page(request, form, "office/danger.html", calls=calls(reader))
    if guard.doubtful(request, text):
        return form_page(request, form, template, again=True)
    if minutes := guard.minutes_to_wait(request):
        return form_page(request, form, template, busy=minutes)
    sent = actions.ask(
        reader.region,
        form.question(),
        token=guard.read(request.POST["slip"]),
        folder=form.into,
        fresh=form.fresh,
    )
    return lead_on(request, reader, sent)


def lead_on(request: HttpRequest, reader: Reader, sent: Sent) -> HttpResponse:
    """To the code of a new folder, which opens here until its owner has kept it; to the question;
    or to a receipt."""
    if sent.folder and sent.code:
        open_in(request, sent.folder)
        return redirect(f"{request.frame.folder}/code")
    if sent.folder and sent.thread and opened(request, reader) == sent.folder:
        return redirect(f"{request.frame.folder}/threads/{sent.thread_id}")
    if sent.folder:
        return redirect(request.frame.folder)
    thread = sent.thread
    called = "call" if thread.phone else thread.kind
    receipt = receipts.sign(f"{called}:{thread.promised.isoformat()}")
    return redirect(f"{request.frame.home}ask/sent/{receipt}")


def read_receipt(text: str) -> tuple[str, str] | None:
    """What was sent, and by when we promised; None: not of ours."""
    try:
        kind, _colon, day = receipts.unsign(text).partition(":")
    except BadSignature:
        return None
    return kind, day
