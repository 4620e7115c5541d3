"""A fact that hurts when wrong hides itself; everything else says that it is past its date."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client

from satama.databank import shelf
from satama.databank.models import Entry, Fact, FactValue, Place
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import load_packs
from satama.databank.reading import Reader
from satama.databank.rehearsal import rehearse
from satama.databank.upkeep.forms import refuse_to_hide

from . import cast
from .sample_pack import spoil, write_pack
from .test_rehearsal_staff import told
from .test_staff import address, opened

TODAY = date(2026, 11, 23)
LAST = date(2027, 2, 19)  # ninety days after the look of 21 November 2026
GONE = date(2027, 2, 20)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    return client


def said(on: date, **changes) -> object:
    """What the fee is on a day."""
    fields = {"hurts": True} | changes
    cast.fact("fee", "money", "590 EUR", **fields)
    reader = Reader(cast.region(), "en", on, rehearsing=True)
    return shelf.known_facts(reader, {"fee"})["fee"].value


def test_on_its_last_day_it_is_shown():
    assert said(LAST) == "590 EUR"


def test_the_day_after_it_hides_itself():
    assert said(GONE) is None


def test_a_fact_that_does_not_hurt_never_does():
    assert said(date(2030, 1, 1), hurts=False) == "590 EUR"


def test_days_of_its_own_count():
    assert said(date(2026, 12, 22), review_days=30) is None


def test_one_that_nobody_has_looked_at_or_somebody_found_untrue_is_hidden():
    reader = Reader(cast.region(), "en", TODAY)
    cast.fact("fee", "money", cast.dated("5 EUR", checked=None), hurts=True)
    cast.fact("toll", "money", cast.dated("5 EUR", confirmed=False), hurts=True)

    known = shelf.known_facts(reader, {"fee", "toll"})

    assert [known[key].value for key in ("fee", "toll")] == [None, None]


@pytest.mark.parametrize("language", cast.LANGUAGES)
def test_every_language_sends_to_its_owner_instead(client, language):
    owner = cast.organisation()
    old = cast.dated("590 EUR", checked="2026-01-01")
    cast.fact("fee", "money", old, owner=owner, hurts=True)
    phone = cast.dated("+358 29 419 0600", checked="2026-01-01")
    way = cast.fact("line", "phone", phone, owner=owner, hurts=True)
    cast.entry(
        "permit",
        {language: {"title": "Permit", "summary": "It costs [[fee]].", "body": "[[fee]]"}},
        [("phone", way)],
        kind="office",
    )

    page = client.get(f"/satamala/{language}/entries/permit").content.decode()

    assert "590" not in page and "294190600" not in page and "419 0600" not in page
    assert BeautifulSoup(page, "html.parser").select('.text a[href="https://tax.example/"]')


def test_a_page_past_its_date_says_so_and_who_to_ask(client):
    owner = cast.organisation()
    cast.entry("permit", organisation=owner, checked=date(2025, 11, 1))
    cast.entry("card", organisation=owner)

    def told_on(slug: str) -> str:
        page = BeautifulSoup(client.get(f"/satamala/en/entries/{slug}").content, "html.parser")
        return " ".join(page.select_one(".checked").text.split())

    assert told_on("permit") == (
        "Checked 1 November 2025 It should have been looked at again by 1 November 2026."
        " To be sure, ask: Tax Office"
    )
    assert told_on("card") == "Checked 21 November 2026"


def test_a_page_that_has_ended_is_not_past_its_date(client):
    cast.entry("permit", status="ended", checked=date(2025, 1, 1))

    page = client.get("/satamala/en/entries/permit").content.decode()

    assert "should have been looked at" not in page


def test_an_organisation_past_its_date_says_so(client):
    cast.organisation(checked=date(2025, 1, 1))

    page = client.get("/satamala/en/organisations/tax-office").content.decode()

    assert "It should have been looked at again by 1 January 2026." in page


def test_the_rehearsal_shows_the_day_on_which_it_hides_itself():
    cast.fact("fee", "money", "590 EUR", hurts=True, owner=cast.organisation())
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    assert rehearse(cast.region(), TODAY, LAST).facts == []
    (change,) = rehearse(cast.region(), TODAY, GONE, ["en"]).facts
    assert change.hides == GONE
    assert told("2027-03-01", "--language", "en").splitlines()[2:] == [
        "Facts (1)",
        "  fee: hides itself on 20 February 2027: nobody has found it true",
        "    en: €590 → check with Tax Office",
        "",
        "Entries (1)",
        "  permit",
        "    en: Permit (fee)",
    ]


def test_a_next_value_hides_itself_too_when_its_look_grows_old():
    values = cast.dated("590 EUR", until="2026-12-31"), cast.dated("610 EUR", "2027-01-01")
    cast.fact("fee", "money", *values, hurts=True)

    (change,) = rehearse(cast.region(), TODAY, date(2027, 3, 1), ["en"]).facts

    assert (change.hides, change.turns["en"].after) == (GONE, "ask the authority")


def test_what_is_hidden_today_and_then_is_no_change():
    cast.fact("fee", "money", cast.dated("5 EUR", checked="2026-01-01"), hurts=True)

    assert rehearse(cast.region(), TODAY, GONE).facts == []


def emergency() -> Fact:
    """112, as the region's emergency page calls it."""
    number = cast.fact("emergency-number", "phone", "112")
    cast.entry("emergency-112", channels=[("phone", number)])
    region = cast.region()
    region.emergency = ["emergency-112"]
    region.save()
    return number


