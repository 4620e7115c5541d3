"""Staff's acts that would lose an address stop, say what would be lost, and lead readers on."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from satama.base.models import Mail
from satama.databank.models import Entry, Organisation, Redirect, Region, Topic

from . import cast
from .test_roles import person
from .test_staff import address, opened

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
FERRY = {"lead_to": "entries/ferry"}
TEXTS = {"fi": "Laituri", "en": "Pier"}
SNIPPETS = "/staff/snippets/databank"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor@satamala.example"))
    return client


@pytest.fixture
def pier(db) -> Entry:
    cast.entry("ferry", {"en": {"body": "From [the pier](entry:pier)."}})
    return cast.entry("pier", texts=TEXTS)


def told(answer) -> list[str]:
    """What the page that stops an act says would be lost; nothing when the act went through."""
    connection.check_constraints()
    page = BeautifulSoup(answer.content, "html.parser")
    return [" ".join(one.text.split()) for one in page.select(".stop > ul li")]


def redirects() -> list[tuple[str, str, str]]:
    return list(Redirect.objects.values_list("language", "path", "to"))


LEADS = [("", "entries/pier", "entries/ferry")]
LOSS = ["/satamala/…/entries/pier Read in: English, Suomi. 1 other entry leads there: ferry"]


def of(row, act: str) -> str:
    return f"{SNIPPETS}/{row._meta.model_name}/{act}/{row.pk}/"


@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_deleting_and_unpublishing_stop_and_lead_on(editor, pier, act):
    assert told(editor.get(of(pier, act))) == told(editor.post(of(pier, act))) == LOSS
    assert Entry.objects.get(slug="pier").live

    answer = editor.post(of(pier, act), FERRY)

    assert (answer.status_code, told(answer), redirects()) == (302, [], LEADS)
    assert not Entry.objects.filter(slug="pier", live=True).exists()


@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_nowhere_is_no_place_to_lead_readers_to(editor, pier, act):
    for to in ("entries/pier", "entries/nowhere", ""):
        assert told(editor.post(of(pier, act), {"lead_to": to})) == LOSS
    assert (Entry.objects.filter(live=True).count(), redirects()) == (2, [])


def test_what_is_not_public_is_deleted_without_a_question(editor):
    draft = cast.entry("draft", live=False)

    assert "Are you sure" in editor.get(of(draft, "delete")).content.decode()
    assert editor.post(of(draft, "delete")).status_code == 302


def test_many_at_once_stop_and_lead_on(editor, pier):
    cast.entry("quay")
    several = Entry.objects.exclude(slug="ferry").order_by("slug")
    query = "&".join(f"id={row.pk}" for row in several)
    act = f"/staff/bulk/databank/entry/delete/?{query}"

    assert told(editor.post(act)) == [*LOSS, "/satamala/…/entries/quay Read in: English."]
    assert Entry.objects.count() == 3

    answer = editor.post(act, FERRY)

    assert (answer.status_code, told(answer)) == (302, [])
    assert sorted(redirects()) == [*LEADS, ("", "entries/quay", "entries/ferry")]


def test_a_new_name_leads_on_by_itself_and_says_so(editor, pier):
    posted = opened(editor, pier) | PUBLISH | {"slug": "quay"}

    answer = editor.post(address(pier), posted, follow=True)

    assert "Readers of the old address are led to the new one" in answer.content.decode()
    assert redirects() == [("", "entries/pier", "entries/quay")]


def test_a_new_name_in_a_draft_changes_nothing_yet(editor, pier):
    editor.post(address(pier), opened(editor, pier) | {"slug": "quay"})

    assert (Entry.objects.filter(slug="pier").count(), redirects()) == (1, [])


def test_moving_to_another_region_stops_and_leads_on(editor, pier):
    toinen = cast.region("toinen")
    posted = opened(editor, pier) | PUBLISH | {"region": toinen.pk}

    answer = editor.post(address(pier), posted)
    assert told(answer) == LOSS
    assert "published" not in str([str(one) for one in answer.context["messages"]])
    assert Entry.objects.get(slug="pier").region.slug == "satamala"

    # As a browser sends the page's own form.
    page = BeautifulSoup(answer.content, "html.parser").select_one(".stop form")
    sent = {one["name"]: one.get("value", "") for one in page.select("input")}
    assert editor.post(page["action"], sent | FERRY).status_code == 302
    assert Entry.objects.get(slug="pier").region.slug == "toinen"
    assert told(answer) and redirects() == LEADS


def test_a_planned_end_asks_before(editor, pier):
    end = timezone.localtime() + timedelta(days=1)
    posted = opened(editor, pier) | PUBLISH | {"expire_at": f"{end:%Y-%m-%d %H:%M}"}

    assert told(editor.post(address(pier), posted)) == LOSS
    assert editor.post(address(pier), posted | FERRY).status_code == 302

    with time_machine.travel(end + timedelta(hours=1)):
        call_command("publish_scheduled")
    assert not Entry.objects.get(slug="pier").live
    connection.check_constraints()


def test_a_planned_end_that_leads_nowhere_does_not_come(editor, pier, caplog):
    Entry.objects.filter(slug="pier").update(expire_at=timezone.now() - timedelta(hours=1))
    other = cast.entry("old", expire_at=timezone.now() - timedelta(minutes=1))
    Redirect.objects.create(region=other.region, path="entries/old", to="entries/ferry")

    call_command("publish_scheduled")

    live = dict(Entry.objects.values_list("slug", "live"))
    assert live == {"ferry": True, "pier": True, "old": False}
    assert "pier stays public after its planned end" in caplog.text


def test_a_planned_draft_that_would_lose_an_address_waits_and_the_others_go_out(editor, pier):
    aino = person("aino", "editor", region=cast.region())
    get_user_model().objects.filter(pk=aino.pk).update(language="en")
    tomorrow = timezone.localtime() + timedelta(days=1)
    planned = PUBLISH | {"go_live_at": f"{tomorrow:%Y-%m-%d %H:%M}"}
    moved = {"region": cast.region("toinen").pk}
    editor.post(address(pier), opened(editor, pier) | planned | moved)
    ferry = Entry.objects.get(slug="ferry")
    editor.post(address(ferry), opened(editor, ferry) | planned | {"texts-0-title": "A new ferry"})

    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        for _minute in range(2):
            call_command("publish_scheduled")
    with time_machine.travel(tomorrow + timedelta(minutes=10)):
        editor.force_login(get_user_model().objects.get(is_superuser=True))  # a day has gone
        drafts = editor.get("/staff/board/drafts/").content.decode()
        history = editor.get(of(pier, "history")).content.decode()

    assert ferry.texts.get().title == "A new ferry"
    assert Entry.objects.get(slug="pier").region.slug == "satamala"
    assert "Was to go out on" in drafts and "Could not be published as planned" in history
    letter = Mail.objects.get()
    assert (letter.to, letter.subject) == (aino.email, "Not published: Laituri")
    assert "Readers would lose /satamala/fi/entries/pier, /satamala/sv/entries/pier" in letter.text

    Redirect.objects.create(region=pier.region, path="entries/pier", to="entries/ferry")
    with time_machine.travel(tomorrow + timedelta(minutes=11)):
        call_command("publish_scheduled")
    assert Entry.objects.get(slug="pier").region.slug == "toinen"
    assert Mail.objects.count() == 1


def test_of_what_waits_its_keeper_is_told(editor, pier):
    person("aino", "editor", region=cast.region())
    pier.keeper = person("ritva", "editor", region=cast.region())
    pier.save()
    draft = pier.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    Revision.objects.filter(pk=draft.pk).update(content=draft.content | {"slug": "ferry"})

    call_command("publish_scheduled")

    letter = Mail.objects.get()
    assert (letter.to, "/entries/" in letter.text) == ("ritva@satamala.example", False)


@pytest.mark.parametrize("make", [cast.topic, cast.organisation])
def test_topics_and_organisations_too(editor, pier, make):
    row = make("harbour")

    assert len(told(editor.get(of(row, "delete")))) == 1
    assert editor.post(of(row, "delete"), FERRY).status_code == 302
    assert not Topic.objects.exists() and not Organisation.objects.exists()
    assert [to for _language, _path, to in redirects()] == ["entries/ferry"]


def test_a_language_that_leaves_a_region_leads_to_another(editor, pier):
    here = cast.region()
    posted = opened(editor, here)
    fewer = posted | {"languages": "sv\nen\nuk\nar", "fallbacks": "{}"}

    answer = editor.post(address(here), fewer)
    assert told(answer) == ["/satamala/fi/ Read in: Suomi."]
    assert "1 text of the region is written in these languages" in answer.content.decode()
    assert "fi" in Region.objects.get(pk=here.pk).languages

    assert told(editor.post(address(here), fewer | {"lead_fi": "th"}))
    assert editor.post(address(here), fewer | {"lead_fi": "en"}).status_code == 302
    changed = Region.objects.get(pk=here.pk)
    assert (changed.languages, changed.fallbacks["fi"]) == (["sv", "en", "uk", "ar"], ["en"])


def test_the_name_of_a_region_stays(editor, pier):
    here = cast.region()

    answer = editor.post(address(here), opened(editor, here) | {"slug": "hamnby"})

    assert "The address of a region lasts" in answer.content.decode()
    assert Region.objects.filter(slug="satamala").exists()


def test_staff_give_a_redirect_by_pasting_addresses(editor, pier):
    form = {
        "region": cast.region().pk,
        "path": "https://satamala.example/satamala/fi/entries/old-pier",
        "to": "/satamala/fi/entries/pier/",
    }

    assert editor.post(f"{SNIPPETS}/redirect/add/", form).status_code == 302
    assert redirects() == [("", "entries/old-pier", "entries/pier")]


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("entries/nowhere", "No page is there: /satamala/fi/entries/nowhere"),
        ("find?q=pier", "Write the address of an entry, a topic or an organisation"),
    ],
)
def test_a_redirect_to_nowhere_is_refused(editor, pier, to, sentence):
    form = {"region": cast.region().pk, "path": "entries/old", "to": to}

    answer = editor.post(f"{SNIPPETS}/redirect/add/", form)

    assert sentence in answer.content.decode()
    assert redirects() == []


def test_a_redirect_that_is_needed_may_lead_elsewhere_but_not_go(editor, pier):
    old = Redirect.objects.create(region=pier.region, path="entries/old", to="entries/pier")

    assert told(editor.post(of(old, "delete"))) == [
        "/satamala/…/entries/old Read in: العربية, English, Suomi, Svenska, Українська."
    ]
    assert editor.post(of(old, "delete"), FERRY).status_code == 302
    assert redirects() == [("", "entries/old", "entries/ferry")]


def test_who_may_not_delete_is_asked_nothing(client, pier):
    kim = person("kim", "editor", region=cast.region("toinen"))
    client.force_login(kim, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(of(pier, "delete")).status_code in (302, 403)
    assert client.post(of(pier, "delete"), FERRY).status_code in (302, 403)
    assert (Entry.objects.count(), redirects()) == (2, [])
