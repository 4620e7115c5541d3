"""Wagtail for the administrator: its home, and the people."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from satama.accounts.models import User

from .conftest import PASSWORD, sign_in

PEOPLE = "/staff/users/"


@pytest.fixture
def inside(client, administrator):
    client.force_login(administrator)
    return client


def test_home_opens_without_wagtails_pages(inside):
    html = inside.get("/staff/").content.decode()
    assert "explorer" not in html.split("wagtail-sidebar-props")[1].split("</script>")[0]
    assert "1 Page" not in html and "0 Images" in re.sub(r"\s+", " ", html)


def test_people_are_listed(inside, ritva):
    assert ritva.email in inside.get(PEOPLE).content.decode()


def test_a_person_is_added_with_a_role_and_no_password(inside, ritva):
    assert inside.get(f"{PEOPLE}new/").status_code == 200
    advisers = Group.objects.get(name="Advisers")
    form = {"email": "Oskari@Satama.example", "first_name": "Adviser", "groups": [advisers.pk]}
    assert inside.post(f"{PEOPLE}new/", form)["Location"] == PEOPLE
    oskari = User.objects.get(email="oskari@satama.example")
    assert (str(oskari), oskari.is_staff, oskari.is_superuser) == ("Adviser", True, False)
    assert not oskari.has_usable_password()
    assert list(oskari.groups.all()) == [advisers]


def test_a_person_added_with_a_password_signs_in(inside, client, ritva):
    form = {"email": "oskari@satama.example", "password1": PASSWORD, "password2": PASSWORD}
    inside.post(f"{PEOPLE}new/", form)
    inside.logout()
    assert sign_in(client, "oskari@satama.example").status_code == 302


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": "RITVA@satama.example"}, "already exists"),
        ({"email": "o@x.example", "password1": "short", "password2": "short"}, "too short"),
        ({"email": "o@x.example", "password1": PASSWORD, "password2": "x"}, "match"),
        ({"email": ""}, "required"),
    ],
)
def test_a_person_is_not_added_with(inside, ritva, form, said):
    page = inside.post(f"{PEOPLE}new/", form)
    assert page.status_code == 200 and said in page.content.decode()
    assert User.objects.count() == 2


def test_a_person_is_changed_and_the_old_address_is_forgotten(inside, ritva):
    EmailAddress.objects.create(user=ritva, email=ritva.email)
    where = f"{PEOPLE}edit/{ritva.pk}/"
    assert inside.get(where).status_code == 200
    form = {"email": "r@satama.example", "last_name": "Virtanen", "is_active": "on"}
    assert inside.post(where, form)["Location"] == PEOPLE
    ritva.refresh_from_db()
    assert (ritva.email, str(ritva), ritva.is_staff) == ("r@satama.example", "Virtanen", True)
    assert ritva.check_password(PASSWORD)
    assert not EmailAddress.objects.exists()


def test_one_changes_ones_own_name_and_not_the_address(client, ritva):
    client.force_login(ritva)
    page = client.get("/staff/account/").content.decode()
    assert "/staff/second-factor/" in page and "/staff/sign-in/password/change/" in page
    client.post("/staff/account/", OWN | {"name_email-first_name": "Ritva"})
    ritva.refresh_from_db()
    assert (ritva.first_name, ritva.email) == ("Ritva", "ritva@satama.example")


OWN = {
    "name_email-email": "kim@elsewhere.example",
    "locale-preferred_language": "fi",
    "locale-current_time_zone": "",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
    "theme-keyboard_shortcuts": "on",
}


@pytest.mark.parametrize("language", ["uk", ""])
def test_one_chooses_the_language_of_our_mails(client, ritva, language):
    User.objects.update(language="sv")
    client.force_login(ritva)

    client.post("/staff/account/", OWN | {"mails-language": language})

    ritva.refresh_from_db()
    assert ritva.language == language


def test_our_mails_have_no_other_language(client, ritva):
    client.force_login(ritva)

    page = client.post("/staff/account/", OWN | {"mails-language": "xx"})

    ritva.refresh_from_db()
    assert "xx is not one of the available choices" in page.content.decode()
    assert ritva.language == ""
