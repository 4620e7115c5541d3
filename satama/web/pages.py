"""A public page: what stands around it, and the one way to answer with it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switch: where the same page is in it."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What the base page shows: whose service it is, its languages and the links at its foot.

    `path` is the page's canonical path; `day` is set when staff look at another day than today.
    """

    name: str
    home: str
    language: str
    direction: str
    path: str
    languages: list[LanguageLink] = field(default_factory=list)
    tokens: str = ""
    day: Any = None

    @property
    def site(self) -> str:
        return settings.PUBLIC_URL

    @property
    def canonical(self) -> str:
        return settings.PUBLIC_URL + self.path


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or only its part when htmx asks for one (never when it restores its history)."""
    hx = request.headers.get
    wants_part = hx("HX-Request") == "true" and hx("HX-History-Restore-Request") != "true"
    chosen = part if part and wants_part else template
    response = render(request, chosen, context or {}, status=status)
    if part:
        response.headers["Vary"] = "HX-Request"
    return response


def counted(response: HttpResponse, name: str) -> HttpResponse:
    """Let the page cache tell each time that a person opens this page."""
    response.headers["X-Page-Counted"] = name
    return response


def cacheable(response: HttpResponse, *params: str) -> HttpResponse:
    """Let the page cache keep this answer by its path and these parameters (web/pagecache.py)."""
    response.headers["X-Page-Params"] = ",".join(params) or "-"
    return response
