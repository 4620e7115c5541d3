"""A translator asks a machine for a draft: off unless wanted, within a budget, and public only when
a person has saved it."""

import threading
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from satama.databank.models import Entry, MachineUse, Member, Text
from satama.databank.translating import actions, desk
from satama.databank.translating.machine import wire
from satama.databank.translating.machine.budget import OverBudget, give_back, left, spend
from satama.databank.translating.status import Status

from . import cast
from .misbehaving import status
from .test_desk import address, oksana, pier, said
from .translators import Translator, deepl, libretranslate, says

__all__ = ["oksana", "pier"]  # fixtures
pytestmark = pytest.mark.django_db
LOUD = {
    "title": "LAITURI",
    "summary": "LAITURI MAKSAA [[fee]].",
    "body": "KATSO [LAUTTA](entry:ferry).\n\nTULE.",
}
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(wire, "PAUSE", 0)


@pytest.fixture
def site(settings):
    with Translator() as opened:
        opened.at("/v2/translate", deepl())
        settings.TRANSLATOR, settings.TRANSLATOR_KEY = f"deepl+{opened.url}", "key"
        yield opened


@pytest.fixture
def rich(pier) -> Entry:
    """The pier, whose region may have a machine translate."""
    pier.region.machine_budget = 1000
    pier.region.save()
    return pier


def asked(client: Client, entry: Entry, language: str = "en", query: str = ""):
    return client.post(f"{address(entry, language)}draft/{query}", follow=True)


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def fields(found: BeautifulSoup) -> dict[str, str]:
    form = found.select_one("form[data-desk]")
    return {
        field["name"]: field.get("value", "") if field.name == "input" else field.text.lstrip("\n")
        for field in form.select("input[type=hidden], input[type=text], textarea")
    }


def used() -> int:
    return sum(MachineUse.objects.values_list("characters", flat=True))


def state(entry: Entry) -> Status:
    return next(row.status for row in desk.rows(entry.region, "en") if row.entry == entry)


def test_a_draft_fills_the_form_and_is_nowhere_else(oksana, rich, site, client):
    found = page(asked(oksana, rich))

    assert {name: fields(found)[name] for name in LOUD} == LOUD
    assert "A machine wrote these words" in found.text
    assert found.select_one("form[data-desk]").has_attr("data-unsaved")
    assert not Text.objects.filter(entry=rich, language="en").exists()
    assert "LAITURI" not in client.get("/satamala/en/entries/pier").content.decode()
    ((_path, _headers, words),) = site.posted
    assert used() == sum(len(text) for text in words["text"]) > 60


@pytest.mark.parametrize(
    ("button", "checked", "found"),
    [("save", None, Status.MACHINE), ("checked", TODAY, Status.CHECKED)],
)
def test_what_is_saved_of_a_draft_is_marked_until_a_person_says_that_it_is_right(
    noon, oksana, rich, site, client, button, checked, found
):
    sent = fields(page(asked(oksana, rich))) | {"title": "Pier", button: "1"}

    oksana.post(address(rich), sent)

    text = Text.objects.get(entry=rich, language="en")
    assert (said(rich), text.made, text.checked) == (LOUD | {"title": "Pier"}, "machine", checked)
    assert state(rich) is found
    shown = client.get("/satamala/en/entries/pier").content.decode()
    assert ("translated by a machine" in shown) is (found is Status.MACHINE)


def test_a_draft_of_an_outdated_text_takes_its_place_and_its_mark(noon, oksana, rich, site):
    text = cast.text(rich, "en", **LOUD | {"title": "Old"}, checked=TODAY)
    actions.made_now([text])
    Text.objects.filter(entry=rich, language="fi").update(title="Uusi laituri")

    oksana.post(address(rich), fields(page(asked(oksana, rich))) | {"save": "1"})

    text.refresh_from_db()
    assert (text.title, text.made, text.checked) == ("UUSI LAITURI", "machine", None)
    assert state(rich) is Status.MACHINE


def test_a_draft_that_does_not_fit_keeps_being_a_draft(oksana, rich, site):
    sent = fields(page(asked(oksana, rich))) | {"title": "x" * 91, "save": "1"}

    again = page(oksana.post(address(rich), sent))

    assert "at most 90 characters" in again.text
    assert fields(again)["drafted"] == "1"


def test_a_source_that_changed_under_a_draft_is_shown_before_it_is_saved(oksana, rich, site):
    sent = fields(page(asked(oksana, rich))) | {"save": "1"}
    Text.objects.filter(entry=rich, language="fi").update(title="Uusi laituri")

    again = page(oksana.post(address(rich), sent))

    assert "The source changed while you wrote" in again.text
    assert not Text.objects.filter(entry=rich, language="en").exists()


def test_a_field_whose_facts_the_machine_lost_is_left_to_the_person(oksana, rich, site):
    site.at("/v2/translate", deepl(lambda text: text.replace('<x id="0">XQ0Q</x>', "5 euros")))

    found = page(asked(oksana, rich))

    assert fields(found)["summary"].strip() == ""
    assert fields(found)["title"] == "Laituri"
    assert "The machine lost facts or links here; write these yourself: Summary." in found.text


