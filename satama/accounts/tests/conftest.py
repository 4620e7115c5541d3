"""The cast: an administrator; Ritva, adviser, staff; Kim, who must not see."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from satama.accounts.models import User

PASSWORD = "seven herrings swim"
SIGN_IN = "/staff/sign-in/login/"


@pytest.fixture(autouse=True)
def nobody_has_tried(db):
    cache.clear()
    yield


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("admin@satama.example", PASSWORD)


@pytest.fixture
def ritva(db):
    admin_side, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _ = Permission.objects.get_or_create(codename="access_admin", content_type=admin_side)
    group, _ = Group.objects.get_or_create(name="Advisers")
    group.permissions.add(access)
    person = User.objects.create_user("ritva@satama.example", PASSWORD, is_staff=True)
    person.groups.add(group)
    return person


@pytest.fixture
def kim(db):
    return User.objects.create_user("kim@elsewhere.example", PASSWORD)


def prove_again(client: Client) -> None:
    """What guards the account asks for the password once more."""
    client.post("/staff/sign-in/reauthenticate/", {"password": PASSWORD})


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password}, **more)


def code_for(secret: str) -> str:
    """What the authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def time_passes(monkeypatch):
    """A code is good once; a minute later there is another."""
    import time

    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + 60)
