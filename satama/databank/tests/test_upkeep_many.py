"""Acts on many rows at once, in Wagtail's lists: the right on each, all or none."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from satama.databank.models import Entry, EntryTopic, FactValue, Organisation, Place
from satama.databank.upkeep import actions

from . import cast
from .test_roles import person

OLD, TODAY = date(2025, 1, 1), date(2026, 11, 23)
REPORT = "/staff/reports/due/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db):
    return person("ritva", "editor", region=cast.region())


@pytest.fixture
def ritva(editor) -> Client:
    return signed_in(editor)


def bulk(act: str, *rows) -> str:
    noun = rows[0]._meta.model_name
    chosen = "&".join(f"id={row.pk}" for row in rows)
    return f"/staff/bulk/databank/{noun}/{act}/?{chosen}&next=/staff/"


def done(client: Client, act: str, *rows, **sent) -> bool:
    """Whether it was done; otherwise the page came back."""
    return client.post(bulk(act, *rows), sent).status_code == 302


def page(client: Client, act: str, *rows) -> BeautifulSoup:
    answer = client.get(bulk(act, *rows))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_the_lists_offer_what_makes_sense(ritva):
    cast.entry()
    cast.place()

    def offered(noun: str) -> set[str]:
        answer = ritva.get(f"/staff/snippets/databank/{noun}/").content.decode()
        acts = ("confirm", "retopic", "close", "hand-over")
        return {act for act in acts if f"/staff/bulk/databank/{noun}/{act}/" in answer}

    assert offered("entry") == {"confirm", "retopic", "close", "hand-over"}
    assert offered("place") == {"confirm", "hand-over"}


def test_many_are_confirmed_by_one_click(ritva):
    for rows in (
        [cast.entry("pier", checked=OLD), cast.entry("ferry", checked=OLD, confirmed=False)],
        [cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD))],
        [cast.organisation(checked=OLD)],
        [cast.place(checked=OLD)],
    ):
        assert done(ritva, "confirm", *rows)

    assert set(Entry.objects.values_list("checked", "confirmed")) == {(TODAY, True)}
    assert FactValue.objects.get().checked == TODAY
    assert (Organisation.objects.get().checked, Place.objects.get().checked) == (TODAY, TODAY)
    assert ModelLogEntry.objects.filter(action="databank.confirm").count() == 5


def test_looking_at_the_page_changes_nothing(ritva):
    pier = cast.entry("pier", checked=OLD)

    assert "in all languages" in page(ritva, "confirm", pier).text
    assert fresh(pier).checked == OLD


def test_rows_of_others_are_left_out_and_listed(ritva):
    ours = cast.entry("ours", checked=OLD)
    theirs = cast.entry("theirs", region=cast.region("toinen"), checked=OLD)

    shown = page(ritva, "confirm", ours, theirs)
    assert "This one is left out" in shown.text
    assert [li.text.strip() for li in shown.select(".nice-padding > ul li")] == ["ours", "theirs"]
    assert done(ritva, "confirm", ours, theirs)

    assert (fresh(ours).checked, fresh(theirs).checked) == (TODAY, OLD)


def test_what_another_person_has_locked_is_left_out(ritva, editor):
    kim = person("kim", "editor", region=cast.region())
    mine = cast.entry("mine", checked=OLD, locked=True, locked_by=editor)
    theirs = cast.entry("theirs", checked=OLD, locked=True, locked_by=kim)

    done(ritva, "confirm", mine, theirs)

    assert (fresh(mine).checked, fresh(theirs).checked) == (TODAY, OLD)


def test_a_fact_without_a_value_today_is_left_out(ritva):
    gone = cast.fact("gone", "money", cast.dated("5 EUR", until="2026-01-01", checked=OLD))
    fee = cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD))

    assert done(ritva, "confirm", gone, fee)

    assert fresh(fee).values.get().checked == TODAY
    assert fresh(gone).values.get().checked == OLD


def topics_of(entry) -> list[str]:
    rows = EntryTopic.objects.filter(entry=entry).order_by("position").select_related("topic")
    return [row.topic.slug for row in rows]


@pytest.fixture
def named(db) -> dict:
    return {slug: cast.topic(slug) for slug in ("money", "tax", "work")}


def test_a_topic_comes_after_the_others(ritva, named):
    pier = cast.entry("pier", topics=[named["money"]])
    both = cast.entry("both", topics=[named["work"], named["money"]])

    assert done(ritva, "retopic", pier, both, topic=named["work"].pk)

    assert topics_of(pier) == ["money", "work"]
    assert topics_of(both) == ["work", "money"]


def test_a_topic_takes_the_place_of_another(ritva, named):
    pier = cast.entry("pier", topics=[named["money"], named["work"]])
    both = cast.entry("both", topics=[named["tax"], named["money"]])
    other = cast.entry("other", topics=[named["work"]])

    sent = {"topic": named["tax"].pk, "instead": named["money"].pk}
    assert done(ritva, "retopic", pier, both, other, **sent)

    assert [topics_of(row) for row in (pier, both, other)] == [["tax", "work"], ["tax"], ["work"]]
    assert ModelLogEntry.objects.filter(action="databank.retopic").count() == 2


@pytest.mark.parametrize("instead", [True, False])
def test_a_draft_has_the_topic_too_and_keeps_its_own_words(ritva, named, instead):
    pier = cast.entry("pier", topics=[named["money"]])
    draft = fresh(pier)
    draft.charge = "fee"
    draft.save_revision()

    sent = {"topic": named["tax"].pk} | ({"instead": named["money"].pk} if instead else {})
    assert done(ritva, "retopic", pier, **sent)
    fresh(pier).latest_revision.publish()

    assert topics_of(pier) == (["tax"] if instead else ["money", "tax"])
    assert fresh(pier).charge == "fee"


def test_the_same_topic_twice_is_refused(ritva, named):
    pier = cast.entry("pier", topics=[named["money"]])

    answer = ritva.post(
        bulk("retopic", pier), {"topic": named["tax"].pk, "instead": named["tax"].pk}
    )

    assert "Choose two different topics." in answer.content.decode()
    assert topics_of(pier) == ["money"]


def test_a_topic_of_another_region_is_neither_offered_nor_taken(ritva, editor, named):
    pier = cast.entry("pier", topics=[named["money"]])
    strange = cast.topic("strange", region=cast.region("toinen"))

    assert not done(ritva, "retopic", pier, topic=strange.pk)
    with pytest.raises(actions.FromElsewhere):
        actions.retopic([pier], topic=strange, instead=None, by=editor)
    assert topics_of(pier) == ["money"]


def test_many_are_closed_with_a_last_day_also_in_their_drafts(ritva, client):
    pier, ferry = cast.entry("pier"), cast.entry("ferry")
    draft = fresh(pier)
    draft.charge = "fee"
    draft.save_revision()

    assert done(ritva, "close", pier, ferry, status="ended", last="2026-11-30")

    day = date(2026, 11, 30)
    assert set(Entry.objects.values_list("status", "valid_until")) == {("ended", day)}
    assert "This has ended." in client.get("/satamala/en/entries/ferry").content.decode()
    fresh(pier).latest_revision.publish()
    assert (fresh(pier).status, fresh(pier).valid_until, fresh(pier).charge) == (
        "ended",
        day,
        "fee",
    )


def test_without_a_last_day_it_stays_as_it_is(ritva):
    pier = cast.entry("pier", valid_until=date(2027, 1, 1))

    assert done(ritva, "close", pier, status="closed", last="")

    assert (fresh(pier).status, fresh(pier).valid_until) == ("closed", date(2027, 1, 1))


def test_a_draft_that_waits_for_its_day_keeps_step(ritva, editor):
    from django.utils import timezone

    pier = cast.entry("pier", checked=OLD)
    draft = fresh(pier)
    draft.charge = "fee"
    planned = draft.save_revision(approved_go_live_at=timezone.now())
    later = fresh(pier)
    later.charge = "other"
    later.save_revision()

    assert done(ritva, "confirm", pier)
    planned.refresh_from_db()
    planned.publish()

    assert (fresh(pier).checked, fresh(pier).charge) == (TODAY, "fee")


def test_one_that_would_end_before_it_begins_stops_all(ritva):
    pier = cast.entry("pier")
    later = cast.entry("later", valid_from=date(2027, 1, 1))

    answer = ritva.post(bulk("close", pier, later), {"status": "ended", "last": "2026-11-30"})

    assert "These begin after that day: later." in answer.content.decode()
    assert set(Entry.objects.values_list("status", flat=True)) == {"active"}
    assert ModelLogEntry.objects.count() == 0


def test_what_must_be_published_takes_the_right_to_publish(ritva, editor, named):
    choir = cast.organisation("choir")
    amina = person("amina", "writer", organisation=choir)
    ours = cast.entry("singing", organisation=choir, topics=[named["money"]])

    for act in (
        lambda: actions.close([ours], status="ended", last=None, by=amina),
        lambda: actions.retopic([ours], topic=named["tax"], instead=None, by=amina),
    ):
        with pytest.raises(actions.NotAllowed):
            act()
    assert (fresh(ours).status, topics_of(ours)) == ("active", ["money"])


def test_many_are_handed_over_to_one_who_may_change_them(ritva):
    choir = cast.organisation("choir")
    amina = person("amina", "writer", organisation=choir)
    kim = person("kim", "editor", region=cast.region("toinen"))
    rows = [cast.entry("singing", organisation=choir), cast.entry("dance", organisation=choir)]
    draft = fresh(rows[0])
    draft.save_revision()

    offered = [o["value"] for o in page(ritva, "hand-over", *rows).select("select[name=to] option")]
    assert str(amina.pk) in offered and str(kim.pk) not in offered
    assert done(ritva, "hand-over", *rows, to=amina.pk)

    assert set(Entry.objects.values_list("keeper", flat=True)) == {amina.pk}
    fresh(rows[0]).latest_revision.publish()
    assert fresh(rows[0]).keeper == amina


def test_nothing_is_handed_to_one_who_may_not_change_it(ritva, editor):
    kim = person("kim", "editor", region=cast.region("toinen"))
    pier = cast.entry("pier")

    assert not done(ritva, "hand-over", pier, to=kim.pk)
    with pytest.raises(actions.KeeperMayNot):
        actions.hand_over([pier], to=kim, by=editor)
    assert fresh(pier).keeper is None


def test_a_keeper_chosen_in_the_form_must_be_able_to_answer(ritva):
    from .test_staff import address, opened

    kim = person("kim", "editor", region=cast.region("toinen"))
    pier = cast.entry("pier")

    answer = ritva.post(address(pier), opened(ritva, pier) | {"keeper": str(kim.pk)})

    assert "Select a valid choice" in answer.content.decode()


def test_a_stranger_reaches_nothing(named):
    kim = signed_in(person("kim", "editor", region=cast.region("toinen")))
    pier = cast.entry("pier", checked=OLD, topics=[named["money"]])

    sent = {"status": "ended", "topic": named["tax"].pk, "to": "1"}
    for act in ("confirm", "close", "retopic", "hand-over"):
        kim.post(bulk(act, pier), sent)

    assert (fresh(pier).checked, fresh(pier).status, fresh(pier).keeper) == (OLD, "active", None)
    assert topics_of(pier) == ["money"]


def test_a_visitor_is_sent_to_sign_in(client):
    pier = cast.entry("pier", checked=OLD)

    for answer in (client.post(bulk("confirm", pier)), client.get(REPORT), client.post(REPORT)):
        assert (answer.status_code, "/staff/sign-in/" in answer["Location"]) == (302, True)
    assert fresh(pier).checked == OLD


def test_all_of_a_list_are_those_that_the_person_may_change(ritva):
    ours = cast.entry("ours", checked=OLD)
    theirs = cast.entry("theirs", region=cast.region("toinen"), checked=OLD)

    shown = BeautifulSoup(
        ritva.get("/staff/bulk/databank/entry/confirm/?id=all&next=/staff/").content, "html.parser"
    )
    assert "theirs" not in shown.text
    ritva.post("/staff/bulk/databank/entry/confirm/?id=all&next=/staff/")

    assert (fresh(ours).checked, fresh(theirs).checked) == (TODAY, OLD)


def test_wagtails_own_deleting_asks_for_the_right_to_each_row():
    saara = signed_in(person("saara", "coordinator", region=cast.region()))
    ours, theirs = cast.place("ours"), cast.place("theirs", region=cast.region("toinen"))

    assert done(saara, "delete", ours, theirs)

    assert list(type(ours).objects.all()) == [theirs]


@pytest.mark.parametrize("act", ["confirm", "retopic", "close", "hand-over"])
def test_300_rows_take_as_many_queries_as_three(ritva, editor, act, named):
    sent = {"topic": named["tax"].pk, "status": "ended", "to": editor.pk}

    def made(first: int, last: int) -> list[Entry]:
        """Every tenth has a draft."""
        rows = Entry.objects.bulk_create(
            Entry(region=cast.region(), slug=f"pier-{number}", kind="guide")
            for number in range(first, last)
        )
        EntryTopic.objects.bulk_create(EntryTopic(entry=row, topic=named["money"]) for row in rows)
        for row in rows[::10]:
            Entry.objects.get(pk=row.pk).save_revision()
        return rows

    def counted(rows: list[Entry]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ritva.post(bulk(act, *rows), sent).status_code == 302
        return sum("contentversion" not in query["sql"] for query in asked.captured_queries)

    counted(made(0, 3))
    few, many = counted(made(3, 6)), counted(made(6, 306))

    assert many == few
