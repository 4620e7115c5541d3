"""Safety headers on every answer, and logs that never say what a visitor asked."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

PUBLIC = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's editor writes styles and starts its widgets inline.
STAFF = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'self'"
)

# A draft as readers would get it, shown beside its form.
PREVIEW = PUBLIC.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def headers(get_response: Respond) -> Respond:
    """Middleware: the strict policy for the public, Wagtail's for staff."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        staff = request.path.startswith("/staff/") and "sign-in" not in request.path
        preview = getattr(request, "is_dummy", False)  # Wagtail asks itself for it
        policy = PREVIEW if preview else STAFF if staff else PUBLIC
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if staff or preview else "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        if settings.SECURE:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if staff:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


class WithoutAddress(logging.Filter):
    """Takes the asked address, and the request itself, out of what Django logs of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "request"):
            record.msg = f"{getattr(record, 'status_code', 500)} on a page"
            record.args = ()
            del record.request
            if getattr(record, "status_code", 500) < 500:
                record.exc_info = None  # a refusal is no fault: no traceback for it
        return True
