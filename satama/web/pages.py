"""A public page: what stands around it, and the one way to answer with it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OFFICE = "office"  # the room behind the links to ask, to a folder and to give feedback
PAGE = re.compile(r"[a-z0-9/-]{1,120}")
OWN = ("ask", "feedback", "folder")


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

    `path` is the page's canonical path; `day` is set when staff look at another day than today;
    `rooms` are those that the region has switched on.
    """

    name: str
    home: str
    language: str
    direction: str
    path: str
    languages: list[LanguageLink] = field(default_factory=list)
    tokens: str = ""
    day: Any = None
    rooms: tuple[str, ...] = ()

    @property
    def site(self) -> str:
        return settings.PUBLIC_URL

    @property
    def canonical(self) -> str:
        return settings.PUBLIC_URL + self.path

    @property
    def ask(self) -> str:
        """Where to ask a person about this page; empty where the region has no such room."""
        return self._about("ask")

    @property
    def feedback(self) -> str:
        return self._about("feedback")

    @property
    def office(self) -> str:
        """The Welcome Office's own page."""
        return f"{self.home}office" if OFFICE in self.rooms else ""

    @property
    def folder(self) -> str:
        return f"{self.home}folder" if OFFICE in self.rooms else ""

    def _about(self, room: str) -> str:
        """That room's address, and this page in it; never what somebody typed."""
        page = self.path.removeprefix(self.home).split("?")[0]
        known = PAGE.fullmatch(page) and not page.startswith(OWN)
        query = f"?page={page}" if known else ""
        return f"{self.home}{room}{query}" if OFFICE in self.rooms else ""


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
