"""Wagtail's pages under /staff/: a right in one region is none in another."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as pictures
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupApprovalTask,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from satama.databank.models import Entry, Fact, Member, Text

from . import cast
from .test_roles import person
from .test_staff import address, as_posted, opened

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
ADD = "/staff/snippets/databank/entry/add/"


@pytest.fixture
def elsewhere():
    return cast.region("toinen")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor(**where) -> Client:
    return signed_in(person("aino", "editor", **(where or {"region": cast.region()})))


def new(browser: Client, **changes) -> dict:
    """The form of a new entry, filled in."""
    posted = as_posted(browser.get(ADD).context["form"])
    posted |= {"slug": "ferry", "kind": "guide", "texts-0-language": "en"}
    return posted | {"texts-0-title": "Ferry", "texts-0-summary": "A ferry."} | changes


def test_an_entry_is_added_and_published_in_the_own_region():
    browser = editor()
    browser.post(ADD, new(browser) | PUBLISH)
    assert Entry.objects.values_list("slug", "region__slug", "live").get() == (
        "ferry",
        "satamala",
        True,
    )


@pytest.mark.parametrize("where", ["toinen", "maa"])
def test_nothing_is_added_elsewhere(where, elsewhere):
    browser = editor()
    region = elsewhere if where == "toinen" else cast.country()
    browser.post(ADD, new(browser, region=region.pk))
    assert [entry.region for entry in Entry.objects.all()] == [cast.region()]


def test_forms_and_filters_offer_the_own_region(elsewhere):
    browser = editor()
    fields = browser.get(ADD).context["form"].fields
    assert list(fields["region"].queryset) == [cast.region()]
    page = browser.get("/staff/snippets/databank/entry/").content.decode()
    assert f'name="region" value="{elsewhere.pk}"' not in page


def test_a_row_is_not_moved_elsewhere(elsewhere):
    fact = cast.fact("fee", "money", "5 EUR")
    browser = editor()
    browser.post(address(fact), opened(browser, fact) | {"region": elsewhere.pk})
    assert Fact.objects.get().region == cast.region()


def test_who_works_in_two_regions_moves_a_row_between_them(elsewhere):
    user = person("aino", "editor", region=cast.region())
    Member.objects.create(user=user, role="editor", region=elsewhere)
    fact, browser = cast.fact("fee", "money", "5 EUR"), signed_in(user)
    browser.post(address(fact), opened(browser, fact) | {"region": elsewhere.pk})
    assert Fact.objects.get().region == elsewhere


@pytest.fixture
def of_two(elsewhere):
    """Aino: editor here, owner of an organisation elsewhere."""
    choir = cast.organisation("choir", region=elsewhere)
    user = person("aino", "editor", region=cast.region())
    Member.objects.create(user=user, role="owner", organisation=choir)
    return signed_in(user), choir


def test_an_editor_here_who_writes_elsewhere_opens_nothing_there(of_two, elsewhere):
    browser, choir = of_two
    theirs = cast.entry("concert", region=elsewhere, organisation=choir)
    assert browser.get(address(theirs)).status_code == 302
    assert browser.get(address(choir)).status_code == 302
    for action in ("edit", "unpublish", "lock"):
        browser.post(f"/staff/snippets/databank/entry/{action}/{theirs.pk}/", PUBLISH)
    theirs.refresh_from_db()
    assert (theirs.live, theirs.locked) == (True, False)
    assert "concert" not in browser.get("/staff/snippets/databank/entry/").content.decode()


def test_an_editor_here_who_writes_elsewhere_publishes_nothing_there(of_two, elsewhere):
    browser, choir = of_two
    changes = {"region": elsewhere.pk, "organisation": choir.pk}
    browser.post(ADD, new(browser, **changes) | PUBLISH)
    assert not Entry.objects.exists()


def test_a_row_that_names_the_organisation_of_others_is_not_theirs(elsewhere):
    choir = cast.organisation("choir", region=elsewhere)
    owner = person("kim", "owner", organisation=choir)
    entry, browser = cast.entry("pier"), editor()
    browser.post(address(entry), opened(browser, entry) | {"organisation": choir.pk} | PUBLISH)
    entry.refresh_from_db()
    assert entry.organisation is None

    entry.organisation = choir  # as a pack may say
    entry.save()
    assert not owner.has_perm("databank.change_entry", entry)


def changes_everywhere(user) -> None:
    """By a right of Wagtail's groups, which know no regions."""
    user.user_permissions.add(Permission.objects.get(codename="change_entry"))


