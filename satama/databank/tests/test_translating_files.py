"""A list goes out as a PO file and comes back: what was translated in it is in the databank, made
from the source that the file was made from, and nobody's words are lost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from satama.databank.models import Entry, Text, Wording
from satama.databank.translating import actions, desk
from satama.databank.translating.differences import Piece
from satama.databank.translating.files import po
from satama.databank.translating.files.actions import NotTaken, foresee, take
from satama.databank.translating.files.compare import LOST, OVERTAKEN, Difference
from satama.databank.translating.files.out import items
from satama.databank.translating.files.po import Catalogue, Item
from satama.databank.translating.status import Status

from . import cast

pytestmark = pytest.mark.django_db
SOURCE = {
    "title": "Laituri",
    "summary": "Laituri maksaa [[fee]].",
    "documents": ["Passi", "Avain"],
    "body": "Katso [lautta](entry:ferry).\n\n- 5 % ale\n- Tule.",
}
OWN = {
    "title": "Pier",
    "summary": "The pier costs [[fee]].",
    "documents": "Passport\nKey",
    "body": "See [it](entry:ferry).\n\n- 5 % off\n- Come.",
}
SAVED = OWN | {"documents": ["Passport", "Key"]}


@pytest.fixture
def pier() -> Entry:
    cast.fact("fee", "money", "5 EUR")
    cast.entry("ferry", texts={"en": "Ferry"}, source_language="en")
    return cast.entry("pier", texts={"fi": SOURCE})


def english(entry: Entry, **words) -> Text:
    text = cast.text(entry, "en", **SAVED | {"made": "machine"} | words)
    actions.made_now([text])
    return text


def out(entry: Entry, language: str = "en") -> bytes:
    rows = desk.rows(entry.region, language)
    return po.write(language, items(entry.region, language, rows))


def edited(data: bytes, unsure: bool = False, **words: str) -> Catalogue:
    """The file as a translator sends it back, with these words; nothing is fuzzy any more."""
    file = po.read(data)
    file.items = [
        Item(one.mark, one.source, words.get(one.mark.field, one.words), not unsure, one.line)
        for one in file.items
    ]
    return file


def said(entry: Entry, language: str = "en") -> dict:
    return Text.objects.filter(entry=entry, language=language).values(*OWN).get()


def state(entry: Entry) -> Status:
    return next(row.status for row in desk.rows(entry.region, "en") if row.entry == entry)


def change_source(entry: Entry, **words) -> None:
    Text.objects.filter(entry=entry, language="fi").update(**words)


def test_a_list_as_a_file_has_the_source_the_text_so_far_and_what_facts_show(pier, settings):
    english(pier, made="person", body="")
    change_source(pier, title="Uusi laituri")

    told = out(pier).decode()
    file = po.read(told.encode())

    assert file.language == "en"
    assert file.faults == []
    assert [
        (one.mark.entry, one.mark.field, one.source, one.words, one.sure) for one in file.items
    ] == [
        ("pier", "title", "Uusi laituri", "Pier", False),
        ("pier", "summary", SOURCE["summary"], OWN["summary"], True),
        ("pier", "documents", "Passi\nAvain", OWN["documents"], True),
        ("pier", "body", SOURCE["body"], "", True),
    ]
    assert "#. https://satamala.example/satamala/en/entries/pier\n" in told
    assert "#. [[fee]] shows now: €5\n" in told
    assert "#. Before: Laituri\n" in told
    assert "python-format" not in told


def test_what_a_machine_made_is_fuzzy_until_a_person_has_read_it(pier):
    text = english(pier)
    assert {one.sure for one in po.read(out(pier)).items} == {False}

    Text.objects.filter(pk=text.pk).update(checked=date(2026, 11, 23))
    assert {one.sure for one in po.read(out(pier)).items} == {True}


def test_a_new_text_is_by_a_person_and_checked_when_its_sender_says_so(pier, noon):
    file = edited(out(pier), **OWN)

    found = foresee(file, pier.region)
    assert [change.text.entry for change in found.new] == [pier]
    assert not Text.objects.filter(entry=pier, language="en").exists()

    take(file, pier.region, read=False, by=None)
    text = Text.objects.get(entry=pier, language="en")
    assert (said(pier), text.made, text.checked, state(pier)) == (
        (SAVED, "person", None, Status.CHECKED)
    )

    take(edited(out(pier), title="The pier"), pier.region, read=True, by=None)
    assert Text.objects.get(entry=pier, language="en").checked == date(2026, 11, 23)


def test_what_is_the_same_changes_nothing(pier):
    english(pier)
    before = list(Text.objects.order_by("pk").values())

    assert take(po.read(out(pier)), pier.region, read=True, by=None) == Difference(untouched=1)
    assert list(Text.objects.order_by("pk").values()) == before


def test_reading_without_a_change_takes_the_machines_mark_away_when_its_sender_says_so(pier):
    english(pier)
    file = edited(out(pier))

    take(file, pier.region, read=False, by=None)
    assert state(pier) is Status.MACHINE

    take(file, pier.region, read=True, by=None)
    assert state(pier) is Status.CHECKED
    assert foresee(edited(out(pier)), pier.region) == Difference(untouched=1)


def test_words_of_a_machine_that_a_person_changed_keep_their_mark_until_they_are_read(pier):
    english(pier)

    take(edited(out(pier), title="The pier"), pier.region, read=False, by=None)

    assert (said(pier)["title"], state(pier)) == ("The pier", Status.MACHINE)


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize("kept", [True, False])
def test_a_source_that_changed_since_makes_what_comes_back_outdated(pier, read, kept):
    if kept:  # another translation was made from the same words
        actions.made_now([cast.text(pier, "sv", title="Brygga")])
    file = edited(out(pier), **OWN)
    change_source(pier, body="Katso [lautta](entry:ferry). Tule heti.")

    (change,) = foresee(file, pier.region).new
    assert change.outdated
    take(file, pier.region, read=read, by=None)

    text = Text.objects.get(entry=pier, language="en")
    assert (said(pier), state(pier)) == (SAVED, Status.OUTDATED)
    assert text.made_from.words == SOURCE
    change_source(pier, body=SOURCE["body"])
    assert state(pier) is Status.CHECKED


def test_an_outdated_text_is_up_to_date_when_its_items_are_sure_again(pier):
    english(pier, made="person")
    change_source(pier, title="Uusi laituri")

    left = take(po.read(out(pier)), pier.region, read=True, by=None)
    assert (left, state(pier)) == (Difference(untouched=1), Status.OUTDATED)

    take(edited(out(pier), title="New pier"), pier.region, read=False, by=None)
    assert (said(pier)["title"], state(pier)) == ("New pier", Status.CHECKED)


def test_a_file_that_lost_what_its_source_said_is_left_out_and_told(pier):
    file = edited(out(pier), **OWN)
    file.items = [one for one in file.items if one.mark.field != "body"]
    change_source(pier, title="Uusi laituri")

    found = take(file, pier.region, read=True, by=None)

    assert [(change.text.entry, change.reason) for change in found.left] == [(pier, LOST)]
    assert not Text.objects.filter(entry=pier, language="en").exists()


def test_what_somebody_wrote_here_meanwhile_stays_and_both_are_shown(pier):
    english(pier)
    file = edited(out(pier), title="My pier")
    Text.objects.filter(entry=pier, language="en").update(title="Their pier")

    found = take(file, pier.region, read=True, by=None)

    (left,) = found.left
    assert (left.reason, left.cells) == (
        OVERTAKEN,
        {"title": [Piece("gone", "Their"), Piece("new", "My"), Piece("same", " pier")]},
    )
    assert (said(pier)["title"], found.changed, found.same) == ("Their pier", [], [])


def test_what_the_file_did_not_touch_stays_as_others_wrote_it(pier):
    english(pier)
    file = edited(out(pier))
    Text.objects.filter(entry=pier, language="en").update(title="Their pier")

    assert take(file, pier.region, read=True, by=None) == Difference(untouched=1)
    assert said(pier)["title"] == "Their pier"


def test_a_text_that_is_not_finished_is_left_out_and_told(pier):
    english(pier, body="")
    assert foresee(edited(out(pier), unsure=True, title="My pier"), pier.region).left[0].reason == (
        "Not finished, without words or marked as fuzzy: title, summary, bring."
    )
    Text.objects.filter(entry=pier, language="en").delete()
    assert foresee(edited(out(pier), title="My pier"), pier.region).left[0].reason == (
        "Not finished, without words or marked as fuzzy: summary."
    )
    english(pier)
    emptied = edited(out(pier), title="My pier", body="")
    assert foresee(emptied, pier.region).left[0].reason == (
        "Not finished, without words or marked as fuzzy: text."
    )


def test_a_text_without_its_body_goes_in_and_is_never_marked_as_checked(pier):
    words = OWN | {"body": ""}

    take(edited(out(pier), **words), pier.region, read=True, by=None)

    assert (Text.objects.get(entry=pier, language="en").checked, state(pier)) == (
        None,
        Status.HALF,
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"summary": "5 euros."}, "summary: The fact [[fee]] of the source is missing."),
        ({"summary": "[[fee]] [[tax]]"}, "summary: The fact [[tax]] is not in the source."),
        ({"body": "See it."}, "body: The link to ferry of the source is missing."),
        ({"title": "x" * 91}, "title: 91 characters; at most 90"),
    ],
)
def test_one_fault_stops_all_of_the_file(pier, words, sentence):
    other = cast.entry("other", texts={"fi": SOURCE})
    file = edited(out(pier), **OWN)
    file.items = [
        Item(one.mark, one.source, words.get(one.mark.field, one.words), True, one.line)
        if one.mark.entry == "pier"
        else one
        for one in file.items
    ]

    with pytest.raises(NotTaken) as stopped:
        take(file, pier.region, read=True, by=None)

    (fault,) = stopped.value.difference.faults
    assert fault.startswith("Line ") and "pier, " in fault
    assert sentence.partition(": ")[2] in fault
    assert not Text.objects.filter(entry__in=[pier, other], language="en").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mark": {"entry": "nowhere"}}, "There is no such entry in this region."),
        ({"mark": {"field": "keywords"}}, "There is no such field."),
        ({"mark": {"field": "summary"}}, "The item is there twice."),
        ({"mark": {"seen": "f" * 16}}, "The item is of another file"),
        ({"source": "Toinen"}, "The words of the source were changed in the file."),
    ],
)
def test_items_that_are_not_as_we_made_them_are_refused(pier, change, sentence):
    file = edited(out(pier), **OWN)
    first = file.items[0]
    mark = first.mark._replace(**change.get("mark", {}))
    file.items[0] = Item(mark, change.get("source", first.source), first.words)

    assert any(sentence in fault for fault in foresee(file, pier.region).faults)


def test_a_file_in_the_language_of_the_source_is_refused(pier):
    file = edited(out(pier), **OWN)
    file.language = "fi"

    (fault,) = foresee(file, pier.region).faults
    assert "The file is in the language of the source itself." in fault


def test_it_takes_as_many_queries_for_one_text_as_for_thirty(pier):
    counts = []
    foresee(edited(out(pier)), pier.region)
    for number in range(30):
        english(cast.entry(f"pier-{number}", texts={"fi": SOURCE}))
        if number in (0, 29):
            with CaptureQueriesContext(connection) as asked:
                foresee(edited(out(pier), title="New"), pier.region)
            counts.append(len(asked))

    assert counts[0] == counts[1]
    assert Wording.objects.count() == 30
