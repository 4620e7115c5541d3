"""Nothing typed into a form of staff's is lost when its sender was signed out meanwhile: the form
comes back with all that was in it, to be sent once more."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satama.web.security import PUBLIC

from .middleware import DOORS, STAFF
from .who import may_enter

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
NO_TEXT = re.compile(r"[\w.:=-]*", re.ASCII)  # a number, a day, a choice, a signed slip

# The form of a page, by the name of its address, for what is in the address; of others we know no
# labels.
FORMS: dict[str, Callable[..., type[forms.BaseForm] | None]] = {}


@dataclass(frozen=True)
class Typed:
    """What one field sent. `label`: empty when it is nothing to read, and goes along unseen."""

    name: str
    value: str
    label: Any = ""


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """For a form that was sent by nobody: all that is in it. None where nothing would be lost, and
    for scripts, which keep what they send."""
    by_script = "text/html" not in request.headers.get("Accept", "")
    if by_script or "X-Requested-With" in request.headers:
        return None
    return _page(request)


def too_old(request: HttpRequest) -> HttpResponse | None:
    """The same for a form whose token is of an earlier sign-in. Only of a page of ours: no other
    site gets its form offered here for pressing."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if not request.path.startswith(STAFF) or request.path.startswith(DOORS):
        return None
    if request.headers.get("Origin") not in ours:
        return None
    if request.user.is_authenticated and not may_enter(request.user):
        return None
    return signed_out(request)


def _page(request: HttpRequest) -> HttpResponse | None:
    fields = list(_fields(request)) if request.method == "POST" else []
    if not fields:
        return None
    page = {"fields": fields, "files": bool(request.FILES)}
    response = render(request, "accounts/signed_out.html", page, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = PUBLIC
    return response


def _fields(request: HttpRequest) -> Iterator[Typed]:
    at = request.resolver_match
    form = FORMS.get(at.view_name, lambda **_: None)(**at.kwargs) if at else None
    known = form.base_fields if form else {}
    for name, values in request.POST.lists():
        if name == TOKEN or "password" in name:
            continue
        for value in values:
            yield Typed(name, value, _label(name, value, known.get(name)))


def _label(name: str, value: str, field: forms.Field | None) -> Any:
    plain = re.sub(r"[_-]+", " ", name).capitalize()
    if field is None:
        return "" if NO_TEXT.fullmatch(value) else plain
    typed = getattr(field.widget, "input_type", "text") in ("text", "email", "url")
    return (field.label or plain) if typed and value else ""
