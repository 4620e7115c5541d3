"""Facts and links from a dialog, and facts made of what stands in a text."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from satama.databank.editing import actions
from satama.databank.editing.guess import guess
from satama.databank.models import Fact, FactValue

from . import cast
from .test_editing_form import signed_in

CHOOSE, NOW, MAKE = "/staff/editing/choose/", "/staff/editing/now/", "/staff/editing/make/"


@pytest.fixture
def editor(db, noon) -> Client:
    """Ritva, editor of Satamala."""
    return signed_in("editor", region=cast.region())


@pytest.fixture
def facts(db) -> None:
    tax = cast.organisation()
    cast.rising("permit-fee", owner=tax, region=cast.country())
    cast.fact("pool-phone", "phone", "+358 50 111 1111")
    cast.fact("pool-hours", "hours", "Mo-Fr 09:00-15:00")
    cast.fact("pool-hint", "text", {"fi": "kaksi uintia", "en": "two swims"})
    cast.fact("their-fee", "money", "7 EUR", region=cast.region("toinen"))


def keys(client: Client, noun: str = "facts", **asked) -> list[str]:
    soup = BeautifulSoup(client.get(f"{CHOOSE}{noun}/", asked).content, "html.parser")
    return [button["data-key"] for button in soup.select("button[data-write]")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["permit-fee", "pool-hint", "pool-hours", "pool-phone"]),
        ("permit", ["permit-fee"]),
        ("phone", ["pool-phone"]),
        ("590", ["permit-fee"]),
        ("610", ["permit-fee"]),
        ("UINTIA", ["pool-hint"]),
        ("verotoimisto money", ["permit-fee"]),
        ("verotoimisto phone", []),
        ("their", []),
    ],
)
def test_a_fact_is_found_by_name_type_value_and_owner(editor, facts, words, found):
    assert keys(editor, q=words) == found


def test_a_field_for_hours_offers_hours_alone(editor, facts):
    assert keys(editor, "hours") == ["pool-hours"]


def test_a_fact_shows_what_it_says_today_until_when_and_from_where(editor, facts):
    FactValue.objects.filter(value="590 EUR").update(source="https://tax.example/fees")

    row = BeautifulSoup(editor.get(f"{CHOOSE}facts/?q=590").content, "html.parser").button

    assert " ".join(row.get_text(" ", strip=True).split()) == (
        "permit-fee €590 Money · Tax Office · until 2026-12-31 · https://tax.example/fees"
    )


def test_entries_are_found_by_title_in_every_language(editor):
    cast.entry("pier", texts={"fi": "Laituri", "uk": "Причал"})
    cast.entry("draft", texts={"fi": "Laiturin luonnos"}, live=False)

    assert keys(editor, "entries", q="причал") == ["pier"]
    assert keys(editor, "entries", q="laituri") == ["pier"]


def test_another_noun_is_not_offered(editor):
    assert editor.get(f"{CHOOSE}members/").status_code == 404


def test_what_facts_say_today_and_that_one_is_not_there(editor, facts):
    soup = BeautifulSoup(editor.get(f"{NOW}?key=permit-fee&key=no-such").content, "html.parser")

    said = [term.get_text(" ", strip=True) for term in soup.select("dl > div")]
    assert said == ["permit-fee €590", "no-such There is no such fact."]


@pytest.mark.parametrize("address", [f"{CHOOSE}facts/", NOW])
def test_asking_for_facts_changes_nothing(editor, address):
    assert editor.post(address).status_code == 405


def test_making_a_fact_takes_a_post(editor):
    assert editor.get(MAKE).status_code == 405


@pytest.mark.parametrize("address", [f"{CHOOSE}facts/", f"{CHOOSE}entries/", NOW, MAKE])
def test_who_may_not_edit_is_not_asked(ritva, address):
    answer = ritva.post(address) if address == MAKE else ritva.get(address)

    assert answer.status_code in (302, 403)
    assert b"data-write" not in answer.content


def test_a_translator_makes_no_facts(db):
    translator = signed_in("translator", region=cast.region())

    answer = translator.post(MAKE, new(), headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.status_code == 403
    assert not Fact.objects.exists()


def new(**changes: str) -> dict[str, str]:
    fields = {"region": str(cast.region().pk), "key": "pool-fee", "type": "money"}
    return fields | {"value": "5 EUR", "source": "https://pool.example/fees"} | changes


def test_a_selection_proposes_a_fact(editor, facts):
    owner = cast.organisation("pool-company")
    asked = {"begin": "1", "words": " 5,50 € ", "about": "Uimahalli", "owner": str(owner.pk)}

    form = editor.post(MAKE, asked | {"region": str(cast.region().pk)}).context["form"]

    assert form.initial == {
        "type": "money",
        "value": "5.50 EUR",
        "key": "uimahalli-fee",
        "owner": str(owner.pk),
    }


def test_a_name_that_is_taken_is_proposed_with_a_number(editor, facts):
    asked = {"begin": "1", "words": "+358 50 222 2222", "about": "pool"}

    assert editor.post(MAKE, asked).context["form"].initial["key"] == "pool-phone-2"


def test_a_fact_is_made_with_its_first_value(editor):
    owner = cast.organisation()
    made = new(owner=str(owner.pk), valid_from="2026-11-01", valid_until="2026-12-31")

    answer = editor.post(MAKE, made)

    assert (answer.status_code, answer.json()) == (201, {"write": "[[pool-fee]]"})
    fact = Fact.objects.get(key="pool-fee")
    assert (fact.region, fact.type, fact.owner) == (cast.region(), "money", owner)
    value = fact.values.get()
    assert (value.value, value.source, value.checked) == (
        *("5 EUR", "https://pool.example/fees"),
        date(2026, 11, 23),
    )
    assert (value.valid_from, value.valid_until) == (date(2026, 11, 1), date(2026, 12, 31))


def test_who_made_a_fact_is_in_its_history(editor):
    editor.post(MAKE, new())

    history = f"/staff/snippets/databank/fact/history/{Fact.objects.get().pk}/"
    assert "ritva@satamala.example" in editor.get(history).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "five"}, "not an amount like 590 EUR, 12.50 EUR or 380-480 EUR"),
        ({"value": ""}, "This field is required."),
        ({"key": "Pool fee"}, "Enter a valid “slug”"),
        ({"key": "permit-fee"}, "A fact of this name is there already. Choose another name."),
        ({"source": "leaflet"}, "Enter a valid URL."),
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, "It ends before it begins."),
        ({"owner": "0"}, "Select a valid choice."),
    ],
)
def test_a_fact_that_could_not_be_shown_is_refused(editor, facts, changes, sentence):
    before = Fact.objects.count()

    answer = editor.post(MAKE, new(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Fact.objects.count() == before


def test_an_editor_makes_no_fact_of_another_region(editor):
    answer = editor.post(
        MAKE,
        new(region=str(cast.country().pk)),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert answer.status_code == 403
    assert not Fact.objects.exists()


def test_a_name_that_was_taken_this_very_moment_is_refused(db):
    cast.fact("pool-fee", "money", "5 EUR")
    other = Fact(region=cast.region(), key="pool-fee", type="money")

    with pytest.raises(actions.Taken):
        actions.make_fact(other, FactValue(value="6 EUR"), by=make_person())

    assert FactValue.objects.get().value == "5 EUR"


def make_person():
    return get_user_model().objects.create_user("kim@satamala.example")


@pytest.mark.parametrize(
    ("words", "type", "value"),
    [
        ("590 €", "money", "590 EUR"),
        ("€590", "money", "590 EUR"),
        ("1 250,5 euroa", "money", "1250.50 EUR"),
        ("380–480 euros", "money", "380-480 EUR"),
        ("590", "text", "590"),
        ("029 419 0600", "phone", "+358 29 419 0600"),
        ("0501234567", "phone", "+358 50 1234567"),
        ("068280000", "phone", "+358 6 8280000"),
        ("+358 29 419 0600", "phone", "+358 29 419 0600"),
        ("0800 12345", "phone", "0800 12345"),
        ("112", "phone", "112"),
        ("info@pool.example", "email", "info@pool.example"),
        ("www.pool.example/fees", "url", "https://www.pool.example/fees"),
        ("31.12.2026", "date", "2026-12-31"),
        ("31.2.2026", "text", "31.2.2026"),
        ("2026-12-31", "date", "2026-12-31"),
        ("14 päivää", "duration", "P14D"),
        ("1–2 månader", "duration", "P1M/P2M"),
        ("2 hours", "duration", "PT2H"),
        ("ma–pe klo 9–15.30", "hours", "Mo-Fr 09:00-15:30"),
        ("Mon-Fri 9-15, Sat 10-14", "hours", "Mo-Fr 09:00-15:00; Sa 10:00-14:00"),
        ("Mo-Fr 09:00-15:00", "hours", "Mo-Fr 09:00-15:00"),
        ("kaksi  kertaa\nviikossa", "text", "kaksi kertaa viikossa"),
    ],
)
def test_what_words_are_is_guessed(words, type, value):
    assert guess(words) == (type, value)
