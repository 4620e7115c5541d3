"""The API's document for programs, and the same as a page for people who write them."""

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from satama.base import languages
from satama.databank.reading import Reader, regions
from satama.databank.views.public import frame
from satama.web.pages import cacheable, show

from .door import api


def document(request: HttpRequest) -> HttpResponse:
    return cacheable(JsonResponse(api.get_openapi_schema()))


def page(request: HttpRequest) -> HttpResponse:
    """In English, like the document; the frame around it is that of the first region."""
    region = regions().get(settings.REGION)
    if region is None:
        raise Http404
    language = "en" if "en" in region.languages else region.languages[0]
    known = api.get_openapi_schema()
    content = {"about": known["info"], "endpoints": endpoints(known), "shapes": shapes(known)}
    with translation.override(languages.plain(language)):
        request.reader = Reader(region, language, region.today())
        request.frame = frame(request, request.reader)
        # No address of a region: no other languages to name, and nothing for search engines.
        response = show(request, "api/page.html", {**content, "lost": True})
    return cacheable(response)


def nothing(request: HttpRequest, address: str) -> HttpResponse:
    """Before a region's pages could take the address for one of theirs."""
    raise Http404


def endpoints(known: dict[str, Any]) -> list[dict[str, Any]]:
    """Each operation of the document, with its address and an example of asking."""
    return [
        {**operation, "method": method.upper(), "path": path, "example": example(path, operation)}
        for path, methods in known["paths"].items()
        for method, operation in methods.items()
    ]


def example(path: str, operation: dict[str, Any]) -> str:
    asked = {p["name"]: p["example"] for p in operation["parameters"] if "example" in p}
    return f"{settings.PUBLIC_URL}{path}?{urlencode(asked)}"


def shapes(known: dict[str, Any]) -> list[dict[str, Any]]:
    """Each shape that an answer refers to, with an example where the document has one."""
    said = json.dumps(known)
    return [
        {**shape, "samples": [json.dumps(s, ensure_ascii=False) for s in shape.get("examples", [])]}
        for name, shape in known["components"]["schemas"].items()
        if f'"#/components/schemas/{name}"' in said
    ]
