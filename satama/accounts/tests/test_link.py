"""Signing in by a link in a mail: without a password, once, for half an hour."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.utils import timezone

from satama.accounts import actions
from satama.accounts.models import User
from satama.base.mail import deliver

from .conftest import SIGN_IN, code_for

ASK = "/staff/sign-in/link/"
SENT = "/staff/sign-in/link/sent/"
DOES_NOT_WORK = b"This link does not work"


@pytest.fixture
def here(settings):
    settings.PUBLIC_URL = "https://satamala.example"


@pytest.fixture
def oleh(here, db) -> User:
    """A partner: no staff, no password."""
    return User.objects.create_user("oleh@choir.example", language="en")


def link(user: User, then: str = "") -> str:
    return actions.link(user, then=then).removeprefix("https://satamala.example")


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def wait_for_mail() -> str:
    deliver()
    (sent,) = mail.outbox
    return sent.body


def test_the_link_shows_a_button_and_the_button_signs_in(client, oleh):
    address = link(oleh)

    page = client.get(address)
    assert b"One more press, and you are in." in page.content and not inside(client)
    answer = client.post(address)

    assert answer["Location"] == "/partner" and inside(client)


def test_staff_are_led_to_their_workplace(client, here, ritva):
    assert client.post(link(ritva))["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_who_came_from_a_page_is_led_back_to_it(client, oleh, django_capture_on_commit_callbacks):
    wanted = "/satamala/ar/partner/entries/singing"
    form = client.get(f"{SIGN_IN}?next={wanted}").content.decode()
    assert form.count(f'<input type="hidden" name="next" value="{wanted}"') == 2
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ASK, {"email": oleh.email, "next": wanted})

    address = re.search(r"https://satamala.example(\S+)", wait_for_mail())[1]

    assert client.post(address)["Location"] == wanted


def test_nobody_is_led_to_another_site(client, oleh, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ASK, {"email": oleh.email, "next": "https://elsewhere.example/"})

    address = re.search(r"https://satamala.example(\S+)", wait_for_mail())[1]

    assert client.post(address)["Location"] == "/partner"


def test_a_link_works_once(client, oleh):
    address = link(oleh)
    client.post(address)

    for method in ("get", "post"):
        again = Client()
        refused = getattr(again, method)(address)
        assert refused.status_code == 410 and DOES_NOT_WORK in refused.content
        assert not inside(again)


def test_another_link_that_was_sent_before_works_no_more_either(client, oleh):
    first, second = link(oleh), link(oleh, "/elsewhere")
    client.post(second)

    assert Client().post(first).status_code == 410


@pytest.mark.parametrize(("minutes", "status"), [(29, 302), (31, 410)])
def test_a_link_lasts_half_an_hour(oleh, minutes, status):
    address = link(oleh)

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert Client().post(address).status_code == status


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t[1:], lambda t: "a:b:c"])
def test_a_forged_link_is_refused(client, oleh, spoil):
    address = link(oleh).removesuffix("/")
    base, token = address.rsplit("/", 1)

    assert client.post(f"{base}/{spoil(token)}/").status_code == 410
    assert not inside(client)


def test_a_link_is_for_one_person(client, oleh, ritva):
    client.post(link(oleh))

    assert client.session["_auth_user_id"] == str(oleh.pk)


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"email": "kim@choir.example"}, {"password": "other"}]
)
def test_a_link_dies_with_what_it_was_made_for(client, oleh, changes):
    address = link(oleh)
    User.objects.filter(pk=oleh.pk).update(**changes)

    assert client.post(address).status_code == 410
    assert not inside(client)


def test_a_link_of_somebody_who_is_gone_is_refused(client, oleh):
    address = link(oleh)
    oleh.delete()

    assert client.post(address).status_code == 410


def test_a_second_factor_is_still_asked_for(client, oleh):
    secret = generate_totp_secret()
    TOTP.activate(oleh, secret)
    assert Authenticator.objects.filter(user=oleh).exists()

    answer = client.post(link(oleh, "/satamala/en/partner"))

    assert answer["Location"] == "/staff/second-factor/authenticate/" and not inside(client)
    done = client.post(answer["Location"], {"code": code_for(secret)})
    assert done["Location"] == "/satamala/en/partner" and inside(client)


@pytest.mark.parametrize(
    "who", ["oleh@choir.example", "nobody@choir.example", "LEFT@choir.example"]
)
def test_the_answer_is_the_same_whether_there_is_an_account(client, oleh, who):
    User.objects.create_user("left@choir.example", is_active=False)

    answer = client.post(ASK, {"email": who})

    assert (answer.status_code, answer["Location"]) == (302, SENT)
    assert b"If this address has an account here" in client.get(SENT).content


@pytest.mark.parametrize("who", ["nobody@choir.example", "left@choir.example"])
def test_strangers_and_those_who_left_get_no_mail(
    client, oleh, who, django_capture_on_commit_callbacks
):
    User.objects.create_user("left@choir.example", is_active=False)

    with django_capture_on_commit_callbacks(execute=True) as sent:
        client.post(ASK, {"email": who})

    assert sent == []


def test_an_address_that_is_none_is_told(client, oleh):
    answer = client.post(ASK, {"email": "oleh"})

    assert b"Write an e-mail address like" in answer.content


def test_the_sixth_link_for_an_address_is_refused_known_or_not(client, oleh):
    for who in (oleh.email, "nobody@choir.example"):
        answers = [client.post(ASK, {"email": who}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]


def test_many_links_from_one_network_are_refused(client, oleh):
    for number in range(20):
        client.post(ASK, {"email": f"guess{number}@choir.example"})

    assert client.post(ASK, {"email": oleh.email}).status_code == 429
    assert client.post(ASK, {"email": oleh.email}, REMOTE_ADDR="192.0.2.9").status_code == 302


@pytest.mark.parametrize(
    ("own", "browser", "subject"),
    [("fi", "en", "Kirjaudu"), ("", "sv", "Logga in"), ("", "so", "Sign in")],
)
def test_the_mail_speaks_the_persons_language(
    client, oleh, own, browser, subject, django_capture_on_commit_callbacks
):
    User.objects.update(language=own)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ASK, {"email": oleh.email}, headers={"Accept-Language": browser})
    wait_for_mail()

    assert mail.outbox[0].subject.startswith(subject)


@pytest.mark.django_db(transaction=True)
def test_the_link_goes_through_a_real_mail_server(client, post, here):
    oleh = User.objects.create_user("oleh@choir.example", language="en")
    client.post(ASK, {"email": "Oleh@Choir.example"})
    deliver()

    (letter,) = post.arrived
    assert letter["To"] == oleh.email and letter["Auto-Submitted"] == "auto-generated"
    words = letter.get_content()
    address = re.search(r"https://satamala.example(\S+)", words)[1]
    assert client.post(address)["Location"] == "/partner"
