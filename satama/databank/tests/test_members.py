"""Ritva, coordinator, lets people in, gives them other roles, and takes these away."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from satama.databank.models import Member
from satama.databank.roles import actions

from . import cast
from .test_roles import person

pytestmark = pytest.mark.django_db
PAGE = "/staff/snippets/databank/member/"


@pytest.fixture
def ritva():
    return person("ritva", "coordinator", region=cast.region())


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(by) -> list[tuple[str, str, dict]]:
    entries = ModelLogEntry.objects.filter(user=by).order_by("pk")
    return [(entry.action, entry.label, entry.data) for entry in entries]


def test_somebody_new_gets_an_account_without_a_password_and_may_enter(ritva):
    member = actions.invite("Oksana@Post.example", role="editor", where=cast.region(), by=ritva)

    oksana = get_user_model().objects.get(email="oksana@post.example")
    assert (member.user, member.role, member.region) == (oksana, "editor", cast.region())
    assert (oksana.has_usable_password(), oksana.is_staff, oksana.is_superuser) == (
        False,
        True,
        False,
    )
    assert signed_in(oksana).get("/staff/").status_code == 200
    data = {"user": oksana.pk, "role": "editor"}
    assert told(ritva) == [("wagtail.create", "Editor, Harbourtown", data)]


def test_somebody_with_an_account_gets_a_role_beside_the_others(ritva):
    kim = person("kim", "editor", region=cast.region("toinen"))
    actions.invite("KIM@satamala.example", role="translator", where=cast.region(), by=ritva)
    assert set(kim.memberships.values_list("role", flat=True)) == {"editor", "translator"}


def test_who_writes_for_an_organisation_stays_outside_the_staff_pages(ritva):
    where = cast.organisation("choir")
    kim = actions.invite("kim@choir.example", role="writer", where=where, by=ritva).user
    assert not kim.is_staff
    assert signed_in(kim).get("/staff/").status_code == 403


def test_an_owner_lets_writers_in(ritva):
    choir = cast.organisation("choir")
    owner = actions.invite("kim@choir.example", role="owner", where=choir, by=ritva).user
    member = actions.invite("oleh@choir.example", role="writer", where=choir, by=owner)
    assert member.organisation == choir


@pytest.mark.parametrize(
    ("who", "role", "where"),
    [
        ("coordinator", "editor", lambda: cast.region("toinen")),
        ("coordinator", "translator", cast.country),
        ("coordinator", "writer", lambda: cast.organisation("b", region=cast.region("toinen"))),
        ("editor", "translator", cast.region),
        ("editor", "editor", cast.region),
        ("translator", "translator", cast.region),
    ],
)
def test_nobody_gives_what_they_may_not_do_there(who, role, where):
    by = person("aino", who, region=cast.region())
    with pytest.raises(actions.MoreThanOwn):
        actions.invite("kim@post.example", role=role, where=where(), by=by)
    assert not get_user_model().objects.filter(email="kim@post.example").exists()


@pytest.mark.parametrize("role", ["writer", "owner"])
def test_an_owner_gives_nothing_for_another_organisation(role):
    owner = person("aino", "owner", organisation=cast.organisation("choir"))
    with pytest.raises(actions.MoreThanOwn):
        actions.invite("k@post.example", role=role, where=cast.organisation("club"), by=owner)


def test_a_writer_lets_nobody_in():
    choir = cast.organisation("choir")
    writer = person("aino", "writer", organisation=choir)
    with pytest.raises(actions.MoreThanOwn):
        actions.invite("k@post.example", role="writer", where=choir, by=writer)


def test_several_roles_in_a_region_each_once(ritva):
    for role in ("editor", "adviser"):
        actions.invite("kim@post.example", role=role, where=cast.region(), by=ritva)

    kim = get_user_model().objects.get(email="kim@post.example")
    assert kim.has_perm("threads.answer_thread", cast.region())
    assert kim.has_perm("databank.change_entry", cast.entry())
    with pytest.raises(actions.MemberAlready):
        actions.invite("kim@post.example", role="adviser", where=cast.region(), by=ritva)
    with pytest.raises(actions.MemberAlready):
        actions.change_role(kim.memberships.get(role="editor"), role="adviser", by=ritva)

    actions.remove(kim.memberships.get(role="editor"), by=ritva)
    kim = get_user_model().objects.get(email="kim@post.example")
    assert kim.is_staff and not kim.has_perm("databank.change_entry", cast.entry("other"))


def test_one_role_for_an_organisation():
    choir = cast.organisation("choir")
    owner = person("aino", "owner", organisation=choir)
    actions.invite("kim@post.example", role="writer", where=choir, by=owner)
    with pytest.raises(actions.MemberAlready):
        actions.invite("kim@post.example", role="owner", where=choir, by=owner)


@pytest.mark.parametrize(("where", "role"), [("region", "editor"), ("organisation", "writer")])
def test_the_database_knows_no_role_twice(where, role):
    place = {"region": cast.region, "organisation": cast.organisation}[where]()
    kim = person("kim", role, **{where: place})
    with pytest.raises(IntegrityError), transaction.atomic():
        kim.memberships.create(role=role, **{where: place})


def test_a_role_does_not_open_a_closed_account(ritva):
    get_user_model().objects.create_user("kim@post.example", is_active=False)
    with pytest.raises(actions.Closed):
        actions.invite("kim@post.example", role="editor", where=cast.region(), by=ritva)


def test_who_is_removed_is_outside(ritva):
    member = actions.invite("kim@post.example", role="editor", where=cast.region(), by=ritva)
    inside = signed_in(member.user)

    actions.remove(member, by=ritva)

    kim = get_user_model().objects.get(email="kim@post.example")
    assert not kim.is_staff
    assert inside.get("/staff/").status_code == 403
    assert [action for action, *_rest in told(ritva)] == ["wagtail.create", "wagtail.delete"]


def test_the_last_coordinator_stays(ritva):
    own = ritva.memberships.get()
    with pytest.raises(actions.LastCoordinator):
        actions.remove(own, by=ritva)
    with pytest.raises(actions.LastCoordinator):
        actions.change_role(own, role="editor", by=ritva)

    second = actions.invite("kim@post.example", role="coordinator", where=cast.region(), by=ritva)
    actions.remove(ritva.memberships.get(), by=ritva)
    assert list(Member.objects.all()) == [second]


def test_an_administrator_removes_the_last_coordinator(ritva):
    administrator = get_user_model().objects.create_superuser("admin@satamala.example")
    actions.remove(ritva.memberships.get(), by=administrator)
    assert not Member.objects.exists()


@pytest.mark.parametrize("act", ["remove", "change_role"])
def test_members_of_another_region_are_not_touched(ritva, act):
    kim = person("kim", "editor", region=cast.region("toinen")).memberships.get()
    with pytest.raises(actions.MoreThanOwn):
        getattr(actions, act)(kim, by=ritva, **({"role": "translator"} if act != "remove" else {}))
    assert Member.objects.get(pk=kim.pk).role == "editor"


def test_another_role_is_given_on_the_page(ritva):
    kim = person("kim", "editor", region=cast.region()).memberships.get()
    browser = signed_in(ritva)

    form = browser.get(f"{PAGE}edit/{kim.pk}/").context["form"]
    assert [value for value, _name in form.fields["role"].choices] == [
        "",
        "translator",
        "adviser",
        "editor",
        "coordinator",
    ]
    answer = browser.post(f"{PAGE}edit/{kim.pk}/", {"role": "translator", "email": "x@y.example"})

    assert answer.status_code == 302
    kim = Member.objects.get(pk=kim.pk)
    assert (kim.role, kim.user.email) == ("translator", "kim@satamala.example")
    assert [action for action, *_rest in told(ritva)] == ["wagtail.edit"]


def test_people_are_let_in_on_the_page(ritva):
    choir = cast.organisation("choir")
    cast.organisation("club", region=cast.region("toinen"))
    browser = signed_in(ritva)

    form = browser.get(f"{PAGE}add/").context["form"]
    assert list(form.fields["region"].queryset) == [cast.region()]
    assert list(form.fields["organisation"].queryset) == [choir]
    sent = {"email": "kim@post.example", "role": "owner", "organisation": choir.pk}
    browser.post(f"{PAGE}add/", sent | {"region": cast.region().pk})

    kim = Member.objects.get(user__email="kim@post.example")
    assert (kim.role, kim.organisation, kim.region) == ("owner", choir, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role": "writer"}, "Choose one of the two."),
        ({"region": "toinen"}, "Select a valid choice"),
        ({"email": "ritva@satamala.example", "role": "coordinator"}, "has a role there already"),
        ({"email": "gone@satamala.example"}, "This account is closed."),
        ({"role": "administrator"}, "Select a valid choice"),
    ],
)
def test_the_page_says_what_is_refused(ritva, changes, said):
    get_user_model().objects.create_user("gone@satamala.example", is_active=False)
    sent = {"email": "kim@post.example", "role": "editor", "region": "satamala"} | changes
    sent["region"] = cast.region(sent["region"]).pk

    answer = signed_in(ritva).post(f"{PAGE}add/", sent)

    assert said in answer.content.decode()
    assert list(Member.objects.all()) == [ritva.memberships.get()]


def test_the_list_has_the_members_here_and_no_way_to_remove_the_last_coordinator(ritva):
    person("kim", "editor", region=cast.region("toinen"))
    writer = person("oleh", "writer", organisation=cast.organisation("choir")).memberships.get()

    page = signed_in(ritva).get(PAGE).content.decode()

    assert "kim@" not in page
    assert f"{PAGE}delete/{writer.pk}/" in page
    assert f"{PAGE}delete/{ritva.memberships.get().pk}/" not in page


def test_the_last_coordinator_is_not_removed_on_the_page_either(ritva):
    own = ritva.memberships.get()
    signed_in(ritva).post(f"{PAGE}delete/{own.pk}/")
    signed_in(ritva).post(f"/staff/bulk/databank/member/delete/?id={own.pk}")
    assert Member.objects.filter(pk=own.pk).exists()


def test_somebody_is_removed_on_the_page(ritva):
    kim = person("kim", "editor", region=cast.region()).memberships.get()
    signed_in(ritva).post(f"{PAGE}delete/{kim.pk}/")
    assert list(Member.objects.all()) == [ritva.memberships.get()]
    assert [action for action, *_rest in told(ritva)] == ["wagtail.delete"]


def test_the_list_takes_the_same_queries_however_long_it_is(ritva, queries):
    browser = signed_in(ritva)
    person("kim-0", "editor", region=cast.region())
    one = queries(browser, PAGE)
    for number in range(1, 15):
        person(f"kim-{number}", "editor", region=cast.region())
    assert queries(browser, PAGE) == one
