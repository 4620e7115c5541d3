"""Before a rule is in force, staff see every page that it will change, in every language."""

from datetime import date

import pytest

from satama.databank.reading import regions
from satama.databank.rehearsal import Gap, NotAhead, Rehearsal, Turn, rehearse

from . import cast
from .cast import dated

TODAY, DAY = date(2026, 11, 23), date(2027, 1, 1)
NBSP, RTL = "\u00a0", "\u200f"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def rehearsed(day: date = DAY, **options) -> Rehearsal:
    return rehearse(regions()["satamala"], TODAY, day, **options)


def facts(changes) -> dict:
    """The turns as (before, after), by fact and language."""
    return {
        change.fact.key: {code: (t.before, t.after) for code, t in change.turns.items()}
        for change in changes
    }


def english(changes) -> dict:
    return {key: turns.get("en") for key, turns in facts(changes).items()}


def pages(changes, language: str = "en") -> dict:
    """Title in a language, and the keys that change the page, by slug."""
    return {
        change.row.slug: (str(change.titles[language]), change.keys(language)) for change in changes
    }


def test_a_new_fee_changes_every_text_that_names_it_in_six_languages():
    spoken = ["fi", "sv", "en", "uk", "ru", "ar"]
    cast.region(languages=spoken)
    cast.rising()
    texts = {code: {"title": f"Permit {code}", "fees": "[[fee]]"} for code in spoken}
    cast.entry("permit", texts)
    cast.entry("pier")

    found = rehearsed()

    turns = {
        "fi": (f"590{NBSP}€", f"610{NBSP}€"),
        "sv": (f"590{NBSP}€", f"610{NBSP}€"),
        "en": ("€590", "€610"),
        "uk": (f"590{NBSP}EUR", f"610{NBSP}EUR"),
        "ru": (f"590{NBSP}€", f"610{NBSP}€"),
        "ar": (f"{RTL}590{NBSP}€", f"{RTL}610{NBSP}€"),
    }
    assert facts(found.facts) == {"fee": turns}
    assert [page.row.slug for page in found.entries] == ["permit"]
    assert {code: pages(found.entries, code)["permit"] for code in spoken} == {
        code: (f"Permit {code}", ["fee"]) for code in spoken
    }
    assert facts(found.entries[0].facts) == {"fee": turns}


@pytest.mark.parametrize("part", ["summary", "eligibility", "fees", "application", "body"])
def test_a_fact_is_found_in_every_part_of_a_text(part):
    cast.rising()
    cast.entry("permit", {"en": {"title": "Permit", part: "It costs [[fee]]."}})

    assert pages(rehearsed().entries) == {"permit": ("Permit", ["fee"])}


def test_a_fact_is_found_in_what_to_bring():
    cast.rising()
    cast.entry("permit", {"en": {"title": "Permit", "documents": ["Passport", "[[fee]]"]}})

    assert pages(rehearsed().entries) == {"permit": ("Permit", ["fee"])}


def test_channels_reach_phones_links_and_hours_also_of_places():
    def changing(key, type, before, after):
        return cast.fact(key, type, dated(before, until="2026-12-31"), dated(after, "2027-01-01"))

    phone = changing("phone", "phone", "+358 50 111 1111", "+358 50 222 2222")
    web = changing("web", "url", "https://pier.example/a", "https://pier.example/b")
    desk = changing("desk", "hours", "Mo 09:00-10:00", "Mo 09:00-10:00; PH off")
    hall = changing("hall", "hours", "Mo-Fr 09:00-15:00", "off")
    channels = [("phone", phone, desk), ("web", web), ("place", cast.place(hours=hall))]
    cast.entry("pier", {"en": "Pier"}, channels)

    found = rehearsed()

    assert pages(found.entries, "uk") == {"pier": ("Pier", ["phone", "desk", "web", "hall"])}
    assert english(found.facts) == {
        "desk": ("Monday 09:00–10:00", "Monday 09:00–10:00. Closed on public holidays."),
        "hall": ("Monday – Friday 09:00–15:00", "closed"),
        "phone": ("+358 50 111 1111", "+358 50 222 2222"),
        "web": ("https://pier.example/a", "https://pier.example/b"),
    }


def test_seasons_within_one_value_of_hours_are_seen():
    cast.fact("hall", "hours", "Jan-Feb Mo 10:00-11:00; Mar-Dec Mo 12:00-13:00")

    assert english(rehearsed(date(2027, 1, 11)).facts) == {
        "hall": ("Monday 12:00–13:00", "Monday 10:00–11:00")
    }


def test_a_value_that_is_the_same_after_all_is_no_change():
    cast.rising(before="590 EUR", after="590.00 EUR")
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    assert rehearsed() == Rehearsal([], [], [])


def test_a_value_that_can_be_confirmed_no_more_is_a_change():
    later = dated("5 EUR", "2027-01-01", confirmed=False)
    cast.fact("fee", "money", dated("5 EUR", until="2026-12-31"), later)

    assert english(rehearsed().facts) == {"fee": ("€5", "€5 (not confirmed)")}


