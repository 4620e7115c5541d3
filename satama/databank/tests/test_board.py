"""The board: what waits for a person, in their regions, and the lists it leads to. Oksana
translates, Ritva edits Satamala, Kim another region."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from satama.databank.board import coverage, ending, items, partners
from satama.databank.models import Entry, Link, LinkHost, Organisation, Text
from satama.databank.rehearsal import Gap
from satama.databank.translating import actions, desk
from satama.databank.upkeep.register import things

from . import cast
from .test_roles import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
TODAY = date(2026, 11, 23)
BOARD = "/staff/"
DRAFTS, FACTS, PARTNERS = (f"/staff/board/{name}/" for name in ("drafts", "facts", "partners"))
LISTS = [DRAFTS, FACTS, PARTNERS]


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ritva() -> Client:
    return browser(person("ritva", "editor", region=cast.region()))


@pytest.fixture
def kim() -> Client:
    return browser(person("kim", "editor", region=cast.region("toinen")))


@pytest.fixture
def oksana() -> Client:
    return browser(person("oksana", "translator", region=cast.region()))


def soup(client: Client, address: str = BOARD) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def cards(client: Client) -> dict[str, str]:
    """What waits: {title: sentence}."""
    found = soup(client).select(".board-card")
    return {card.h3.get_text(): card.select("p")[1].get_text() for card in found}


def seen(client: Client) -> set[str]:
    """The titles of all of ours that the person may see, whether something waits or not."""
    links = soup(client).select(".board-card h3 a, .board-done + .board-rows a")
    return {a.get_text() for a in links} & {*ALL, "Translations: Land"}


def rows(client: Client, address: str) -> list[list[str]]:
    """A list: what, its state, and where it leads."""
    found = soup(client, address).select("table.listing tbody tr")
    return [[row.a.get_text(), row.select("td")[1].get_text(), row.a["href"]] for row in found]


def draft(entry: Entry, title: str = "New pier", **options):
    (text,) = Text.objects.filter(entry=entry)
    text.title = title
    entry.texts = [text]
    return entry.save_revision(**options)


ALL = {"Freshness", "Drafts", "Facts that end", "Links", "Translations: Harbourtown", "Partners"}


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("translator", {"Translations: Harbourtown"}),
        ("editor", ALL),
        ("coordinator", ALL),
    ],
)
def test_each_role_sees_its_part(role, titles):
    assert seen(browser(person("somebody", role, region=cast.region()))) == titles


def test_an_administrator_sees_every_region():
    cast.region()
    boss = get_user_model().objects.create_superuser("boss@satamala.example")

    assert seen(browser(boss)) == ALL | {"Translations: Land"}


def test_who_has_no_right_sees_no_board():
    nobody = get_user_model().objects.create_user("nobody@satamala.example", is_staff=True)
    owner = person("aino", "owner", organisation=cast.organisation())

    assert items.items(SimpleNamespace(user=nobody)) == []
    assert browser(owner).get(BOARD).status_code in (302, 403)


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_are_closed_to_translators_and_strangers(oksana, client, address):
    assert oksana.get(address).status_code == 302
    assert client.get(address).status_code == 302
    assert oksana.post(address).status_code == 302


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_have_an_end_of_work(ritva, address):
    assert "Nothing waits." in soup(ritva, address).text


def test_nothing_that_waits_is_praised(ritva):
    page = soup(ritva)

    assert page.select(".board-card") == []
    assert "Nothing waits. All is in order:" in page.select_one(".board-done").text


def test_the_share_of_what_was_looked_at_in_time(ritva, kim):
    cast.entry("fresh")
    cast.entry("old", checked=TODAY - timedelta(366))
    cast.entry("quick", checked=TODAY - timedelta(31), review_days=30)
    cast.entry("slow", checked=TODAY - timedelta(400), review_days=400)
    cast.entry("never", checked=None)
    cast.entry("ended", checked=None, status="ended")
    cast.entry("past", checked=None, valid_until="2026-11-22")
    cast.entry("law", checked=None, region=cast.country())

    kept = things(TODAY, [cast.region().pk], "entry")
    assert sorted(one.row.slug for one in kept if one.is_past(TODAY)) == ["never", "old", "quick"]
    assert cards(ritva)["Freshness"] == (
        "3 entries should be looked at again; 40 % are inside their date."
    )
    assert "Freshness" not in cards(kim)


def test_freshness_leads_to_what_is_due(ritva):
    cast.entry("a-fresh", checked=timezone.localdate())
    cast.entry("b-old", checked=date(2020, 1, 1))
    card = next(c for c in soup(ritva).select(".board-card") if "Freshness" in c.text)

    listed = soup(ritva, card.a["href"]).select_one("table.listing").text

    assert "B old" in listed and "A fresh" not in listed


def test_drafts_say_what_they_wait_for(ritva, kim):
    ours = [cast.entry(slug, texts={"fi": "Laituri"}) for slug in ("a", "b", "c")]
    hidden = cast.entry("d", texts={"fi": "Laituri"}, live=False)
    cast.entry("published")
    author = person("aino", "editor", region=cast.region("kolmas"))
    workflow = Workflow.objects.create(name="Release")

    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    draft(ours[0])
    draft(ours[1], approved_go_live_at=datetime(2026, 12, 1, 6, tzinfo=UTC))
    draft(ours[2], "Held pier")
    workflow.start(ours[2], author)
    draft(hidden, "Hidden pier")

    found = rows(ritva, DRAFTS)

    assert sorted(row[:2] for row in found) == [
        ["Held pier", "Waits for release."],
        ["Hidden pier", "A draft, not public yet."],
        ["New pier", "A draft of what is public."],
        ["New pier", "Goes out on 1 December 2026 at 08:00."],
    ]
    assert f"/staff/snippets/databank/entry/edit/{hidden.pk}/" in {row[2] for row in found}
    card = "4 drafts wait to be published. 1 of them waits for release."
    assert cards(ritva)["Drafts"] == card

    ours[2].current_workflow_task_state.reject(user=author)
    assert ["Held pier", "Sent back with a comment."] in [row[:2] for row in rows(ritva, DRAFTS)]
    assert cards(ritva)["Drafts"] == "4 drafts wait to be published."
    assert rows(kim, DRAFTS) == []


def test_a_draft_without_a_revision_is_named_by_its_slug(ritva):
    Entry.objects.filter(pk=cast.entry("pier").pk).update(has_unpublished_changes=True)

    assert rows(ritva, DRAFTS)[0][:2] == ["pier", "A draft of what is public."]


def test_facts_that_end_with_nothing_after(ritva, kim):
    def day(days: int) -> str:
        return (TODAY + timedelta(days)).isoformat()

    cast.fact("endless", "text", "x")
    cast.fact("followed", "text", cast.dated("x", until=day(5)), cast.dated("y", day(6)))
    cast.fact("soon", "text", cast.dated("x", until=day(5)))
    cast.fact("pause", "text", cast.dated("x", until=day(7)), cast.dated("y", day(10)))
    cast.fact("late", "text", cast.dated("x", until=day(30)))
    cast.fact("over", "text", cast.dated("x", until=day(-3)))
    cast.fact("long-over", "text", cast.dated("x", until=day(-31)))
    cast.fact("mended", "text", cast.dated("x", until=day(-9)), cast.dated("y", day(-2)))

    found = rows(ritva, FACTS)

    assert [row[:2] for row in found] == [
        ["over", "No value from 21 November 2026 on."],
        ["soon", "No value from 29 November 2026 on."],
        ["pause", "No value from 1 December 2026 to 2 December 2026."],
    ]
    assert cards(ritva)["Facts that end"].startswith("3 facts end within 30 days")
    assert rows(kim, FACTS) == []


def test_a_fact_that_is_over_until_a_later_day_waits_too():
    over = cast.fact(
        "over", "text", cast.dated("x", until="2026-11-20"), cast.dated("y", "2026-11-25")
    )

    assert ending._gap(over, TODAY) == Gap(date(2026, 11, 21), date(2026, 11, 24))


def test_partners_who_were_longest_silent_come_first(ritva, kim):
    for slug, checked, entry in [
        ("choir", date(2026, 1, 1), None),
        ("club", date(2025, 1, 1), date(2026, 11, 1)),
        ("school", None, None),
    ]:
        partner = cast.organisation(slug, names={"en": slug.capitalize()}, checked=checked)
        person(f"owner-{slug}", "owner", organisation=partner)
        person(f"writer-{slug}", "writer", organisation=partner)
        if entry:
            cast.entry(f"{slug}-entry", organisation=partner, checked=entry)
    cast.organisation("no-members")

    assert [row[:2] for row in rows(ritva, PARTNERS)] == [
        ["School", "Nothing was ever confirmed."],
        ["Choir", "Last confirmed on 1 January 2026."],
        ["Club", "Last confirmed on 1 November 2026."],
    ]
    assert cards(ritva)["Partners"] == "2 partners have confirmed nothing for half a year."
    assert rows(kim, PARTNERS) == []


def test_half_a_year_is_not_yet_silence():
    for days in (182, 183):
        partner = cast.organisation(f"days-{days}", checked=TODAY - timedelta(days))
        person(f"owner-{days}", "owner", organisation=partner)
    boss = get_user_model().objects.create_superuser("boss@satamala.example")

    silent = partners.silent(partners.partners(boss), TODAY)

    assert [row.slug for row in silent] == ["days-183"]
    assert Organisation.objects.count() == 2


def test_links_that_do_not_work(ritva):
    now = timezone.now()
    host = LinkHost.objects.create(name="a.example", free_at=now)
    trouble = {"host": host, "asked": now, "due": now, "since": TODAY}
    Link.objects.create(address="https://a.example/1", state="broken", failures=3, **trouble)
    Link.objects.create(address="https://a.example/2", state="unsure", failures=1, **trouble)
    Link.objects.create(address="https://a.example/3", state="moved", moved_to="x", **trouble)

    assert cards(ritva)["Links"] == "2 web addresses are broken or have moved."


@pytest.fixture
def texts() -> list[Entry]:
    """Three entries in every state."""
    made = []
    for slug in ("a", "b", "c"):
        entry = cast.entry(slug, texts={"fi": {"title": "Laituri", "body": "Katso."}})
        english = cast.text(entry, "en", body="Look.")
        cast.text(entry, "uk", body="")
        arabic = cast.text(entry, "ar", body="Look.", made="machine")
        actions.made_now([english, arabic])
        made.append(entry)
    Text.objects.filter(entry=made[0], language="fi").update(body="Katso taas.")
    return made


def test_the_states_of_a_language_are_those_of_the_translators_list(texts):
    region = cast.region()

    (found,) = coverage.coverage([region]).values()

    assert set(found) == set(region.languages)
    for language in region.languages:
        listed = {state: number for state, number in desk.counts(desk.rows(region, language))}
        assert {state: found[language][state] for state in listed} == listed


def test_translators_see_what_is_to_be_written_and_read(oksana, texts):
    page = soup(oksana)
    found = {
        card.h3.get_text(): [
            [row.a.get_text(), row.span.get_text(), row.a["href"]] for row in card.select("li")
        ]
        for card in page.select(".board-card")
    }
    where = "/staff/translating/?region=satamala&language="
    assert found == {
        "Translations: Harbourtown": [
            ["Svenska", "Missing: 3", f"{where}sv"],
            ["English", "Up to date: 2, Outdated: 1", f"{where}en"],
            ["Українська", "Only title and summary: 3", f"{where}uk"],
            ["العربية", "Outdated: 1, Made by a machine, not checked: 2", f"{where}ar"],
        ],
        "Made by a machine: Harbourtown": [["العربية", "2", f"{where}ar&status=machine"]],
    }
    assert cards(oksana) == {
        "Translations: Harbourtown": "8 texts are missing, outdated or not whole.",
        "Made by a machine: Harbourtown": (
            "2 texts were made by a machine, and nobody has read them yet."
        ),
    }
    for _name, _said, address in found["Translations: Harbourtown"]:
        assert oksana.get(address).status_code == 200


def test_another_regions_texts_are_not_counted(kim, texts):
    assert "Translations: Harbourtown" not in cards(kim)


@pytest.mark.parametrize("many", [1, 300])
def test_the_board_takes_the_same_queries_however_much_waits(ritva, many):
    region = cast.region()
    made = Entry.objects.bulk_create(
        Entry(region=region, slug=f"pier-{n}", kind="guide") for n in range(many)
    )
    Text.objects.bulk_create(
        Text(entry=entry, language=code, title="Laituri", summary="Laituri.")
        for entry in made
        for code in ("fi", "sv", "en")
    )
    draft_of = cast.entry("draft", texts={"fi": "Laituri"})
    draft(draft_of)
    revision = draft_of.latest_revision
    Entry.objects.update(has_unpublished_changes=True, latest_revision=revision)
    ritva.get(BOARD)

    with CaptureQueriesContext(connection) as asked:
        ritva.get(BOARD)
    with CaptureQueriesContext(connection) as listed:
        ritva.get(DRAFTS)

    assert (queries(asked), queries(listed)) == (21, 8)


def queries(asked: CaptureQueriesContext) -> int:
    """Those of ours and of what we ask of Wagtail's drafts."""
    ours = ("databank_", "wagtailcore_revision", "wagtailcore_workflowstate")
    sql = [q["sql"] for q in asked.captured_queries if "contentversion" not in q["sql"]]
    return sum(any(f'FROM "{table}' in one for table in ours) for one in sql)
