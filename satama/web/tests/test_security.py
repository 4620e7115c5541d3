"""Every answer is safe to show; no log says what a visitor asked."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import RequestFactory

from satama.web.security import PUBLIC, STAFF, WithoutAddress, headers


def answer(path: str, **given) -> dict[str, str]:
    respond = headers(lambda request: HttpResponse(headers=given))
    return dict(respond(RequestFactory().get(path)).headers)


@pytest.fixture(autouse=True)
def plain_http(settings):
    settings.SECURE = False


COMMON = {
    "Content-Type": "text/html; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


@pytest.mark.parametrize("path", ["/satamala/en/", "/staff/sign-in/login/", "/static/x.css", "/"])
def test_the_public_gets_the_strict_policy(path):
    assert answer(path) == COMMON | {"Content-Security-Policy": PUBLIC, "X-Frame-Options": "DENY"}


def test_staff_get_the_editor_s_policy_and_nothing_is_kept():
    assert answer("/staff/entries/") == COMMON | {
        "Content-Security-Policy": STAFF,
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
    }


def test_the_public_policy_lets_nothing_in_from_elsewhere_and_nothing_inline():
    assert "unsafe" not in PUBLIC
    assert "http" not in PUBLIC
    assert PUBLIC.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in PUBLIC


def test_over_https_browsers_stay_there(settings):
    settings.SECURE = True

    assert answer("/")["Strict-Transport-Security"] == "max-age=31536000"


def test_what_a_view_says_stays():
    assert answer("/staff/x", **{"Cache-Control": "max-age=5"})["Cache-Control"] == "max-age=5"


def test_every_page_has_the_policy(client, db):
    for path in ("/healthz", "/nowhere/en/", "/robots.txt"):
        assert client.get(path).headers["Content-Security-Policy"] == PUBLIC


def logged(**changes) -> logging.LogRecord:
    """What remains of a record of a request that named an illness and an address."""
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x.py", 1, "Not Found: %s", ("/find?q=hiv",), None
    )
    record.__dict__.update({"request": RequestFactory().get("/find?q=hiv"), **changes})
    assert WithoutAddress().filter(record) is True
    return record


def test_the_asked_address_is_not_logged():
    record = logged(status_code=404)

    assert record.getMessage() == "404 on a page"
    assert not hasattr(record, "request")


def test_a_refusal_leaves_no_traceback():
    fault = (SuspiciousOperation, SuspiciousOperation("/find?q=hiv"), None)

    assert logged(status_code=400, exc_info=fault).exc_info is None


def test_a_fault_of_ours_keeps_its_traceback():
    fault = (ValueError, ValueError("broken"), None)

    assert logged(status_code=500, exc_info=fault).exc_info == fault
    assert logged().getMessage() == "500 on a page"


def test_other_records_stay_as_they_are():
    record = logging.LogRecord("satama", logging.INFO, "x.py", 1, "Loaded %s", ("kokkola",), None)

    assert WithoutAddress().filter(record) is True
    assert record.getMessage() == "Loaded kokkola"


def test_our_logging_goes_through_the_filter(settings):
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_address"]
    assert settings.LOGGING["filters"]["no_address"]["()"] == "satama.web.security.WithoutAddress"


def test_a_page_that_is_not_found_is_logged_without_its_address(client, db, caplog):
    caplog.handler.addFilter(WithoutAddress())

    client.get("/nowhere/en/find?q=hiv")

    assert "hiv" not in caplog.text
    assert "nowhere" not in caplog.text