def test_who_changes_everywhere_publishes_at_home_alone(elsewhere):
    user = person("aino", "editor", region=cast.region())
    changes_everywhere(user)
    ours, theirs = cast.entry("pier"), cast.entry("ferry", region=elsewhere)
    browser = signed_in(user)

    assert 'name="action-publish"' in browser.get(address(ours)).content.decode()
    assert 'name="action-publish"' not in browser.get(address(theirs)).content.decode()
    sent = opened(browser, theirs) | {"texts-0-summary": "Mine."}
    browser.post(address(theirs), sent | PUBLISH)
    browser.post(address(ours), opened(browser, ours) | {"region": elsewhere.pk} | PUBLISH)

    assert Text.objects.get(entry=theirs).summary == "In one sentence."
    assert Entry.objects.get(slug="pier").region == cast.region()


def test_a_plan_to_publish_is_cancelled_by_who_may_publish_there(elsewhere):
    user = person("aino", "editor", region=cast.region())
    changes_everywhere(user)
    entry = cast.entry("ferry", region=elsewhere)
    planned = entry.save_revision()
    page = f"/staff/snippets/databank/entry/history/{entry.pk}/revisions/{planned.pk}/unschedule/"
    assert signed_in(user).get(page)["Location"] == "/staff/"


def test_an_approver_needs_the_right_in_the_region_of_the_entry(elsewhere):
    group = Group.objects.create(name="Approvers")
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    kind = ContentType.objects.get_for_model(Entry)
    WorkflowContentType.objects.filter(content_type=kind).update(workflow=workflow)
    entry = cast.entry("pier", live=False)
    entry.save_revision()
    state = workflow.start(entry, person("oleh", "editor", region=cast.region()))
    page = f"/staff/snippets/databank/entry/workflow/action/{entry.pk}/approve/"
    page += f"{state.current_task_state.pk}/"

    for name, where in (("kim", elsewhere), ("ritva", cast.region())):
        user = person(name, "coordinator", region=where)
        user.groups.add(group)
        sent = opened_or_nothing(signed_in(user), entry)
        sent |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
        signed_in(user).post(address(entry), sent)
        signed_in(user).post(page)
        entry.refresh_from_db()
        assert entry.live == (name == "ritva")


def opened_or_nothing(browser: Client, row) -> dict:
    answer = browser.get(address(row))
    return as_posted(answer.context["form"]) if answer.status_code == 200 else {}


def test_a_text_of_another_entry_is_not_taken_by_its_number(elsewhere):
    ours, theirs = cast.entry("pier"), cast.entry("ferry", region=elsewhere)
    text = theirs.texts.get()
    browser = editor()
    sent = opened(browser, ours) | {"texts-0-id": text.pk, "texts-0-title": "Taken"}
    browser.post(address(ours), sent | PUBLISH)
    text.refresh_from_db()
    assert (text.entry, text.title) == (theirs, "Ferry")


def test_many_are_deleted_at_once_where_one_may_delete(elsewhere):
    cast.entry("pier", live=False), cast.entry("ferry", region=elsewhere, live=False)
    bulk = "/staff/bulk/databank/entry/delete/?id=all"
    editor().post(bulk)
    assert Entry.objects.count() == 2
    signed_in(person("ritva", "coordinator", region=cast.region())).post(bulk)
    assert list(Entry.objects.values_list("slug", flat=True)) == ["ferry"]


