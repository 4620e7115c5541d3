"""The second factor: a code from the phone, or one of the recovery codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from .conftest import code_for, prove_again, sign_in

TOTP = "/staff/second-factor/totp/"
CODES = "/staff/second-factor/recovery-codes/"
ASKED = "/staff/second-factor/authenticate/"


def codes_shown(client: Client) -> set[str]:
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(CODES).content.decode(), re.S)
    return set(shown[1].split())


@pytest.fixture
def protected(client, ritva):
    """Ritva, signed in, with the second factor on; its secret is in `.secret`."""
    sign_in(client, ritva.email)
    prove_again(client)
    page = client.get(f"{TOTP}activate/").content.decode()
    ritva.secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page)[1]
    ritva.page = page
    done = client.post(f"{TOTP}activate/", {"code": code_for(ritva.secret)})
    assert done["Location"] == CODES
    return ritva


def test_the_picture_to_scan_is_one_that_the_strict_policy_allows(client, protected):
    assert 'src="data:image/svg+xml;base64,' in protected.page
    assert "<script" not in protected.page and "style=" not in protected.page


def test_a_wrong_first_code_switches_nothing_on(client, ritva):
    sign_in(client, ritva.email)
    prove_again(client)
    client.get(f"{TOTP}activate/")
    page = client.post(f"{TOTP}activate/", {"code": "000000"})
    assert page.status_code == 200 and b'id="id_code_error"' in page.content
    assert not Authenticator.objects.exists()


def test_after_it_is_on_a_password_alone_does_not_let_in(protected):
    other = Client()
    assert sign_in(other, protected.email)["Location"] == ASKED
    assert b'autocomplete="one-time-code"' in other.get(ASKED).content
    assert other.get("/staff/").status_code == 302


def test_a_wrong_code_does_not_let_in(protected):
    other = Client()
    sign_in(other, protected.email)
    assert b"Incorrect code" in other.post(ASKED, {"code": "000000"}).content
    assert other.get("/staff/").status_code == 302


def test_the_right_code_lets_in(protected, time_passes):
    other = Client()
    sign_in(other, protected.email)
    assert other.post(ASKED, {"code": code_for(protected.secret)})["Location"] == "/staff/"
    assert other.get("/staff/").status_code == 200


def test_a_recovery_code_lets_in_once(client, protected):
    code = codes_shown(client).pop()
    for expected in ("/staff/", None):
        other = Client()
        sign_in(other, protected.email)
        assert other.post(ASKED, {"code": code}).get("Location") == expected


def test_new_recovery_codes_are_made_by_post_only(client, protected):
    before = codes_shown(client)
    assert len(before) == 10
    assert client.get(f"{CODES}generate/").status_code == 200
    assert codes_shown(client) == before
    assert client.post(f"{CODES}generate/")["Location"] == CODES
    assert not before & codes_shown(client)


def test_switching_it_off_asks_who_you_are_again(client, protected, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get(f"{TOTP}deactivate/").status_code == 302
    assert client.post(f"{TOTP}deactivate/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_switching_it_off_works_by_post_only(client, protected):
    assert client.get(f"{TOTP}deactivate/").status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    assert client.post(f"{TOTP}deactivate/")["Location"] == "/staff/second-factor/"
    assert not Authenticator.objects.exists()


def test_switching_it_on_asks_who_you_are_again(client, ritva):
    sign_in(client, ritva.email)
    asked = client.get(f"{TOTP}activate/")["Location"]
    assert asked.startswith("/staff/sign-in/reauthenticate/")
    assert b'id="id_password_error"' in client.post(asked, {"password": "wrong"}).content
    assert client.get(f"{TOTP}activate/").status_code == 302


def test_somebody_not_signed_in_sees_nothing_of_it(client, db):
    for page in ("/staff/second-factor/", f"{TOTP}activate/", CODES):
        assert client.get(page)["Location"].startswith("/staff/sign-in/login/")