def test_an_emergency_number_may_not_hide_itself(administrator):
    number = emergency()

    answer = administrator.post(address(number), opened(administrator, number) | {"hurts": "on"})

    assert "an old number is better than none" in answer.content.decode()
    assert not Fact.objects.get(pk=number.pk).hurts
    with pytest.raises(ValidationError):
        refuse_to_hide(number.pk)


def test_a_number_that_hides_itself_may_not_be_called_in_an_emergency(administrator):
    number = emergency()
    Fact.objects.update(hurts=True)
    region = cast.region()
    entry = number.channels.get().entry

    for row in (region, entry):
        answer = administrator.post(address(row), opened(administrator, row))
        assert answer.status_code == 200, row
        assert "an old number is better than none" in answer.content.decode()


def test_another_fact_may_hide_itself_if_somebody_has_looked(administrator):
    fee = cast.fact("fee", "money", "590 EUR", owner=cast.organisation())
    form = opened(administrator, fee) | {"hurts": "on"}

    unlooked = administrator.post(address(fee), form | {"values-0-checked": ""})
    assert "needs the day when it was last found true" in unlooked.content.decode()
    assert administrator.post(address(fee), form).status_code == 302
    assert Fact.objects.get().hurts


def test_a_pack_is_refused_when_its_emergency_number_would_hide(tmp_path):
    folder = write_pack(tmp_path)
    spoil(folder, "facts/facts.yaml", "    type: phone\n", "    type: phone\n    hurts: true\n")

    (pack,) = read_packs([folder], folder.parent)

    assert [fault.reason for fault in pack.faults] == [
        "the fact 'vero-phone' of 'card' hurts when wrong and would hide itself"
    ]


def test_days_and_danger_come_with_a_pack(tmp_path):
    folder = write_pack(tmp_path)
    spoil(folder, "facts/facts.yaml", "type: money\n", "type: money\n    hurts: true\n")
    spoil(folder, "facts/facts.yaml", "key: start\n", "key: start\n    review_days: 30\n")
    spoil(folder, "entries/card.yaml", "charge: free\n", "charge: free\nreview_days: 60\n")
    spoil(
        folder, "places.yaml", "postal_code: 67100\n", "postal_code: 67100\n    review_days: 99\n"
    )

    load_packs(read_packs([folder], folder.parent))

    fee, start = Fact.objects.get(key="fee"), Fact.objects.get(key="start")
    assert (fee.hurts, fee.review_days, start.hurts, start.review_days) == (True, None, False, 30)
    assert FactValue.objects.filter(fact=fee).count() == 2
    assert Entry.objects.get(slug="card").review_days == 60
    assert Place.objects.get().review_days == 99


@pytest.mark.parametrize("days", ["6", "1101", "often", "30.5"])
def test_days_that_are_no_days_are_refused(tmp_path, days):
    folder = write_pack(tmp_path)
    spoil(folder, "facts/facts.yaml", "key: start\n", f"key: start\n    review_days: {days}\n")

    (pack,) = read_packs([folder], folder.parent)

    assert [fault.reason for fault in pack.faults] == [
        f"review_days: not a whole number of days from 7 to 1100: {days!r}"
    ]
