"""Where a folder is opened, or a new one is made."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from satama.web.limit import address
from satama.web.pages import show

from .. import entering, guard
from ..forms import CodeForm


def closed(request: HttpRequest, form: CodeForm, **more: Any) -> HttpResponse:
    page = {
        "form": form,
        "word": entering.word_wanted(address(request)) or "word" in form.errors,
        "slip": guard.slip(),
    }
    return show(request, "office/open.html", page | more)