@pytest.mark.parametrize(
    "bad",
    ["[[tax]]", "[here](entry:robbers)", "https://evil.example/", "<script>alert(1)</script>"],
)
def test_what_a_machine_makes_up_is_left_out(oksana, rich, site, bad):
    site.at("/v2/translate", deepl(lambda text: f"{text} {bad}"))

    found = page(asked(oksana, rich))

    assert bad not in str(found.select_one("form[data-desk]"))
    assert {name: fields(found)[name].strip() for name in LOUD} == dict.fromkeys(LOUD, "")


def test_libretranslate_drafts_as_well(oksana, rich, site, settings):
    settings.TRANSLATOR = f"libretranslate+{site.url}"
    site.at("/translate", libretranslate())

    found = page(asked(oksana, rich))

    assert {name: fields(found)[name] for name in LOUD} == LOUD


def test_lists_and_easy_words_of_a_picture_are_drafted_too(oksana, rich, site):
    Text.objects.filter(entry=rich, language="fi").update(
        documents=["Passi", "[[fee]]", "Avain"], alt="Laituri auringossa."
    )

    found = fields(page(asked(oksana, rich)))

    assert found["documents"] == "PASSI\n[[fee]]\nAVAIN"
    assert found["alt"] == "LAITURI AURINGOSSA."


def refused(answer) -> str:
    return page(answer).select_one(".messages").get_text(" ", strip=True)


def test_a_service_that_refuses_is_told_and_costs_nothing(oksana, rich, site):
    site.at("/v2/translate", status(456))

    assert "Our share of the translation service is used up." in refused(asked(oksana, rich))
    assert used() == 0


def test_a_service_that_may_have_counted_is_counted(oksana, rich, site):
    site.at("/v2/translate", says(b"garbage"))

    assert "answered something that we do not understand" in refused(asked(oksana, rich))
    assert used() > 60


def test_a_text_larger_than_what_is_left_is_refused_and_not_sent(oksana, rich, site):
    rich.region.machine_budget = 60
    rich.region.save()

    assert "the region has 60 left." in refused(asked(oksana, rich))
    assert (site.posted, used()) == ([], 0)


@pytest.mark.parametrize(
    "without", ["a service", "a budget", "need", "a language that machines write"]
)
def test_the_button_is_there_only_where_it_helps(oksana, rich, site, settings, without):
    place = address(rich)
    assert "Draft by machine" in page(oksana.get(place)).text
    if without == "a service":
        settings.TRANSLATOR = ""
    elif without == "a budget":
        rich.region.machine_budget = 0
        rich.region.save()
    elif without == "need":
        actions.made_now([cast.text(rich, "en", **LOUD)])
    else:
        rich.region.languages = [*rich.region.languages, "fi-simple"]
        rich.region.save()
        place = address(rich, "fi-simple")

    assert "Draft by machine" not in page(oksana.get(place)).text
    if without != "need":
        answer = oksana.post(f"{place}draft/", follow=True)
        assert "Drafts by a machine are not switched on here." in refused(answer)
    assert site.posted == []


def test_looking_costs_nothing(oksana, rich, site):
    assert oksana.get(f"{address(rich)}draft/").status_code == 405
    oksana.get(address(rich))

    assert (site.posted, used()) == ([], 0)


def test_who_may_not_change_the_text_asks_for_no_draft(ritva, client, rich, site):
    theirs = ritva.get("/staff/").wsgi_request.user
    for someone in (ritva, client):
        assert someone.post(f"{address(rich)}draft/").status_code in (302, 403)

    Member.objects.create(user=theirs, role="translator", region=cast.region("elsewhere"))
    assert ritva.post(f"{address(rich)}draft/").status_code in (302, 403)

    assert (site.posted, used()) == ([], 0)


def test_a_month_has_its_own_characters():
    region = cast.region(machine_budget=100)
    spend(region, 60, TODAY)
    with pytest.raises(OverBudget) as over:
        spend(region, 41, TODAY)

    assert (over.value.left, left(region, TODAY), left(region, date(2026, 12, 1))) == (40, 40, 100)
    spend(region, 40, TODAY)
    assert left(region, TODAY) == 0
    give_back(region, 30, TODAY)
    assert left(region, TODAY) == 30
    spend(region, 100, date(2026, 12, 1))
    give_back(region, 999, TODAY)
    assert left(region, TODAY) == 100


@pytest.mark.django_db(transaction=True)
def test_many_at_once_cannot_overspend():
    region = cast.region(machine_budget=100)
    ready, spent = threading.Barrier(8), []

    def run() -> None:
        ready.wait()
        try:
            spend(region, 30, TODAY)
            spent.append(30)
        except OverBudget:
            spent.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _time in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(spent) == [0] * 5 + [30] * 3
    assert used() == 90
