"""Sign-in: staff come in, others do not, and guessing is slow."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from satama.accounts.models import User
from satama.base import mail as post

from .conftest import PASSWORD, SIGN_IN, sign_in

REFUSED = b"The email address and/or password you specified are not correct."
SLOWED = b"Too many failed login attempts."
ANOTHER_PROCESS = f"""
import django; django.setup()
from django.test import Client
page = Client().post("{SIGN_IN}", {{"login": "ritva@satama.example", "password": "{PASSWORD}"}})
print(page.status_code, "Too many failed" in page.content.decode())
"""


def test_ritva_signs_in_and_is_inside(client, ritva):
    answer = sign_in(client, "Ritva@Satama.example")
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert client.get("/staff/").status_code == 200


def test_somebody_not_signed_in_is_asked_to(client, db):
    assert client.get("/staff/")["Location"] == f"{SIGN_IN}?next=/staff/"


def test_kim_who_is_not_staff_is_refused_with_a_sentence(client, kim):
    sign_in(client, kim.email)
    for page in ("/staff/", "/staff/users/", "/staff/account/", "/staff/no-such-page/"):
        answer = client.get(page)
        assert answer.status_code == 403 and b"no role on the staff pages" in answer.content


def test_staff_without_a_role_are_refused(client, ritva):
    client.force_login(ritva)
    assert client.get("/staff/").status_code == 200
    ritva.groups.clear()
    assert client.get("/staff/").status_code == 403


def test_ritva_may_not_manage_people(client, ritva):
    client.force_login(ritva)
    assert client.get("/staff/users/").status_code == 302


def test_somebody_who_left_is_refused(client, ritva):
    User.objects.update(is_active=False)
    assert sign_in(client, ritva.email)["Location"] == "/staff/sign-in/inactive/"
    assert client.get("/staff/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client, ritva):
    for email in (ritva.email, "nobody@satama.example"):
        answer = sign_in(client, email, "wrong")
        assert answer.status_code == 200 and REFUSED in answer.content


def test_the_sixth_try_for_an_address_is_refused_even_with_the_right_password(ritva):
    for _ in range(5):
        assert REFUSED in sign_in(Client(), ritva.email, "wrong").content
    assert SLOWED in sign_in(Client(), ritva.email, REMOTE_ADDR="192.0.2.9").content
    assert sign_in(Client(), "kim@elsewhere.example", "wrong").status_code == 200


def test_many_tries_from_one_network_are_refused_whatever_the_address(ritva):
    for number in range(20):
        sign_in(Client(), f"guess{number}@satama.example", "wrong")
    assert SLOWED in sign_in(Client(), ritva.email).content
    assert sign_in(Client(), ritva.email, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_a_forwarded_address_is_believed_only_behind_our_own_proxy(ritva, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(20):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"}
        sign_in(Client(), f"guess{number}@satama.example", "wrong", **forged)
    assert SLOWED in sign_in(Client(), ritva.email, HTTP_X_FORWARDED_FOR="192.0.2.9").content
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert sign_in(Client(), ritva.email, HTTP_X_FORWARDED_FOR="192.0.2.9").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_the_same_count(ritva):
    for _ in range(5):
        sign_in(Client(), ritva.email, "wrong")
    here = connection.settings_dict
    login = f"{quote(here['USER'])}:{quote(here['PASSWORD'])}@" if here["USER"] else ""
    port = f":{here['PORT']}" if here["PORT"] else ""
    url = f"postgresql://{login}localhost{port}/{here['NAME']}?host={quote(here['HOST'])}"
    there = {"DATABASE_URL": url, "SATAMA_DEBUG": "yes", "SATAMA_HOSTS": "testserver"}
    other = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS],
        env=os.environ | there,
        capture_output=True,
        text=True,
    )
    assert (other.stdout.strip(), other.returncode) == ("200 True", 0), other.stderr


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(client, db, method):
    form = {"email": "kim@elsewhere.example", "password1": PASSWORD}
    answer = getattr(client, method)("/staff/sign-in/signup/", form)
    assert b"Accounts are for staff" in answer.content
    assert not User.objects.exists()


def test_wagtails_own_sign_in_leads_to_ours(client, ritva):
    form = {"username": ritva.email, "password": PASSWORD}
    assert client.get("/staff/login/")["Location"] == SIGN_IN
    assert client.post("/staff/login/", form).status_code == 405
    assert client.get("/staff/password_reset/").status_code == 404


@pytest.mark.parametrize(
    "page", ["email/", "confirm-email/", "confirm-email/x/", "password/set/", "login/code/confirm/"]
)
def test_what_we_do_not_offer_is_not_there(client, ritva, page):
    client.force_login(ritva)
    assert client.get(f"/staff/sign-in/{page}").status_code == 404


def test_opening_the_sign_out_page_signs_nobody_out(client, ritva):
    client.force_login(ritva)
    assert client.get("/staff/sign-in/logout/").status_code == 200
    assert client.get("/staff/").status_code == 200
    assert client.post("/staff/sign-in/logout/")["Location"] == "/"
    assert client.get("/staff/").status_code == 302


def test_a_forgotten_password_is_replaced_by_mail_once(client, ritva):
    asked = client.post("/staff/sign-in/password/reset/", {"email": ritva.email})
    assert asked["Location"] == "/staff/sign-in/password/reset/done/"
    assert post.deliver() == 1
    assert mail.outbox[0].to == [ritva.email]
    assert mail.outbox[0].subject == "Satama: Password Reset Email"
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    link = link.removeprefix("http://testserver")
    form = client.get(link, follow=True)
    where, new = form.redirect_chain[-1][0], "eight herrings swim"
    weak = client.post(where, {"password1": "short", "password2": "short"})
    assert b"too short" in weak.content and b'id="id_password1_error"' in weak.content
    done = client.post(where, {"password1": new, "password2": new}, follow=True)
    assert b"Your password is now changed." in done.content
    assert sign_in(Client(), ritva.email, new).status_code == 302
    assert REFUSED in sign_in(Client(), ritva.email).content
    assert b"reset link was invalid" in Client().get(link, follow=True).content


def test_asking_for_an_unknown_address_looks_the_same_and_mails_nobody(client, ritva):
    asked = client.post("/staff/sign-in/password/reset/", {"email": "nobody@satama.example"})
    assert asked["Location"] == "/staff/sign-in/password/reset/done/"
    assert post.deliver() == 0


def test_a_mail_server_that_is_down_tells_nothing(client, ritva, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    asked = client.post("/staff/sign-in/password/reset/", {"email": ritva.email})
    assert asked["Location"] == "/staff/sign-in/password/reset/done/"


def test_sign_in_never_leads_to_another_site(client, ritva):
    answer = client.post(
        SIGN_IN,
        {"login": ritva.email, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/staff/"
