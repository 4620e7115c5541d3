"""Feedback on a page or the service, and on how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from satama.databank.reading import Reader

from ..doors import office, opened
from ..forms import FeedbackForm
from .sending import form_page, send

FORM = "office/feedback.html"


@csrf_exempt  # like asking
@office
def feedback(request: HttpRequest, reader: Reader) -> HttpResponse:
    folder = opened(request, reader)
    if request.method != "POST" or "change" in request.POST:
        start = {"kind": "feedback", "page": request.GET.get("page", ""), **request.POST.dict()}
        return form_page(request, FeedbackForm(None, reader, folder, initial=start), FORM)
    form = FeedbackForm(request.POST, reader, folder)
    if not form.is_valid():
        return form_page(request, form, FORM)
    return send(request, reader, form, FORM)
