"""The page that the weekly mail leads to: it shows, and acts on what is still the person's."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import ModelLogEntry

from satama.databank.models import Entry, Fact, FactValue, Member, Place, Text
from satama.databank.translating import actions as translating
from satama.databank.translating.status import Status, status
from satama.databank.upkeep import actions
from satama.databank.upkeep.link import token_for
from satama.databank.upkeep.register import due_for

from . import cast
from .conftest import NOON
from .test_roles import person

OLD, TODAY = date(2025, 1, 1), date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def choir(db):
    return cast.organisation("choir", checked=TODAY)


@pytest.fixture
def amina(choir):
    """She writes for the choir, and has never entered /staff/."""
    return person("amina", "writer", organisation=choir)


@pytest.fixture
def singing(amina, choir) -> Entry:
    fee = cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD), owner=choir)
    texts = {
        "fi": {"title": "Laula", "summary": "Kuoro."},
        "en": {"title": "Sing", "summary": f"It costs [[{fee.key}]].", "made": "machine"},
    }
    return cast.entry("singing", texts, organisation=choir, checked=OLD, confirmed=False)


def address(user, language: str = "en") -> str:
    return f"/satamala/{language}/still-true/{token_for(user.pk)}"


def page(client: Client, user, language: str = "en") -> BeautifulSoup:
    answer = client.get(address(user, language))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def form(client: Client, user, **said: str) -> dict[str, str]:
    """What a browser sends when these are answered."""
    found = {
        field["name"]: field.get("value", "")
        for field in page(client, user).select("form input[type=hidden]")
    }
    return found | {name.replace("__", "-"): word for name, word in said.items()}


def looks() -> dict[str, tuple[date, bool]]:
    entries = Entry.objects.values_list("slug", "checked", "confirmed")
    facts = FactValue.objects.values_list("fact__key", "checked", "confirmed")
    return {name: tuple(rest) for name, *rest in [*entries, *facts]}


BEFORE = {"singing": (OLD, False), "fee": (OLD, True)}


def test_it_shows_each_thing_as_it_reads_now(client, amina, singing):
    cards = page(client, amina).select("form li.card")

    assert [card.legend.text for card in cards] == ["Sing", "Sing"]
    assert "fee€5" in cards[0].text and "It stands on: Sing" in " ".join(cards[0].text.split())
    assert "It costs €5." in cards[1].text
    assert "Last found true on 1 January 2025." in cards[1].text
    assert "we could not confirm it" in cards[1].text
    assert "Change it yourself" not in cards[1].text


def test_it_is_in_the_language_of_its_address(client, amina, singing):
    cards = page(client, amina, "fi").select("form li.card")
    assert cards[1].legend.text == "Laula"


def test_opening_it_changes_nothing(client, amina, singing):
    page(client, amina)

    assert looks() == BEFORE
    assert ModelLogEntry.objects.count() == 0


def test_all_of_it_is_confirmed_by_one_click(client, amina, singing):
    answer = client.post(address(amina), form(client, amina, all="1"))

    assert looks() == {"singing": (TODAY, True), "fee": (TODAY, True)}
    assert "Thank you. 2 things are confirmed as of today." in answer.content.decode()
    assert "There is nothing to look at now." in answer.content.decode()
    told = ModelLogEntry.objects.values_list("action", "label", "user__email")
    assert sorted(told) == [
        ("databank.confirm", "fee", "amina@satamala.example"),
        ("databank.confirm", "singing", "amina@satamala.example"),
    ]


def test_confirming_outdates_no_translation(client, amina, singing):
    translating.made_now(singing.texts.all())

    client.post(address(amina), form(client, amina, all="1"))

    texts = {text.language: text for text in Text.objects.select_related("made_from")}
    assert status(texts["en"], texts["fi"]) is Status.MACHINE


def test_each_is_answered_by_itself(client, amina, singing):
    fee = Fact.objects.get()

    client.post(address(amina), form(client, amina, **{f"say__fact__{fee.pk}": "yes"}))

    assert looks() == BEFORE | {"fee": (TODAY, True)}


def test_what_is_no_longer_true_is_told_to_readers_and_the_note_to_editors(client, amina, singing):
    fee = Fact.objects.get()
    said = {f"say__fact__{fee.pk}": "no", f"note__fact__{fee.pk}": "It is 6 euros now."}

    answer = client.post(address(amina), form(client, amina, **said))

    assert looks() == BEFORE | {"fee": (OLD, False)}
    assert "1 thing is marked as not confirmed." in answer.content.decode()
    line = ModelLogEntry.objects.get()
    assert (line.action, line.data) == ("databank.doubt", {"note": "It is 6 euros now."})
    assert "not confirmed" in client.get("/satamala/en/entries/singing").content.decode()


def test_who_has_doubted_it_is_not_asked_again_but_the_editors_are(client, amina, singing):
    ritva = person("ritva", "editor", region=cast.region())
    fee = Fact.objects.get()
    actions.doubt(fee, note="", by=amina, on=TODAY)

    assert [thing.row for thing in due_for(amina, TODAY)] == [singing]
    assert [thing.row for thing in due_for(ritva, TODAY)] == [fee]

    actions.confirm([fee], by=ritva, on=date(2026, 1, 1))
    assert fee in [thing.row for thing in due_for(amina, TODAY)]


def test_what_was_changed_meanwhile_is_shown_again_and_not_confirmed(client, amina, singing):
    sent = form(client, amina, all="1")
    FactValue.objects.update(value="6 EUR")

    answer = client.post(address(amina), sent)

    assert looks() == {"singing": (TODAY, True), "fee": (OLD, True)}
    soup = BeautifulSoup(answer.content, "html.parser")
    (card,) = soup.select("form li.card")
    assert "This was changed since you opened the page." in card.text and "€6" in card.text


def test_what_is_no_longer_the_persons_is_not_confirmed(client, amina, singing):
    sent = form(client, amina, all="1")
    Member.objects.all().delete()

    answer = client.post(address(amina), sent)

    assert looks() == BEFORE
    assert "no longer yours to confirm" in answer.content.decode()


def test_what_never_was_the_persons_is_not_confirmed(client, amina, singing):
    other = cast.entry("tax", checked=OLD)
    ritva = person("ritva", "editor", region=cast.region())
    theirs = form(client, ritva)
    assert f"seen-entry-{other.pk}" in theirs

    client.post(address(amina), theirs | {"all": "1"})

    assert Entry.objects.get(slug="tax").checked == OLD


def test_what_another_person_has_locked_is_left(client, amina, singing):
    kim = person("kim", "editor", region=cast.region())
    sent = form(client, amina, all="1")
    Entry.objects.update(locked=True, locked_by=kim)

    client.post(address(amina), sent)

    assert looks() == {"singing": (OLD, False), "fee": (TODAY, True)}


@pytest.mark.parametrize(
    "sent",
    [
        {"say-entry-0": "yes", "seen-entry-0": "x"},
        {"say-entry-99999999999999999999": "yes", "seen-entry-99999999999999999999": "x"},
        {"say-user-1": "yes", "seen-user-1": "x"},
        {"seen-": "", "say-": "yes"},
        {"all": "1"},
        {},
    ],
)
def test_nonsense_changes_nothing(client, amina, singing, sent):
    assert client.post(address(amina), sent).status_code == 200
    assert looks() == BEFORE


def test_a_sheet_of_staff_is_offered_to_those_who_may_enter(client, singing):
    ritva = person("ritva", "editor", region=cast.region())
    cast.entry("tax", checked=OLD)

    assert [a["href"] for a in page(client, ritva).select('a[href^="/staff/"]')] == [
        f"/staff/snippets/databank/entry/edit/{Entry.objects.get(slug='tax').pk}/"
    ]


def test_a_link_lives_two_weeks(client, amina):
    link = address(amina)

    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(NOON + timedelta(days=14, minutes=1), tick=False):
        answer = client.get(link)
        assert (answer.status_code, client.post(link, {"all": "1"}).status_code) == (410, 410)
    assert "It is older than two weeks." in answer.content.decode()


def test_a_forged_link_shows_nothing(client, amina, singing):
    kim = person("kim", "editor", region=cast.region())
    token = token_for(amina.pk)
    forged = f"{kim.pk}.{token.partition('.')[2]}"

    for wrong in (forged, token[:-1], "x", "1.2.3"):
        answer = client.get(f"/satamala/en/still-true/{wrong}")
        assert answer.status_code == 404
        assert "Copy the whole link from the mail." in answer.content.decode()


def test_a_link_of_one_who_has_left_opens_nothing(client, amina, singing):
    amina.is_active = False
    amina.save()

    answer = client.get(address(amina))

    assert answer.status_code == 410
    assert "no longer works here" in answer.content.decode()


def test_the_page_is_nobodys_elses_business(client, amina, singing, caplog):
    for link in (address(amina), "/satamala/en/still-true/x"):
        answer = client.get(link)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Cache-Control"] == "private, no-store"
        assert "X-Page-Params" not in answer.headers
        assert not answer.cookies
    assert '<link rel="canonical"' not in client.get(address(amina)).content.decode()
    assert "still-true" not in caplog.text


def test_a_browser_that_tells_no_origin_may_answer(amina, singing):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(address(amina), form(strict, amina, all="1"), headers={"Origin": "null"})

    assert answer.status_code == 200
    assert looks()["singing"] == (TODAY, True)


def test_a_place_and_an_organisation_show_their_addresses(client, choir):
    ritva = person("ritva", "editor", region=cast.region())
    cast.place(postal_code="67100", city="Kokkola", checked=OLD)
    cast.organisation("harbour", checked=OLD)

    cards = page(client, ritva).select("form li.card")

    told = [" ".join(card.p.text.split()) for card in cards]
    assert told == ["https://tax.example/", "Satamakatu 1, 67100, Kokkola"]
    client.post(address(ritva), form(client, ritva, all="1"))
    assert Place.objects.get().checked == TODAY


def test_a_draft_keeps_step_and_loses_nothing(client, amina, singing):
    draft = Entry.objects.get(pk=singing.pk)
    draft.charge = "fee"
    draft.save_revision()

    client.post(address(amina), form(client, amina, all="1"))

    live = Entry.objects.get(pk=singing.pk)
    assert (live.checked, live.charge, live.has_unpublished_changes) == (TODAY, "", True)
    live.latest_revision.publish()
    live.refresh_from_db()
    assert (live.checked, live.confirmed, live.charge) == (TODAY, True, "fee")


def test_as_many_queries_for_thirty_as_for_one(client, choir, queries):
    ritva = person("ritva", "editor", region=cast.region())

    def more(number: int) -> None:
        fee = cast.fact(f"fee-{number}", "money", cast.dated("5 EUR", checked=OLD))
        phone = cast.fact(f"line-{number}", "phone", "112")
        texts = {"en": {"title": "Sing", "summary": f"[[{fee.key}]]", "fees": f"[[{fee.key}]]"}}
        cast.entry(f"singing-{number}", texts, [("phone", phone)], checked=OLD)

    more(0)
    page(client, ritva)
    one = queries(client, address(ritva))
    for number in range(1, 15):
        more(number)

    assert queries(client, address(ritva)) == one
    assert len(page(client, ritva).select("form li.card")) == 30


def test_more_than_fit_on_a_page_follow(client, choir):
    ritva = person("ritva", "editor", region=cast.region())
    for number in range(52):
        cast.entry(f"singing-{number}", checked=OLD)

    shown = page(client, ritva)
    assert len(shown.select("form li.card")) == 50
    assert "2 more things follow" in shown.text

    client.post(address(ritva), form(client, ritva, all="1"))
    assert Entry.objects.filter(checked=OLD).count() == 2


def test_a_fact_without_a_value_today_cannot_be_confirmed(choir):
    ritva = person("ritva", "editor", region=cast.region())
    gone = cast.fact("fee", "money", cast.dated("5 EUR", until="2026-01-01", checked=OLD))

    with pytest.raises(actions.NothingHolds):
        actions.confirm([gone], by=ritva, on=TODAY)
    assert FactValue.objects.get().checked == OLD


def test_the_act_itself_refuses_a_stranger_and_changes_nothing(choir):
    kim = person("kim", "editor", region=cast.region("toinen"))
    ours = cast.entry("ours", region=cast.region("toinen"), checked=OLD)
    theirs = cast.entry("theirs", checked=OLD)

    for act in (actions.confirm, lambda rows, **named: actions.doubt(rows[1], note="", **named)):
        with pytest.raises(actions.NotAllowed, match="theirs"):
            act([ours, theirs], by=kim, on=TODAY)
    assert set(Entry.objects.values_list("checked", flat=True)) == {OLD}


def test_no_token_is_logged_when_it_breaks(client, amina, singing, monkeypatch, caplog):
    def breaks(*_, **__):
        raise RuntimeError("broken")

    monkeypatch.setattr("satama.databank.upkeep.views.due_for", breaks)
    client.raise_request_exception = False
    caplog.handler.addFilter(_filter())
    with caplog.at_level(logging.DEBUG):
        assert client.get(address(amina)).status_code == 500

    assert token_for(amina.pk) not in caplog.text


def _filter() -> logging.Filter:
    from satama.web.security import WithoutAddress

    return WithoutAddress()
