"""Who comes in at a partner's pages and who does not; owners let people in and out."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from satama.base import mail as post
from satama.databank.models import Entry, Member

from . import cast
from .test_partners import HOME, NEW, choir, given, oleh, person, singing, text_of
from .test_partners_release import letters, staff

__all__ = ["choir", "given", "oleh"]
pytestmark = pytest.mark.django_db

PEOPLE = f"{HOME}/organisations/choir/people"
PAGES = [
    HOME,
    NEW,
    PEOPLE,
    f"{HOME}/entries/singing",
    f"{HOME}/entries/singing/look",
    f"{HOME}/entries/singing/end",
]
ACTS = [
    NEW,
    PEOPLE,
    f"{PEOPLE}/1/leave",
    f"{HOME}/organisations/choir/true",
    f"{HOME}/entries/singing",
    f"{HOME}/entries/singing/look",
    f"{HOME}/entries/singing/end",
    f"{HOME}/entries/singing/true",
]


@pytest.fixture
def amina(choir) -> Client:
    return person("amina", "owner", organisation=choir)


@pytest.mark.parametrize("page", PAGES)
def test_who_has_not_signed_in_is_led_to_it_and_back(client, choir, page):
    singing(choir)

    assert client.get(page)["Location"] == f"/staff/sign-in/login/?next={page}"


@pytest.mark.parametrize("page", ACTS)
def test_who_has_not_signed_in_changes_nothing(client, choir, page):
    before = singing(choir)

    assert client.post(page)["Location"] == f"/staff/sign-in/login/?next={HOME}"

    assert Entry.objects.get().checked == before.checked


@pytest.mark.parametrize("page", PAGES)
def test_members_see_their_pages_and_nobody_keeps_them(amina, choir, page):
    singing(choir)

    answer = amina.get(page)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"
    assert "X-Page-Params" not in answer
    assert b'<meta name="robots" content="noindex">' in answer.content


def stranger(choir, kind: str) -> Client:
    if kind == "partner of another organisation":
        return person("kim", "owner", organisation=cast.organisation("band"))
    if kind == "translator of the region":
        return staff("kim", "translator", region=choir.region)
    if kind == "editor of the region":
        return staff("kim", "editor", region=choir.region)
    client = Client()
    client.force_login(get_user_model().objects.create_user("kim@satamala.example"))
    return client


STRANGERS = [
    "partner of another organisation",
    "translator of the region",
    "editor of the region",
    "nobody's member",
]


@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("page", PAGES[1:])
def test_others_are_refused_in_words(choir, kind, page):
    singing(choir)

    answer = stranger(choir, kind).get(page)

    assert answer.status_code == 403 and "You are signed in as kim@" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", ACTS)
def test_a_partner_of_another_organisation_changes_nothing(choir, page):
    singing(choir)
    before = list(Entry.objects.values()), list(Member.objects.values_list("user__email", "role"))
    kim = stranger(choir, "partner of another organisation")

    assert kim.post(page, {"email": "x@y.example", "role": "owner"}).status_code == 403

    after = Member.objects.filter(organisation=choir).values_list("user__email", "role")
    assert (list(Entry.objects.values()), list(after)) == before


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_there_is_refused_like_what_is_not_ones_own(oleh, page):
    answer = oleh.get(page.replace("singing", "nothing").replace("choir", "nobody"))
    assert answer.status_code == (200 if page == HOME else 403)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_writer_lets_nobody_in(oleh, choir, method):
    form = {"email": "kim@choir.example", "role": "owner"}

    assert getattr(oleh, method)(PEOPLE, form).status_code == 403

    assert Member.objects.count() == 1
    assert PEOPLE not in oleh.get(HOME).content.decode()


def test_a_writer_throws_nobody_out(oleh, amina, choir):
    owner = Member.objects.get(role="owner")

    assert oleh.post(f"{PEOPLE}/{owner.pk}/leave").status_code == 403

    assert Member.objects.filter(pk=owner.pk).exists()


def test_nobody_acts_by_get(amina, choir):
    singing(choir)
    owner = Member.objects.get()

    for page in (f"{PEOPLE}/{owner.pk}/leave", *(act for act in ACTS if act.endswith("/true"))):
        assert amina.get(page).status_code == 405


def test_an_owner_lets_a_writer_in_who_is_told_how(
    amina, choir, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = amina.post(PEOPLE, {"email": "Kim@Choir.example", "role": "writer"})

    assert answer["Location"] == PEOPLE
    kim = get_user_model().objects.get(email="kim@choir.example")
    assert (kim.is_staff, kim.has_usable_password(), kim.language) == (False, False, "en")
    assert kim.memberships.get().role == "writer"
    body = letters(1)["kim@choir.example", "You can write for Harbour Choir"]
    assert "https://satamala.example/partner" in body
    client = Client()
    client.force_login(kim)
    assert client.get("/partner")["Location"] == HOME


def test_somebody_with_an_account_keeps_it_and_gets_the_role(amina, choir):
    kim = staff("kim", "editor", region=choir.region).user

    amina.post(PEOPLE, {"email": kim.email, "role": "writer"})

    assert sorted(kim.memberships.values_list("role", flat=True)) == ["editor", "writer"]


def test_a_writer_becomes_an_owner_without_another_mail(
    oleh, amina, choir, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        amina.post(PEOPLE, {"email": "oleh@choir.example", "role": "owner"})

    assert oleh.user.memberships.get().role == "owner"
    assert post.deliver() == 0


def test_an_owner_takes_a_role_away(oleh, amina, choir):
    amina.post(f"{PEOPLE}/{oleh.user.memberships.get().pk}/leave")

    assert oleh.get(HOME).status_code == 403


def test_a_member_of_another_organisation_is_not_thrown_out_from_here(amina, choir):
    other = person("kim", "writer", organisation=cast.organisation("band"))

    amina.post(f"{PEOPLE}/{other.user.memberships.get().pk}/leave")

    assert other.user.memberships.count() == 1


def test_the_last_owner_stays(amina, choir):
    owner = Member.objects.get()

    answer = amina.post(f"{PEOPLE}/{owner.pk}/leave", follow=True)
    assert "An organisation needs an owner." in text_of(answer)
    answer = amina.post(PEOPLE, {"email": "amina@choir.example", "role": "writer"})

    assert "An organisation needs an owner." in text_of(answer)
    assert Member.objects.get().role == "owner"


def test_a_wrong_address_is_told(amina, choir):
    answer = amina.post(PEOPLE, {"email": "kim", "role": "writer"})

    assert "Write an e-mail address like" in text_of(answer)
    assert Member.objects.count() == 1


def test_the_bare_address_leads_each_to_their_place(oleh, choir, client):
    assert client.get("/partner")["Location"] == HOME.replace("/en/", "/fi/")
    assert oleh.get("/partner", headers={"Accept-Language": "ar"})["Location"] == (
        "/satamala/ar/partner"
    )
    editor = staff("ritva", "editor", region=choir.region)
    assert editor.get("/partner")["Location"] == "/staff/"


def test_partner_pages_are_not_on_the_map(oleh, choir):
    singing(choir)

    assert b"partner" not in oleh.get("/sitemap.xml").content
    assert b"Disallow: /*/partner" in oleh.get("/robots.txt").content


def test_staff_who_are_members_find_their_organisation_in_the_menu(choir):
    kim = staff("kim", "editor", region=choir.region)
    assert b'"/partner"' not in kim.get("/staff/").content

    Member.objects.create(user=kim.user, role="writer", organisation=choir)

    assert b'"/partner"' in kim.get("/staff/").content