def test_words_that_differ_in_one_language_change_the_pages_that_show_that_language():
    before, after = {"en": "ferry", "fi": "lautta"}, {"en": "ferry", "fi": "lossi"}
    cast.fact("boat", "text", dated(before, until="2026-12-31"), dated(after, "2027-01-01"))
    texts = {"en": {"title": "Sea", "body": "[[boat]]"}, "fi": {"title": "Meri"}}
    cast.entry("sea", texts | {"sv": {"title": "Hav", "body": "[[boat]]"}})

    found = rehearsed()

    assert facts(found.facts) == {"boat": {code: ("lautta", "lossi") for code in ("fi", "sv")}}
    # The Finnish page has a title alone: its body is Swedish, and takes the fact's Finnish words.
    assert facts(found.entries[0].facts) == {
        "boat": {code: ("lautta", "lossi") for code in ("fi", "sv")}
    }
    assert {code: found.entries[0].keys(code) for code in ("fi", "sv", "en", "uk")} == {
        "fi": ["boat"],
        "sv": ["boat"],
        "en": [],
        "uk": [],
    }


def test_a_fact_that_ends_sends_to_its_owner():
    owner = cast.organisation()
    cast.fact("fee", "money", dated("5 EUR", until="2026-12-31"), owner=owner)
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    found = rehearsed()

    assert english(found.facts) == {"fee": ("€5", "check with Tax Office")}
    assert [change.gap for change in found.facts] == [Gap(date(2027, 1, 1), None)]
    assert facts(found.facts)["fee"]["fi"] == (f"5{NBSP}€", "tarkista tieto: Verotoimisto")
    assert pages(found.entries) == {"permit": ("Permit", ["fee"])}


def test_a_fact_that_begins_is_no_gap():
    cast.fact("fee", "money", dated("5 EUR", "2027-01-01"), owner=cast.organisation())

    found = rehearsed()

    assert english(found.facts) == {"fee": ("check with Tax Office", "€5")}
    assert [change.gap for change in found.facts] == [None]


def test_days_without_a_value_between_two_equal_ones_are_a_danger_on_every_page():
    cast.fact("fee", "money", dated("5 EUR", until="2026-12-24"), dated("5 EUR", "2026-12-27"))
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    found = rehearsed()

    assert facts(found.facts) == {"fee": {}}
    assert [change.gap for change in found.entries[0].facts] == [
        Gap(date(2026, 12, 25), date(2026, 12, 26))
    ]


def test_a_gap_after_the_day_is_not_told_yet():
    cast.fact("fee", "money", dated("5 EUR", until="2027-01-01"))

    assert rehearsed() == Rehearsal([], [], [])


def test_an_entry_that_begins_is_new_and_one_that_ends_says_so():
    cast.entry("school", {"en": "School"}, valid_from=DAY)
    cast.entry("camp", {"en": "Camp"}, valid_until=date(2026, 12, 31))
    cast.entry("market", {"en": "Market"}, valid_from=TODAY, valid_until=DAY)
    cast.entry("later", {"en": "Later"}, valid_from=date(2027, 1, 2))
    cast.entry("gone", {"en": "Gone"}, status="ended", valid_until=date(2026, 12, 31))
    cast.entry("past", {"en": "Past"}, valid_until=date(2026, 11, 22))

    found = rehearsed()

    assert [(page.row.slug, page.begins, page.ends) for page in found.entries] == [
        ("camp", None, date(2026, 12, 31)),
        ("school", DAY, None),
    ]


def test_an_organisation_that_ends_or_has_another_phone_is_told():
    values = dated("+358 50 111 1111", until="2026-12-31"), dated("+358 50 222 2222", "2027-01-01")
    phone = cast.fact("phone", "phone", *values)
    cast.organisation("port", phone=phone, names={"en": "Port"})
    cast.organisation("bank", valid_until=date(2026, 12, 31), names={"en": "Bank"})
    cast.organisation("mill", valid_until=DAY)

    found = rehearsed()

    assert pages(found.organisations) == {"bank": ("Bank", []), "port": ("Port", ["phone"])}
    assert [page.ends for page in found.organisations] == [date(2026, 12, 31), None]


def test_national_facts_are_seen_from_the_region_below_and_not_those_beside():
    cast.rising(region=cast.country())
    cast.rising("toll", region=cast.region("kala"))
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})
    cast.entry("visa", {"en": {"title": "Visa", "fees": "[[fee]]"}}, region=cast.country())

    found = rehearsed()

    assert english(found.facts) == {"fee": ("€590", "€610")}
    assert pages(found.entries) == {"permit": ("Permit", ["fee"]), "visa": ("Visa", ["fee"])}
    assert pages(rehearse(regions()["maa"], TODAY, DAY).entries) == {"visa": ("Visa", ["fee"])}


def test_facts_that_no_page_shows_are_told_apart():
    cast.rising("shown")
    cast.rising("loose")
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[shown]]"}})

    assert [change.fact.key for change in rehearsed().loose] == ["loose"]


def test_one_language_may_be_asked_alone():
    cast.rising()

    assert [change.turns for change in rehearsed(spoken=["en"]).facts] == [
        {"en": Turn("€590", "€610", "en")}
    ]


@pytest.mark.parametrize("day", [TODAY, date(2026, 1, 1), date(2036, 12, 1), date.max])
def test_only_days_ahead_are_rehearsed(day):
    cast.region()

    with pytest.raises(NotAhead):
        rehearsed(day)


def test_words_from_another_language_say_in_which():
    cast.rising()
    cast.entry("permit", {"en": {"title": "Permit", "fees": "[[fee]]"}})

    assert rehearsed(spoken=["uk"]).entries[0].facts[0].turns == {"uk": Turn("€590", "€610", "en")}
