"""The staff side speaks its staff's languages; its doors speak all of ours, and are as strict as
the public pages."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from satama.web.security import PUBLIC

STAFF = "/staff/"
DOORS = tuple(f"{STAFF}{door}/" for door in ("sign-in", "second-factor", "first"))
LANGUAGES = ("en", "fi", "sv")  # the first is the one for everybody else
EVERY = (LANGUAGES[0], *(code for code, _name in settings.LANGUAGES))
STRICT = {
    "Content-Security-Policy": PUBLIC,
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
}


def language(accepted: str, spoken: Sequence[str]) -> str:
    """The first of the spoken languages that an Accept-Language header names; else the first."""
    wanted = (code.split("-")[0] for code, _ in parse_accept_lang_header(accepted.lower()))
    return next((code for code in wanted if code in spoken), spoken[0])


def staff(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: language by Accept-Language, and strict headers at the doors."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(STAFF):
            return get_response(request)
        door = request.path.startswith(DOORS)
        accepted = request.headers.get("Accept-Language", "")
        with translation.override(language(accepted, EVERY if door else LANGUAGES)):
            response = get_response(request)
        if door:
            for name, value in STRICT.items():
                response.headers[name] = value
        return response

    return respond
