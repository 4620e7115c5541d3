"""Errors in the reader's language, within their region when the address names one."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from satama.accounts import typed
from satama.base import languages
from satama.web.pages import show

from ..reading import Reader, regions
from .public import frame


def _answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    region_slug, language = [*request.path.strip("/").split("/", 2), "", ""][:2]
    region = regions().get(region_slug) or regions().get(settings.REGION)
    if region is None:
        return HttpResponse("Not found" if status == 404 else "Not allowed", status=status)
    if language not in region.languages:
        language = region.languages[0] if region_slug in regions() else "en"
    reader = Reader(region, language, region.today())
    with translation.override(languages.plain(language)):
        request.reader = reader
        request.frame = frame(request, reader)
        response = show(request, template, {"lost": True}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return _answer(request, "web/404.html", 404)


def refused(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return _answer(request, "web/403.html", 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is not from our page, or from one that is too old: staff's come back."""
    return typed.too_old(request) or _answer(request, "web/400.html", 403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "web/400.html", 400)
