"""What a translation was made from decides what state it is in; times do not."""

from datetime import date

import pytest

from satama.databank.links.actions import replace
from satama.databank.models import Entry, Text, Wording
from satama.databank.packs.check import read_packs
from satama.databank.packs.load import load_packs
from satama.databank.packs.records import all_names, records_of
from satama.databank.sheets.files import rows_of
from satama.databank.translating import actions
from satama.databank.translating.status import Status, status
from satama.databank.translating.words import digest, source, words_of

from . import cast
from .sample_pack import spoil, write_pack

pytestmark = pytest.mark.django_db

WHOLE = {"title": "Laituri", "summary": "Laituri.", "body": "Tule laiturille."}
BY_MACHINE = {"title": "Pier", "summary": "A pier.", "body": "Come.", "made": "machine"}


def pier(**texts) -> Entry:
    """A pier, told in Finnish first; the other texts were made from that."""
    made = cast.entry("pier", texts={"fi": WHOLE} | texts)
    actions.made_now(made.texts.all())
    return made


def states(entry: Entry) -> dict[str, Status]:
    texts = list(Text.objects.filter(entry=entry).select_related("made_from"))
    first = source(texts, entry.source_language, entry.region.languages)
    return {text.language: status(text, first) for text in texts}


def say(entry: Entry, language: str, **words) -> None:
    Text.objects.filter(entry=entry, language=language).update(**words)


def test_the_words_of_a_text_are_the_same_whatever_blanks_end_its_lines():
    one = Text(title="Pier", summary="A pier.", body="Come.\n\nGo.\n", documents=["Key"])
    other = Text(title="Pier", summary="A pier.", body="Come. \n\nGo.", documents=["Key "])

    assert words_of(one).keys() == {"title", "summary", "body", "documents"}
    assert digest(words_of(one)) == digest(words_of(other))
    assert digest(words_of(one)) != digest(words_of(one) | {"body": "Come.\nGo."})


@pytest.mark.parametrize(
    ("texts", "named", "first"),
    [
        ({"en": "person", "fi": "person"}, "", "fi"),
        ({"en": "person", "fi": "machine"}, "", "en"),
        ({"en": "person", "fi": "person"}, "en", "en"),
        ({"en": "person", "fi": "person"}, "uk", "fi"),
        ({"de": "machine"}, "", "de"),
    ],
)
def test_the_source_is_the_one_named_or_the_regions_first_by_a_person(texts, named, first):
    said = [Text(language=code, made=made, body="Words.") for code, made in texts.items()]

    assert source(said, named, ["fi", "sv", "en", "uk"]).language == first


def test_a_whole_text_is_the_source_before_a_title():
    said = [Text(language="fi"), Text(language="en", body="Words.")]

    assert source(said, "", ["fi", "en"]).language == "en"
    assert source([], "", ["fi"]) is None


def test_each_state_is_told(noon):
    title_only = {"title": "Brygga", "summary": "En brygga."}
    by_hand = BY_MACHINE | {"made": "person"}
    entry = pier(en=BY_MACHINE, sv=title_only, uk=by_hand)

    assert states(entry) == {
        "fi": Status.SOURCE,
        "en": Status.MACHINE,
        "sv": Status.HALF,
        "uk": Status.CHECKED,
    }
    assert status(None, entry.texts.get(language="fi")) is Status.MISSING


def test_other_words_in_the_source_make_the_others_outdated_and_the_old_words_bring_them_back():
    entry = pier(en=BY_MACHINE)

    say(entry, "fi", body="Tule laiturille heti.")
    assert states(entry)["en"] is Status.OUTDATED

    say(entry, "fi", body=WHOLE["body"])
    assert states(entry)["en"] is Status.MACHINE


def test_saving_without_a_change_makes_nothing_outdated():
    entry = pier(en=BY_MACHINE)

    for text in entry.texts.all():
        text.save()

    assert states(entry)["en"] is Status.MACHINE


def test_a_person_who_finds_a_text_right_takes_the_mark_away(noon):
    entry = pier(en=BY_MACHINE)
    say(entry, "fi", body="Tule laiturille heti.")

    text = entry.texts.get(language="en")
    now = actions.wording_of(entry.texts.get(language="fi"))
    actions.write(text, seen=digest(words_of(text)), of=now, checked=True, by=None)

    text = entry.texts.get(language="en")
    assert (text.made, text.checked, text.unread) == ("machine", date(2026, 11, 23), False)
    assert states(entry)["en"] is Status.CHECKED


