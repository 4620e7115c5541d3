"""What partners write waits for an editor of the region; whoever may not release it, cannot."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from wagtail.models import TaskState, WorkflowState

from satama.base import mail as post
from satama.databank.models import Entry, Member, Organisation

from . import cast
from .test_partners import HOME, NEW, change, choir, given, oleh, singing, text_of

__all__ = ["choir", "given", "oleh"]
pytestmark = pytest.mark.django_db

PAGE = "/satamala/en/entries/singing-on-mondays"


def staff(name: str, role: str, **where) -> Client:
    user = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    Member.objects.create(user=user, role=role, **where)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def ritva(choir) -> Client:
    """An editor of Satamala."""
    return staff("ritva", "editor", region=choir.region)


@pytest.fixture
def written(oleh, given) -> Entry:
    """Oleh has sent the group; it waits."""
    look = oleh.post(NEW, given)["Location"]
    answer = oleh.post(look, follow=True)
    assert "Sent. You get a mail when it is released." in text_of(answer)
    return Entry.objects.get()


def action(entry: Entry, name: str = "approve", state: TaskState | None = None) -> str:
    number = (state or TaskState.objects.latest("pk")).pk
    base = "/staff/snippets/databank/entry/workflow/action"
    return f"{base}/{entry.pk}/{name}/{number}/"


def waiting(entry: Entry) -> bool:
    return Entry.objects.get(pk=entry.pk).workflow_in_progress


def letters(count: int) -> dict[str, str]:
    """Bodies by (who, subject)."""
    post.deliver()
    assert len(mail.outbox) == count
    return {(one.to[0], one.subject): one.body for one in mail.outbox}


def test_one_click_on_the_first_page_of_staff_releases_it(ritva, written, client):
    assert client.get(PAGE).status_code == 404
    first = ritva.get("/staff/").content.decode()
    assert "Waiting for release" in first and "Singing on Mondays" in first
    address = re.search(r'<form method="post" action="([^"?]*workflow/action[^"?]*)\?', first)[1]

    answer = ritva.post(f"{address}?next=/staff/")

    assert answer["Location"] == "/staff/"
    assert "Sing with us, in any language." in client.get(PAGE).content.decode()
    assert "Singing on Mondays" not in ritva.get("/staff/").content.decode()
    assert WorkflowState.objects.get().status == "approved"


def test_the_editors_form_releases_with_its_first_button(ritva, written):
    page = ritva.get(f"/staff/snippets/databank/entry/edit/{written.pk}/").content.decode()

    actions = page[page.index('class="actions actions--primary') :]
    assert actions.index("Release") < actions.index("Save draft")
    assert "Submit to" not in actions


def test_the_editor_looks_at_the_page_before(ritva, written):
    task = TaskState.objects.get().task_id
    address = f"/staff/snippets/databank/entry/workflow/preview/{written.pk}/{task}/"
    assert "On Mondays from 17 to 19." in text_of(ritva.get(address))


def test_what_is_sent_back_has_a_comment_and_is_sent_again(oleh, ritva, written, client):
    ritva.post(action(written, "reject"), {"comment": "Which street?"})

    home = text_of(oleh.get(HOME))
    assert "Sent back with a comment" in home and "Which street?" in home
    assert "Which street?" in text_of(oleh.get(f"{HOME}/entries/{written.slug}"))
    look = change(oleh, written, body="At the pier.")["Location"]
    oleh.post(look)
    assert waiting(written)
    ritva.post(action(written))

    assert "At the pier." in client.get(PAGE).content.decode()


def test_a_change_of_a_public_page_is_released(oleh, ritva, choir, client):
    entry = singing(choir)
    oleh.post(change(oleh, entry, summary="Sing and dance.")["Location"])
    assert "Readers see the version before." in text_of(oleh.get(HOME))
    page = "/satamala/en/entries/singing"
    assert "Sing and dance." not in client.get(page).content.decode()

    ritva.post(action(entry))

    assert "Sing and dance." in client.get(page).content.decode()


def test_the_end_of_a_public_page_is_released(oleh, ritva, choir, client):
    entry = singing(choir)
    oleh.post(f"{HOME}/entries/singing/end")
    page = "/satamala/en/entries/singing"
    assert "This has ended." not in client.get(page).content.decode()

    ritva.post(action(entry))

    assert "This has ended." in client.get(page).content.decode()


def test_words_changed_while_they_wait_are_not_released_unread(oleh, ritva, written, client):
    look = change(oleh, written, body="Something else.")["Location"]
    assert not waiting(written)

    ritva.post(action(written))
    assert client.get(PAGE).status_code == 404

    old = TaskState.objects.get()
    oleh.post(look)
    ritva.post(action(written, state=old))
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("role", ["translator", "writer", "owner"])
def test_who_may_not_publish_may_not_release(role, choir, written, client):
    where = {"region": choir.region} if role == "translator" else {"organisation": choir}
    refused = staff("kim", role, **where)

    assert refused.post(action(written)).status_code in (302, 403)

    assert waiting(written) and client.get(PAGE).status_code == 404


def test_the_editor_of_another_region_sees_nothing_and_may_not_release(written, client):
    other = staff("kim", "editor", region=cast.region("toinen"))

    assert b"Singing on Mondays" not in other.get("/staff/").content
    assert other.post(action(written)).status_code in (302, 403)

    assert waiting(written) and client.get(PAGE).status_code == 404


def test_an_entry_of_ones_own_is_no_way_to_release_that_of_another_region(written, client):
    kim = staff("kim", "editor", region=cast.region("toinen"))
    ours = cast.entry("ours", region=cast.region("toinen"))
    ours.save_revision(user=kim.user)
    ours.get_workflow().start(ours, kim.user)
    theirs = TaskState.objects.get(workflow_state__object_id=str(written.pk))

    kim.post(action(ours, state=theirs))

    assert waiting(written) and client.get(PAGE).status_code == 404


def test_editors_and_partners_are_told_by_mail_in_their_languages(
    oleh, ritva, choir, given, django_capture_on_commit_callbacks
):
    get_user_model().objects.filter(pk=ritva.user.pk).update(language="en")
    get_user_model().objects.filter(pk=oleh.user.pk).update(language="en")
    get_user_model().objects.create_superuser("admin@satamala.example")
    staff("oksana", "translator", region=choir.region)
    staff("kim", "editor", region=cast.region("toinen"))
    look = oleh.post(NEW, given)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        oleh.post(look)
    entry = Entry.objects.get()
    editor = ("ritva@satamala.example", "Waiting for release: Singing on Mondays")
    (written,) = letters(1).items()
    assert written[0] == editor
    assert f"https://satamala.example/staff/snippets/databank/entry/edit/{entry.pk}/" in written[1]

    with django_capture_on_commit_callbacks(execute=True):
        ritva.post(action(entry, "reject"), {"comment": "Which street?"})
    back = letters(2)["oleh@choir.example", "Please change: Singing on Mondays"]
    assert "Which street?" in back and "/staff/" not in back
    assert f"https://satamala.example{HOME}/entries/{entry.slug}\n" in back

    with django_capture_on_commit_callbacks(execute=True):
        oleh.post(look)
    with django_capture_on_commit_callbacks(execute=True):
        ritva.post(action(entry))
    public = letters(4)["oleh@choir.example", "Public now: Singing on Mondays"]
    assert f"https://satamala.example{PAGE}\n" in public and "/staff/" not in public


def test_an_editor_who_publishes_without_pressing_release_is_told_of_too(
    oleh, ritva, written, django_capture_on_commit_callbacks
):
    get_user_model().objects.filter(pk=oleh.user.pk).update(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        written.get_latest_revision().publish(user=ritva.user)

    told = [subject for to, subject in letters(2) if to == "oleh@choir.example"]
    assert told == ["Public now: Singing on Mondays"]


def test_where_no_editor_is_the_administrators_are_told(
    oleh, given, django_capture_on_commit_callbacks
):
    get_user_model().objects.create_superuser("admin@satamala.example", language="en")
    look = oleh.post(NEW, given)["Location"]

    with django_capture_on_commit_callbacks(execute=True):
        oleh.post(look)

    assert [who for who, _subject in letters(1)] == ["admin@satamala.example"]


def test_sending_twice_asks_once(oleh, written):
    oleh.post(f"{HOME}/entries/{written.slug}/look")

    assert WorkflowState.objects.count() == 1


def test_what_is_written_for_an_organisation_trusted_meanwhile_is_public(oleh, written, client):
    Organisation.objects.update(trusted=True)

    oleh.post(f"{HOME}/entries/{written.slug}/look")

    assert client.get(PAGE).status_code == 200 and not waiting(written)
