"""Who may do what, and where."""

import pytest
from django.contrib.auth import get_user_model

from satama.databank.models import Entry, Member
from satama.databank.roles.scope import scope

from . import cast

pytestmark = pytest.mark.django_db


def person(name: str, role: str, **where):
    made = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    Member.objects.create(user=made, role=role, **where)
    return made


def test_an_editor_changes_what_is_of_the_region_and_nothing_of_the_country():
    editor = person("ritva", "editor", region=cast.region())
    ours, national = cast.entry(), cast.entry("residence-permit", region=cast.country())
    assert editor.has_perm("databank.change_entry")
    assert editor.has_perm("databank.change_entry", ours)
    assert not editor.has_perm("databank.change_entry", national)
    assert not editor.has_perm("databank.delete_entry", ours)
    within = scope(editor, "databank.change_entry").within(Entry.objects.all())
    assert list(within) == [ours]


def test_a_writer_changes_what_is_of_the_organisation():
    writer = person("kim", "writer", organisation=cast.organisation("choir"))
    ours = cast.entry("singing", organisation=writer.memberships.get().organisation)
    theirs = cast.entry("tax", organisation=cast.organisation())
    assert writer.has_perm("databank.change_entry", ours)
    assert not writer.has_perm("databank.change_entry", theirs)
    assert not writer.has_perm("databank.publish_entry", ours)
    assert not writer.has_perm("wagtailadmin.access_admin")


def test_one_page_of_staff_is_closed_to_the_editor_of_another_region(client):
    client.force_login(
        person("kim", "editor", region=cast.region("toinen")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    ours = cast.entry()
    address = f"/staff/snippets/databank/entry/edit/{ours.pk}/"
    assert client.get(address).status_code in (302, 403)
    assert b"tax-card" not in client.get("/staff/snippets/databank/entry/").content
