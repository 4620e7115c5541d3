"""Staff write drafts of entries; readers see what is published, and nobody's work is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from satama.databank import version
from satama.databank.links.actions import replace
from satama.databank.models import Change, Entry, Text
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import load_packs
from satama.databank.sheets.actions import NotApplied

from . import cast
from .sample_pack import spoil, write_pack
from .sheet_files import Table, harbour
from .test_staff import address, opened, record

pytestmark = pytest.mark.django_db

TEXTS = {
    "fi": {"title": "Laituri", "summary": "Laituri rannassa."},
    "en": {"title": "Pier", "summary": "A pier.", "made": "machine"},
}
PAGE = "/satamala/fi/entries/pier"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor@satamala.example"))
    return client


@pytest.fixture
def pier(db) -> Entry:
    return cast.entry("pier", texts=TEXTS)


def write(editor: Client, entry: Entry, summary: str, **more: str):
    posted = opened(editor, entry) | {"texts-0-summary": summary}
    return editor.post(address(entry), posted | more)


PUBLISH = {"action-publish": "action-publish"}


def read(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def test_a_draft_is_seen_when_it_is_published(editor, client, pier):
    write(editor, pier, "Uusi laituri.")
    assert "Laituri rannassa." in read(client)

    write(editor, pier, "Uusi laituri.", **PUBLISH)
    assert "Uusi laituri." in read(client)


def marks() -> tuple[int, int]:
    """The content version and how many changes were logged."""
    return version.read(), Change.objects.count()


@pytest.mark.django_db(transaction=True)  # a version is that of a transaction
@pytest.mark.parametrize(
    "note",
    [
        {"has_unpublished_changes": True},
        {"locked": True, "locked_at": timezone.now()},
        {"go_live_at": timezone.now()},
        {"last_published_at": timezone.now(), "first_published_at": timezone.now()},
    ],
    ids=lambda note: next(iter(note)),
)
def test_what_is_noted_of_drafts_and_locks_changes_nothing_for_readers(pier, note):
    before = marks()

    Entry.objects.filter(pk=pier.pk).update(**note)

    assert marks() == before


@pytest.mark.django_db(transaction=True)
def test_a_draft_leaves_pages_and_indexes_as_they_are_until_it_is_published(editor, pier):
    before = marks()
    write(editor, pier, "Uusi laituri.")
    drafted = marks()
    write(editor, pier, "Uusi laituri.", **PUBLISH)
    published = marks()

    assert drafted == before
    assert published[0] > before[0] and published[1] > before[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [{"kind": "service"}, {"charge": "free"}, {"slug": "quay"}])
def test_what_readers_see_of_an_entry_changes_version_and_log(pier, change):
    before = marks()

    Entry.objects.update(**change | {"locked": True})

    version_now, logged = marks()
    assert (version_now > before[0], logged) == (True, before[1] + 1)


def test_publishing_unchanged_changes_nothing(editor, pier):
    before = record(pier)

    editor.post(address(pier), opened(editor, pier) | PUBLISH)

    assert record(pier) == before


def test_the_form_has_the_text_that_the_others_are_made_from(editor, pier):
    posted = opened(editor, pier)

    assert posted["texts-TOTAL_FORMS"] == "1"
    assert posted["texts-0-language"] == "fi"


def test_what_a_translator_wrote_meanwhile_stays(editor, client, pier):
    form = opened(editor, pier) | {"texts-0-summary": "Uusi laituri."}
    write(editor, pier, "Toinen luonnos.")
    Text.objects.filter(entry=pier, language="en").update(summary="A pier at the shore.")
    cast.text(pier, "sv", title="Brygga")

    editor.post(address(pier), form | PUBLISH)

    summaries = dict(Text.objects.filter(entry=pier).values_list("language", "summary"))
    assert summaries == {
        "fi": "Uusi laituri.",
        "en": "A pier at the shore.",
        "sv": "In one sentence.",
    }


def test_an_entry_that_was_never_published_is_nowhere(client):
    cast.entry("pier", texts=TEXTS, live=False)
    cast.link(cast.entry("ferry"), Entry.objects.get(slug="pier"))

    assert client.get(PAGE).status_code == 404
    assert "entries/pier" not in read(client, "/satamala/fi/entries/ferry")


def test_an_earlier_version_comes_back(editor, client, pier):
    write(editor, pier, "Uusi laituri.", **PUBLISH)
    write(editor, pier, "Huono laituri.", **PUBLISH)
    first = pier.revisions.order_by("pk")[1]

    again = f"/staff/snippets/databank/entry/history/{pier.pk}/revisions/{first.pk}/revert/"
    revised = editor.get(again)
    posted = {"revision": first.pk} | opened_of(revised)
    editor.post(address(pier), posted | PUBLISH)

    assert "Uusi laituri." in read(client)


def opened_of(response) -> dict[str, str]:
    from .test_staff import as_posted

    return as_posted(response.context["form"])


def test_two_versions_can_be_compared(editor, pier):
    write(editor, pier, "Uusi laituri.")
    write(editor, pier, "Hieno laituri.")
    _published, one, other = pier.revisions.order_by("pk").values_list("pk", flat=True)

    answer = editor.get(
        f"/staff/snippets/databank/entry/history/{pier.pk}/revisions/compare/{one}...{other}/"
    )
    page = answer.content.decode()

    assert 'class="deletion">Uusi</span>' in page
    assert 'class="addition">Hieno</span>' in page


def test_a_locked_entry_is_not_changed_by_others(editor, client, pier):
    other = get_user_model().objects.create_superuser("other@satamala.example")
    Entry.objects.filter(pk=pier.pk).update(locked=True, locked_by=other)

    write(editor, pier, "Uusi laituri.", **PUBLISH)

    assert "Laituri rannassa." in read(client)


def test_a_draft_goes_out_when_its_time_has_come(editor, client, pier):
    tomorrow = timezone.localtime() + timedelta(days=1)
    write(editor, pier, "Uusi laituri.", go_live_at=f"{tomorrow:%Y-%m-%d %H:%M}", **PUBLISH)

    call_command("publish_scheduled")
    assert "Laituri rannassa." in read(client)

    with time_machine.travel(tomorrow + timedelta(hours=1)):
        call_command("publish_scheduled")
    assert "Uusi laituri." in read(client)


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Uusi laituri."), ("en", "A pier."), ("ar", "A pier.")]
)
def test_a_draft_is_looked_at_in_every_language(editor, pier, language, words):
    write(editor, pier, "Uusi laituri.")
    looked_at = f"/staff/snippets/databank/entry/preview/{pier.pk}/"
    posted = opened(editor, pier) | {"texts-0-summary": "Uusi laituri."}
    assert editor.post(looked_at, posted).json()["is_valid"]

    page = editor.get(f"{looked_at}?mode={language}")

    assert words in page.content.decode()
    assert page["Content-Language"] == language
    assert "no-store" in page["Cache-Control"] or "private" in page["Cache-Control"]


def test_a_pack_keeps_away_from_an_entry_with_a_draft(editor, tmp_path):
    folder = write_pack(tmp_path)

    def load():
        return load_packs(read_packs([folder], folder.parent))

    load()
    card = Entry.objects.get(slug="card")
    write(editor, card, "A draft.")
    spoil(folder, "entries/card.yaml", "You need one for work.", "Your employer needs it.")

    result = load()

    assert result.updated == 0
    assert len(result.kept) == 1 and "card: staff have a draft of it" in result.kept[0]
    assert opened(editor, card)["texts-0-summary"] == "A draft."


def test_what_a_pack_changes_is_in_the_form(editor, tmp_path):
    folder = write_pack(tmp_path)
    load_packs(read_packs([folder], folder.parent))
    card = Entry.objects.get(slug="card")
    editor.post(address(card), opened(editor, card) | PUBLISH)
    spoil(folder, "entries/card.yaml", "You need one for work.", "Your employer needs it.")

    load_packs(read_packs([folder], folder.parent))

    assert opened(editor, card)["texts-0-summary"] == "Your employer needs it."


OLD, NEW = "https://old.example/pier", "https://new.example/quay"


@pytest.mark.parametrize("planned", [False, True])
def test_a_draft_does_not_bring_back_an_address_that_was_replaced(editor, client, planned):
    body = f"See [it]({OLD})."
    entry = cast.entry("pier", {"fi": {"body": body, "documents": [f"<{OLD}>"]}}, source=OLD)
    tomorrow = timezone.localtime() + timedelta(days=1)
    plan = {"go_live_at": f"{tomorrow:%Y-%m-%d %H:%M}"} | PUBLISH if planned else {}
    write(editor, entry, "Uusi laituri.", **plan)
    by = get_user_model().objects.get()

    replace(OLD, new=NEW, by=by, on=timezone.localdate())
    if planned:
        with time_machine.travel(tomorrow + timedelta(hours=1)):
            call_command("publish_scheduled")
    else:
        write(editor, entry, "Uusi laituri.", **PUBLISH)

    page = read(client)
    assert "Uusi laituri." in page
    assert (OLD in page, page.count(f'href="{NEW}"')) == (False, 3)


def test_a_sheet_keeps_away_from_an_entry_with_a_draft(editor, tmp_path):
    region = harbour(tmp_path)
    card = Entry.objects.get(slug="card")
    write(editor, card, "A draft.")
    before = record(card)
    table = Table(region, "entries").put("card", "summary.en", "Your employer needs it.")

    found = table.foresee()
    with pytest.raises(NotApplied):
        table.apply()

    assert [str(one.reason)[:24] for one in found.conflicts] == ["Staff have a draft of it"]
    assert record(card) == before
    assert not Table(region, "entries").put("office", "summary.en", "Hi.").apply().is_refused
