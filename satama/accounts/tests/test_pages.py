"""The doors' pages: readable by all, in three languages, strict."""

import re

import pytest
from django.utils import translation

from satama.web.security import PUBLIC

from .conftest import SIGN_IN

OPEN = [
    SIGN_IN,
    "/staff/sign-in/link/",
    "/staff/sign-in/link/sent/",
    "/staff/sign-in/link/a:b:c/",
    "/staff/sign-in/signup/",
    "/staff/sign-in/inactive/",
    "/staff/sign-in/password/reset/",
    "/staff/sign-in/password/reset/done/",
    "/staff/sign-in/password/reset/key/1-2/",
    "/staff/sign-in/password/reset/key/done/",
    "/staff/first/a.b.c/",
]
SIGNED_IN = [
    "/staff/sign-in/logout/",
    "/staff/sign-in/password/change/",
    "/staff/sign-in/reauthenticate/",
    "/staff/second-factor/",
]


def check(page) -> None:
    html = page.content.decode()
    assert page["Content-Security-Policy"] == PUBLIC
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex" and '<meta name="robots" content="noindex">' in html
    assert html.count("<h1") == 1 and html.count("<main") == 1 and 'href="#main"' in html
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|placeholder=", html)
    names = set(re.findall(r'<(?:input|textarea)(?![^>]*type="hidden")[^>]* id="(\w+)"', html))
    assert names == set(re.findall(r'<label for="(\w+)"', html))


@pytest.mark.parametrize("address", OPEN)
def test_an_open_page_is_readable_and_strict(client, db, address):
    check(client.get(address))


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_for_one_who_signed_in_is_readable_and_strict(client, ritva, address):
    client.force_login(ritva)
    check(client.get(address))


@pytest.mark.parametrize(
    ("accepted", "language", "word"),
    [
        ("fi-FI,fi;q=0.9", "fi", "Sähköposti"),
        ("th,sv;q=0.5,fi;q=0.3", "sv", "E-post"),
        ("ru,sv;q=0.5", "ru", "Эл. почта"),
        ("so", "en", "Email"),
        ("", "en", "Email"),
        ("x" * 600, "en", "Email"),
    ],
)
def test_the_browser_chooses_among_our_languages(client, db, accepted, language, word):
    html = client.get(SIGN_IN, headers={"Accept-Language": accepted}).content.decode()
    assert f'<html lang="{language}" dir="ltr">' in html
    assert word in html
    assert translation.get_language() == "en"


def test_fields_are_known_to_password_keepers(client, db):
    html = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in html and 'autocomplete="current-password"' in html
    reset = client.get("/staff/sign-in/password/reset/").content.decode()
    assert 'autocomplete="username"' in reset