def test_of_all_that_is_done_to_many_a_coordinator_deletes_nouns_alone(
    elsewhere, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    kim = person("kim", "editor", region=elsewhere)
    image = get_image_model().objects.create(title="Pier", file=get_test_image_file())
    browser = signed_in(person("ritva", "coordinator", region=cast.region()))
    bulk_action_registry.get_bulk_actions_for_model("accounts", "user")
    for app, models in bulk_action_registry.actions.items():
        for model, action in ((model, one) for model, those in models.items() for one in those):
            pk = {"user": kim.pk, "image": image.pk}.get(model, "all")
            where = f"/staff/bulk/{app}/{model}/{action}/?id={pk}"
            if app != "databank":
                browser.post(where, {"role": Group.objects.first().pk, "mark_as_active": ""})
    kim.refresh_from_db()
    assert (kim.is_active, kim.groups.count(), get_image_model().objects.count()) == (True, 0, 1)


def test_where_a_region_hangs_is_changed_by_administrators_alone():
    region = cast.region()
    held = {name: getattr(region, name) for name in ("slug", "host", "parent_id", "country")}
    moved = {"slug": "elsewhere", "host": "evil.example", "parent": "", "country": "SE"}
    asked = {"names-en": "Bay", **moved}
    coordinator = signed_in(person("ritva", "coordinator", region=region))

    coordinator.post(address(region), opened(coordinator, region) | asked)

    region.refresh_from_db()
    assert region.names["en"] == "Bay"
    assert {name: getattr(region, name) for name in held} == held


def test_a_chooser_offers_what_is_here_and_above(elsewhere):
    cast.topic("boats"), cast.topic("taxes", region=cast.country())
    cast.topic("trams", region=elsewhere)
    page = editor().get("/staff/snippets/choose/databank/topic/").content.decode()
    assert ("Boats" in page, "Taxes" in page, "Trams" in page) == (True, True, False)


def test_a_form_has_no_way_to_edit_what_it_names_of_the_country():
    fact = cast.fact("fee", "money", "5 EUR", region=cast.country())
    fact.owner = cast.organisation("agency", region=cast.country())
    ours = cast.fact("own-fee", "money", "5 EUR", owner=fact.owner)
    page = editor().get(address(ours)).content.decode()
    assert address(fact.owner) not in page


def picture(name: str, by=None):
    fields = {"title": name, "file": get_test_image_file(), "uploaded_by_user": by}
    return get_image_model().objects.create(**fields)


def test_pictures_are_shared_and_changed_by_those_whose_entries_show_them(
    elsewhere, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    aino = person("aino", "editor", region=cast.region())
    strange, own, here, there, both = (
        picture(name, aino if name == "own" else None)
        for name in ("strange", "own", "here", "there", "both")
    )
    cast.entry("pier", image=here), cast.entry("quay", image=both)
    cast.entry("ferry", region=elsewhere, image=there)
    cast.entry("tram", region=elsewhere, image=both)

    may = pictures.instances_user_has_any_permission_for
    assert set(may(aino, ["choose"])) == {strange, own, here, there, both}
    assert set(may(aino, ["change"])) == {own, here}
    assert set(may(aino, ["delete"])) == {own}
    assert pictures.user_has_permission(aino, "add")
    translator = person("oleh", "translator", region=cast.region())
    assert not pictures.user_has_permission(translator, "add")
    assert not may(translator, ["choose", "change"]).exists()


def test_who_is_asked_to_keep_a_thing_is_of_the_region(elsewhere):
    aino = person("aino", "editor", region=cast.region())
    person("kim", "editor", region=elsewhere)
    page = signed_in(aino).get(address(cast.organisation("choir")))
    assert list(page.context["form"].fields["keeper"].queryset) == [aino]
