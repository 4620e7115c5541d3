"""What must always hold, the database itself refuses to break, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from satama.databank import version
from satama.databank.models import Channel, Entry, EntryLink, EntryTopic, FactValue, Region, Topic

from . import cast

pytestmark = pytest.mark.django_db
# As elsewhere: what migrations wrote comes back for the next such test.
commits = pytest.mark.django_db(transaction=True)


def refused(act, *what, **change) -> str:
    """The constraint on which the act fails; nothing of it stays."""
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        act(*what, **change)
    return fault.value.__cause__.diag.constraint_name


def sql(words: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def test_a_text_is_once_in_a_language():
    guide = cast.entry(texts={"en": "Tax card"})

    assert refused(cast.text, guide, "en") == "text_once_a_language"


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_text_has_a_title_and_a_summary(field):
    guide = cast.entry()

    assert refused(cast.text, guide, "fi", **{field: ""}) == "text_has_title_and_summary"


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (cast.entry, "entry_ends_after_it_begins"),
        (cast.organisation, "organisation_ends_after_it_begins"),
        (cast.place, "place_ends_after_it_begins"),
        (cast.municipality, "municipality_ends_after_it_begins"),
    ],
)
def test_nothing_ends_before_it_begins(make, constraint):
    days = {"valid_from": date(2026, 2, 2), "valid_until": date(2026, 2, 1)}

    assert refused(make, **days) == constraint
    make(valid_from=date(2026, 2, 2), valid_until=date(2026, 2, 2))


def test_a_value_does_not_end_before_it_begins():
    value = cast.dated("590 EUR", "2026-02-02", "2026-02-01")

    with pytest.raises(DatabaseError), transaction.atomic():
        cast.fact("fee", "money", value)

    assert not FactValue.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((None, None), (None, None)),
        (("2026-01-01", "2026-12-31"), ("2026-12-31", None)),
        ((None, "2026-06-30"), ("2026-01-01", None)),
        (("2026-01-01", None), ("2030-01-01", "2030-01-01")),
    ],
)
def test_two_values_of_a_fact_never_hold_on_the_same_day(one, other):
    fee = cast.fact("fee", "money", cast.dated("590 EUR", *one))

    more = {"fact": fee, "value": "600 EUR", "valid_from": other[0], "valid_until": other[1]}

    assert refused(FactValue.objects.create, **more) == "fact_has_one_value_a_day"


def test_values_may_follow_each_other_and_other_facts_may_hold_at_the_same_time():
    year = cast.dated("590 EUR", "2026-01-01", "2026-12-31")
    fee = cast.fact("fee", "money", year, cast.dated("600 EUR", "2027-01-01"))
    other = cast.fact("other-fee", "money", year)

    assert [value.value for value in fee.values.all()] == ["590 EUR", "600 EUR"]
    assert [value.value for value in other.values.all()] == ["590 EUR"]


NAMED = {
    "topic": (cast.topic, "slug"),
    "organisation": (cast.organisation, "slug"),
    "place": (cast.place, "slug"),
    "fact": (cast.fact, "key"),
    "entry": (cast.entry, "slug"),
}


@pytest.fixture(params=NAMED)
def named(request):
    """Each kind of thing with a name: its factory, table and the field of its name."""
    make, field = NAMED[request.param]
    return make, f"databank_{request.param}", field


def test_a_name_is_once_in_a_region(named):
    make, table, _ = named
    make("harbour")

    assert refused(make, "harbour") == f"{table}_once_in_the_tree"


def test_a_name_of_the_parent_is_taken(named):
    make, table, _ = named
    make("harbour", region=cast.country())

    assert refused(make, "harbour", region=cast.region()) == f"{table}_once_in_the_tree"


def test_a_name_of_a_child_is_taken(named):
    make, table, _ = named
    make("harbour", region=cast.region())

    assert refused(make, "harbour", region=cast.country()) == f"{table}_once_in_the_tree"


def test_two_children_may_use_the_same_name(named):
    make, _, field = named
    make("harbour", region=cast.region("satamala"))

    made = make("harbour", region=cast.region("lahtela"))

    assert getattr(made, field) == "harbour"


def test_raw_sql_cannot_take_a_taken_name(named):
    make, table, field = named
    make("harbour", region=cast.country())
    pier = make("pier", region=cast.region())

    rename = f"UPDATE {table} SET {field} = 'harbour' WHERE id = %s"
    move = f"UPDATE {table} SET region_id = %s, {field} = 'harbour' WHERE id = %s"

    assert refused(sql, rename, pier.pk) == f"{table}_once_in_the_tree"
    assert refused(sql, move, cast.region().pk, pier.pk) == f"{table}_once_in_the_tree"


@pytest.mark.parametrize("bad", ["Harbour", "the harbour", "satama_1", "-pier", "pier-", "ä", ""])
def test_a_name_is_lower_case_letters_digits_and_hyphens(named, bad):
    make, table, field = named

    assert refused(make, bad) == f"{table.removeprefix('databank_')}_{field}_is_a_slug"


def test_a_topic_is_not_its_own_parent():
    money = cast.topic()

    itself = Topic.objects.filter(pk=money.pk).update

    assert refused(itself, parent=money) == "topic_is_not_its_own_parent"


@pytest.mark.parametrize("relation", ["successor", "part_of"])
def test_an_organisation_does_not_follow_itself(relation):
    office = cast.organisation()
    setattr(office, relation, office)

    assert refused(office.save) == "organisation_does_not_follow_itself"


def test_an_entry_does_not_lead_to_itself():
    guide = cast.entry()

    assert refused(cast.link, guide, guide) == "entry_links_elsewhere"


def test_an_entry_leads_to_another_once():
    guide, other = cast.entry("one"), cast.entry("other")
    cast.link(guide, other)

    assert refused(cast.link, guide, other) == "entry_links_once"


def test_an_entry_has_a_topic_once():
    money = cast.topic()
    guide = cast.entry(topics=[money])

    again = {"entry": guide, "topic": money}

    assert refused(EntryTopic.objects.create, **again) == "entry_has_a_topic_once"


def test_the_parent_of_a_region_cannot_change():
    satamala, lahtela = cast.region(), cast.region("lahtela")

    move = Region.objects.filter(pk=satamala.pk).update
    free = "UPDATE databank_region SET parent_id = NULL WHERE id = %s"

    assert refused(move, parent=lahtela) == "region_parent_is_fixed"
    assert refused(sql, free, satamala.pk) == "region_parent_is_fixed"


def test_a_region_is_not_its_own_parent():
    loop = {"pk": 4711, "parent_id": 4711, "names": {"en": "Loop"}, "languages": ["en"]}

    assert refused(Region.objects.create, slug="loop", **loop) == "region_is_not_its_own_parent"


def test_a_region_speaks_a_language_and_has_a_name():
    mute = {"slug": "mute", "languages": []}

    assert refused(cast.region, **mute) == "region_speaks_at_least_one_language"
    assert refused(cast.region, "nameless", names={}) == "region_names_has_words"


@pytest.mark.parametrize("words", [{}, [], "Money", 5])
def test_names_are_texts_by_language(words):
    assert refused(cast.topic, labels=words) == "topic_labels_has_words"
    assert refused(cast.organisation, names=words) == "organisation_names_has_words"
    assert refused(cast.place, names=words) == "place_names_has_words"
    assert refused(cast.municipality, names=words) == "municipality_names_has_words"


@pytest.mark.parametrize(
    ("kind", "fact", "place"),
    [
        ("phone", False, False),
        ("phone", True, True),
        ("phone", False, True),
        ("place", False, False),
        ("place", True, False),
        ("fax", True, False),
    ],
)
def test_a_channel_leads_somewhere(kind, fact, place):
    guide = cast.entry()
    phone = cast.fact("phone", "phone", "112") if fact else None
    hall = cast.place() if place else None

    door = {"entry": guide, "kind": kind, "fact": phone, "place": hall}

    assert refused(Channel.objects.create, **door) == "channel_leads_somewhere"


@pytest.mark.parametrize(
    ("constraint", "make", "change"),
    [
        ("entry_kind_is_known", cast.entry, {"kind": "rumour"}),
        ("entry_status_is_known", cast.entry, {"status": "asleep"}),
        ("entry_charge_is_known", cast.entry, {"charge": "a lot"}),
        ("entry_audiences_are_known", cast.entry, {"audiences": ["worker", "pirate"]}),
        ("organisation_kind_is_known", cast.organisation, {"kind": "cult"}),
        ("fact_type_is_known", cast.fact, {"key": "fee", "type": "colour"}),
    ],
)
def test_what_is_not_known_is_refused(constraint, make, change):
    assert refused(make, **change) == constraint


def test_who_made_a_text_and_how_entries_relate_is_known():
    guide, other = cast.entry("one"), cast.entry("other")

    assert refused(cast.text, guide, "fi", made="oracle") == "text_maker_is_known"
    assert refused(cast.link, guide, other, "beside") == "entry_link_relation_is_known"
    assert EntryLink.objects.count() == 0


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("90.1", "23"), ("-91", "23"), ("63", "180.5"), ("63", "-181"), ("63", None), (None, "23")],
)
def test_a_place_is_on_earth(latitude, longitude):
    somewhere = {"latitude": latitude, "longitude": longitude}

    assert refused(cast.place, **somewhere) == "place_is_on_earth"


@pytest.mark.parametrize("code", ["27", "27a", "a27", ""])
def test_a_municipality_has_three_digits(code):
    assert refused(cast.municipality, code=code) == "municipality_code_has_three_digits"


def test_the_content_version_is_one_row():
    second = "INSERT INTO databank_contentversion (id, version) VALUES (2, 0)"

    assert refused(sql, second) == "content_version_is_one_row"


@commits
def test_each_transaction_that_changes_content_leaves_a_new_version_once():
    guide = cast.entry()
    seen = [version.read()]

    with transaction.atomic():
        Entry.objects.update(kind="service")
        first = version.read()
        cast.text(guide, "th")
        assert version.read() == first
    seen.append(version.read())
    sql("UPDATE databank_text SET title = 'Raw' WHERE language = 'th'")
    seen.append(version.read())
    sql("DELETE FROM databank_text WHERE language = 'th'")
    seen.append(version.read())
    sql("TRUNCATE databank_entry_municipalities")
    seen.append(version.read())

    assert len(set(seen)) == len(seen)
    assert seen[1] == first


@commits
def test_reading_and_other_tables_leave_the_version():
    cast.entry(topics=[cast.topic()])
    before = version.read()

    assert Topic.objects.count() == 1
    sql("SELECT * FROM databank_entry FOR UPDATE")
    sql("DELETE FROM django_session")

    assert version.read() == before


@commits
@pytest.mark.parametrize(
    "table",
    [
        *("region", "municipality", "topic", "organisation", "place", "fact", "factvalue"),
        *("entry", "text", "channel", "entrytopic", "entrylink", "entry_also"),
        "entry_municipalities",
    ],
)
def test_every_public_table_changes_the_version(table):
    cast.region()
    before = version.read()

    sql(f"DELETE FROM databank_{table} WHERE id < 0")

    assert version.read() != before


@commits
def test_the_version_comes_back_when_its_row_is_lost():
    sql("TRUNCATE databank_contentversion")

    cast.region()

    assert version.read() > 0


@commits
def test_a_change_that_is_taken_back_leaves_the_version():
    cast.region()
    before = version.read()

    with pytest.raises(RuntimeError), transaction.atomic():
        cast.entry()
        raise RuntimeError

    assert version.read() == before
