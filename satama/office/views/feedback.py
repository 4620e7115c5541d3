"""Feedback on a page or the service, and on how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from satama.databank.reading import Reader

from ..doors import office
from ..forms import FeedbackForm
from .sending import message


@csrf_exempt  # like asking
@office
def feedback(request: HttpRequest, reader: Reader) -> HttpResponse:
    return message(request, reader, FeedbackForm, "office/feedback.html", kind="feedback")