def test_a_slip_put_right_in_the_source_outdates_nothing_that_was_up_to_date():
    entry = pier(en=BY_MACHINE, uk=BY_MACHINE)
    say(entry, "fi", body="Tule laiturille heti.")
    actions.made_now(entry.texts.filter(language="en"))
    before = digest(words_of(entry.texts.get(language="fi")))

    say(entry, "fi", body="Tule laiturille heti!")
    actions.means_the_same({entry.pk: before})

    assert states(entry)["en"] is Status.MACHINE
    assert states(entry)["uk"] is Status.OUTDATED


def test_an_address_that_is_replaced_outdates_nothing(noon):
    old, new = "https://old.example/", "https://new.example/"
    entry = pier(en=BY_MACHINE, uk=BY_MACHINE | {"body": f"[Come]({old})."})
    say(entry, "fi", body=f"[Tule]({old}).")
    actions.made_now(entry.texts.filter(language="uk"))

    replace(old, new=new, by=None, on=date(2026, 11, 23))

    assert entry.texts.get(language="fi").body == f"[Tule]({new})."
    assert states(entry) == {
        "fi": Status.SOURCE,
        "en": Status.OUTDATED,
        "uk": Status.MACHINE,
    }


def test_what_a_translation_was_made_from_is_kept_in_words():
    entry = pier(en=BY_MACHINE, uk=BY_MACHINE)

    say(entry, "fi", body="Tule laiturille heti.")
    actions.made_now(entry.texts.filter(language="uk"))

    assert entry.texts.get(language="en").made_from.words == WHOLE
    assert entry.texts.get(language="uk").made_from.words == WHOLE | {
        "body": "Tule laiturille heti."
    }
    assert Wording.objects.count() == 2


def test_an_entry_goes_with_its_wordings():
    cast.entry("ferry")
    cast.gone(pier(en=BY_MACHINE), to="entries/ferry")

    assert Text.objects.get().entry.slug == "ferry"
    assert not Wording.objects.exists()


def test_a_pack_that_changes_the_source_alone_makes_the_others_outdated(tmp_path):
    folder = write_pack(tmp_path)

    def load() -> dict[str, Status]:
        load_packs(read_packs([folder], folder.parent))
        return states(Entry.objects.get(slug="card"))

    assert load() == {"en": Status.SOURCE, "uk": Status.HALF}

    spoil(folder, "entries/card.yaml", "You need one for work.", "Your employer needs it.")
    assert load() == {"en": Status.SOURCE, "uk": Status.OUTDATED}

    spoil(folder, "entries/card.yaml", "Потрібна для роботи.", "Потрібна роботодавцю.")
    assert load() == {"en": Status.SOURCE, "uk": Status.HALF}


def test_a_load_takes_as_many_queries_for_a_text_as_for_many(django_assert_num_queries):
    for number in range(3):
        cast.entry(f"pier-{number}", texts={"fi": WHOLE, "en": BY_MACHINE, "uk": BY_MACHINE})

    with django_assert_num_queries(8):
        actions.made_now(Text.objects.exclude(language="fi"))


def test_what_a_picture_shows_is_translated_and_where_it_is_empty_nothing_changes():
    plain = Text(title="Pier", summary="A pier.")
    shown = Text(title="Pier", summary="A pier.", alt="A pier in the sun.")

    # As it was before texts had the field: no translation became outdated by it.
    before = "91fd096c54e2574d76bd4b43a4323553f591fca19cc4c76faa3efbc8004ebbab"
    assert digest(words_of(plain)) == before
    assert words_of(shown) == words_of(plain) | {"alt": "A pier in the sun."}


def test_what_a_picture_shows_goes_through_packs_and_sheets(tmp_path):
    folder = write_pack(tmp_path)
    spoil(folder, "entries/card.yaml", "  uk:", "    alt: A card on a table.\n  uk:")
    load_packs(read_packs([folder], folder.parent))
    card = Entry.objects.get(slug="card")

    assert Text.objects.get(entry=card, language="en").alt == "A card on a table."
    [(_card, record)] = records_of("entry", Entry.objects.filter(slug="card"), all_names())
    assert record["texts"]["en"]["alt"] == "A card on a table."
    assert "alt" not in record["texts"]["uk"]
    assert {"alt.en", "alt.uk"} <= set(rows_of(card.region, "entries")[0])
