"""Who may do what, and where."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from satama.databank import models
from satama.databank.models import Entry, Member
from satama.databank.models.member import REGION_ROLES
from satama.databank.roles.rights import RIGHTS
from satama.databank.roles.scope import WHERE, Scope, in_sight, regions_with, scope

from . import cast


def person(name: str, role: str, **where):
    made = get_user_model().objects.create_user(f"{name}@satamala.example")
    Member.objects.create(user=made, role=role, **where)
    return made


@pytest.mark.django_db
def test_an_editor_changes_what_is_of_the_region_and_nothing_of_the_country():
    editor = person("ritva", "editor", region=cast.region())
    ours, national = cast.entry(), cast.entry("residence-permit", region=cast.country())
    assert editor.has_perm("databank.change_entry")
    assert editor.has_perm("databank.change_entry", ours)
    assert not editor.has_perm("databank.change_entry", national)
    assert not editor.has_perm("databank.delete_entry", ours)
    within = scope(editor, "databank.change_entry").within(Entry.objects.all())
    assert list(within) == [ours]


@pytest.mark.django_db
def test_a_writer_changes_what_is_of_the_organisation():
    writer = person("kim", "writer", organisation=cast.organisation("choir"))
    ours = cast.entry("singing", organisation=writer.memberships.get().organisation)
    theirs = cast.entry("tax", organisation=cast.organisation())
    assert writer.has_perm("databank.change_entry", ours)
    assert not writer.has_perm("databank.change_entry", theirs)
    assert not writer.has_perm("databank.publish_entry", ours)
    assert not writer.has_perm("wagtailadmin.access_admin")


@pytest.mark.django_db
def test_what_another_region_says_of_an_organisation_is_that_region_s():
    choir = cast.organisation("choir")
    writer = person("kim", "writer", organisation=choir)
    elsewhere = cast.entry("tour", region=cast.region("toinen"), organisation=choir)
    assert not writer.has_perm("databank.change_entry", elsewhere)
    assert not writer.has_perm("databank.change_fact", cast.fact("fee", region=cast.country()))


@pytest.mark.django_db
def test_somebody_who_left_may_do_nothing():
    editor = person("ritva", "editor", region=cast.region())
    editor.is_active = False
    assert not editor.has_perm("databank.change_entry", cast.entry())
    assert not scope(editor, "databank.change_entry")


@pytest.mark.django_db
def test_rights_of_two_regions_are_not_added_up():
    user = person("ritva", "editor", region=cast.region())
    Member.objects.create(user=user, role="coordinator", region=cast.region("toinen"))
    both = regions_with(user, "databank.change_entry", "databank.delete_entry")
    assert both == Scope(regions=frozenset({cast.region("toinen").pk}))


@pytest.mark.django_db
def test_a_region_sees_what_is_above_it_and_not_beside_it():
    editor = person("ritva", "editor", region=cast.region())
    cast.region("toinen")
    seen = in_sight(editor, "databank.view_topic")
    assert seen == Scope(regions=frozenset({cast.region().pk, cast.country().pk}))


@pytest.fixture
def many(db) -> None:
    """Of every noun, one in each of three regions, for each of two organisations or none."""
    for slug in ("maa", "satamala", "toinen"):
        region = cast.country() if slug == "maa" else cast.region(slug)
        cast.topic(f"boats-{slug}", region=region)
        cast.municipality(slug, region=region)
        models.Redirect.objects.create(region=region, path="entries/old", to=f"entries/{slug}-none")
        cast.closure(region=region, place=cast.place(f"pier-{slug}", region=region))
        cast.organisation(f"own-{slug}", region=region)
        user = get_user_model().objects.create_user(f"kim@{slug}.example")
        Member.objects.create(user=user, role="editor", region=region)
    organisations = list(models.Organisation.objects.all())
    for region, of in product(models.Region.objects.all(), [None, *organisations]):
        slug = f"{region.slug}-{of.slug if of else 'none'}"
        cast.entry(slug, region=region, organisation=of)
        cast.place(slug, region=region, organisation=of)
        cast.fact(slug, region=region, owner=of)
    for of in organisations:
        user = get_user_model().objects.create_user(f"kim@{of.slug}.example")
        Member.objects.create(user=user, role="owner", organisation=of)


def test_a_row_is_covered_exactly_when_it_is_among_those_within(many):
    regions = models.Region.objects.values_list("pk", flat=True)
    organisations = models.Organisation.objects.values_list("pk", flat=True)
    scopes = [Scope(), Scope(everywhere=True)]
    scopes += [Scope(regions=frozenset({pk})) for pk in regions]
    scopes += [Scope(organisations=frozenset({pk})) for pk in organisations]
    scopes += [Scope(False, frozenset({a}), frozenset({b})) for a in regions for b in organisations]
    ours = [model for model in WHERE if model._meta.app_label == "databank"]
    for model, held in product(ours, scopes):
        rows = model.objects.all()
        assert rows, model
        assert {row for row in rows if held.covers(row)} == set(held.within(rows)), (model, held)


def test_a_row_of_a_kind_that_is_not_ours_is_nobody_s():
    assert not Scope(regions=frozenset({1})).covers(models.Wording(pk=1))


def test_whoever_has_a_role_in_a_region_may_enter():
    enter = {role for role, rights in RIGHTS.items() if "wagtailadmin.access_admin" in rights}
    assert enter == set(REGION_ROLES)


APPS = {"image": "wagtailimages", "asked": "finder", "thread": "threads", "desk": "threads"}
APPS |= dict.fromkeys(("phrase", "wrongdesk", "contact", "outreachplace", "change"), "office")


def test_the_documents_say_what_each_role_may():
    """docs/roles.md has a row for each noun and a column for each role; verbs are its cells."""
    page = Path(__file__).parents[3] / "docs/roles.md"
    table = page.read_text().partition("| noun |")
    lines = [line for line in "".join(table[1:]).splitlines() if line.startswith("|")]
    head, _rule, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    said = {role: set() for role in head[1:]}
    for noun, *cells in rows:
        for role, cell in zip(said, cells, strict=True):
            app = APPS.get(noun, "databank")
            said[role] |= {f"{app}.{verb}_{noun}" for verb in re.findall(r"\w+", cell)}
    held = {role: set(rights) - {"wagtailadmin.access_admin"} for role, rights in RIGHTS.items()}
    assert said == held
