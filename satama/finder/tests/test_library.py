"""The index in its folder follows the databank, and nothing that happens to a process hurts it."""

import os
import random
import signal
import time

import pytest
from django.db import connection, transaction

from satama.databank.models import Change, Entry, Text, Topic
from satama.databank.tests import cast
from satama.finder import library
from satama.finder.library import held

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["in memory", "in a folder"])
def place(request, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path if request.param == "in a folder" else None
    library.forget()
    yield settings.INDEX_FOLDER
    library.forget()


def found(words: str, language: str = "en") -> list[str]:
    slugs = dict(Entry.objects.values_list("pk", "slug"))
    hits = library.index().search(words, language=language)
    return [slugs.get(hit.key, "gone") for hit in hits]


def tell() -> None:
    """As if a new transaction had begun: within one, the content version changes only once."""
    if held._held:
        held._held.version = -1


def test_what_was_there_before_is_found(place):
    cast.entry(topics=[cast.topic("money", synonyms={"en": ["salary"], "uk": ["зарплата"]})])

    assert found("tax card") == found("salary") == found("зарплата", "uk") == ["tax-card"]


def test_an_entry_is_found_by_its_own_keywords(place):
    entry = cast.entry(keywords={"en": ["first pay"], "vi": ["lương đầu tiên"]})
    cast.entry("ferry")
    assert found("first pay") == found("lương đầu tiên", "vi") == ["tax-card"]

    entry.keywords = {"en": ["wage slip"]}
    entry.save()
    tell()

    assert (found("first pay"), found("wage slip")) == ([], ["tax-card"])


def test_every_change_is_followed(place):
    entry = cast.entry("ferry", topics=[cast.topic()])
    assert found("ferry") == ["ferry"]

    Text.objects.filter(entry=entry).update(title="Catamaran")
    tell()
    assert (found("ferry"), found("catamaran")) == ([], ["ferry"])

    Topic.objects.update(synonyms={"en": ["boat trip"]})
    tell()
    assert found("boat trip") == ["ferry"]

    cast.entry("harbour")
    tell()
    assert found("harbour") == ["harbour"]

    cast.gone(entry, to="entries/harbour")
    tell()
    assert found("catamaran") == []


def test_the_name_of_an_organisation_is_followed(place):
    office = cast.organisation()
    cast.entry(organisation=office)
    assert found("tollhouse") == []

    office.names = {"en": "Tollhouse"}
    office.save()
    tell()

    assert found("tollhouse") == ["tax-card"]


def test_an_emptied_databank_leaves_nothing(place):
    cast.entry()
    assert found("tax") == ["tax-card"]

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE databank_entry CASCADE")
    tell()

    assert library.index().search("tax", language="en") == []


def test_an_index_is_opened_again_as_it_was(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    cast.entry()
    library.forget()
    assert found("tax card") == ["tax-card"]
    folders = sorted(path.name for path in tmp_path.glob("*/[0-9]*"))

    library.forget()
    cast.entry("ferry")

    assert found("ferry") == ["ferry"]
    assert sorted(path.name for path in tmp_path.glob("*/[0-9]*")) == folders == ["1"]


@pytest.mark.parametrize("file", ["state.json", "lexicon.json", "en/meta.json"])
def test_a_broken_index_is_made_anew(settings, tmp_path, file):
    settings.INDEX_FOLDER = tmp_path
    cast.entry()
    library.forget()
    library.index()
    (broken,) = tmp_path.glob(f"*/1/{file}")

    broken.write_text("{")
    library.forget()

    assert found("tax card") == ["tax-card"]


def test_an_index_of_another_databank_is_made_anew(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    cast.entry()
    library.forget()
    library.index()
    Change.objects.all().delete()
    cast.entry("ferry")

    library.forget()

    assert found("ferry") == ["ferry"]
    assert len(list(tmp_path.glob("*/[0-9]*"))) == 2


def test_a_new_index_takes_the_place_of_the_old_one_at_once(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    cast.entry()
    library.forget()
    old = library.index()

    new = library.rebuild()

    assert [hit.key for hit in old.search("tax", language="en")]
    assert new is not old
    assert library.index() is new
    assert next(tmp_path.glob("*/CURRENT")).read_text() == "2"


def test_a_node_that_slept_while_the_log_was_cut_makes_its_index_anew(place):
    entry = cast.entry()
    assert found("tax card") == ["tax-card"]

    Text.objects.filter(entry=entry).update(title="Catamaran")
    Change.objects.all().delete()
    cast.entry("ferry")
    tell()

    assert (found("catamaran"), found("ferry")) == (["tax-card"], ["ferry"])


def test_the_log_is_cut_when_an_index_is_made(settings, tmp_path, monkeypatch):
    settings.INDEX_FOLDER = tmp_path
    monkeypatch.setattr(held, "KEPT", 2)
    for n in range(9):
        cast.entry(f"boat-{n}")

    library.rebuild()

    assert Change.objects.count() == 3


def test_changes_are_numbered_in_the_order_of_their_commits():
    before = Change.objects.count()

    with transaction.atomic():
        entry = cast.entry(topics=[cast.topic()])
    Text.objects.update(summary="Other.")

    kinds = list(Change.objects.order_by("id").values_list("kind", "row"))[before:]
    assert ("entry", entry.pk) in kinds
    assert kinds[-1] == ("entry", entry.pk)
    assert {kind for kind, _ in kinds} == {"entry", "topic"}


def test_what_a_killed_process_left_half_written_does_no_harm(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    library.forget()
    cast.entry("ferry", texts={"en": "Ferry"})
    assert found("ferry") == ["ferry"]
    (segment,) = tmp_path.glob("*/1/en/*.term")
    for stamp in range(50):  # the list of deleted documents that was not yet in use
        segment.with_suffix(f".{stamp}.del").write_bytes(b"")

    Text.objects.filter(entry__slug="ferry").update(title="Catamaran")
    tell()

    assert found("catamaran") == ["ferry"]


def test_what_was_never_published_is_not_found(place):
    entry = cast.entry("ferry", live=False)
    assert found("ferry") == []

    entry.live = True
    entry.save()
    tell()

    assert found("ferry") == ["ferry"]


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_fifty_times_while_it_writes_loses_nothing(settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path
    cast.entry("ferry", texts={code: "Ferry" for code in cast.LANGUAGES})
    library.forget()
    library.index()
    chance = random.Random(50)

    for round in range(50):
        cast.entry(f"boat-{round}", texts={code: f"Vessel{round}" for code in cast.LANGUAGES})
        Text.objects.filter(entry__slug="ferry").update(title=f"Ferry{round}")
        child = os.fork()
        if child == 0:
            write_until_killed()
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    library.forget()
    assert [n for n in range(50) if found(f"Vessel{n}")[:1] != [f"boat-{n}"]] == []
    assert found("Ferry49")[:1] == ["ferry"]


def write_until_killed():
    """In a process of its own, with a connection of its own."""
    connection.connection = None
    while True:
        library.forget()
        library.index()
        library.rebuild()
