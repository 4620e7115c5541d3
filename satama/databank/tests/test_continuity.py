"""No published address vanishes in a language: the database itself refuses, unless a redirect is
given."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from satama.databank.models import Entry, Organisation, Redirect, Region, Text, Topic

from . import cast

pytestmark = pytest.mark.django_db
PIER = "entries/pier"
TEXTS = {"fi": "Laituri", "en": "Pier", "uk": "Причал"}


def lost(act, *what, **change) -> list[str]:
    """The addresses that the database names when it refuses; none when it lets the act pass."""
    try:
        with transaction.atomic():
            act(*what, **change)
            connection.check_constraints()
    except IntegrityError as refusal:
        told = refusal.__cause__.diag
        assert told.constraint_name == "address_stays"
        return sorted(told.message_detail.splitlines())
    return []


def everywhere(path: str, *slugs: str) -> list[str]:
    slugs = slugs or ("satamala",)
    return sorted(f"/{slug}/{language}/{path}" for slug in slugs for language in cast.LANGUAGES)


def redirect(to: str, path: str = PIER, language: str = "", **changes) -> Redirect:
    fields = {"region": cast.region(), "language": language, "path": path, "to": to}
    return Redirect.objects.create(**fields | changes)


@pytest.fixture
def pier(db) -> Entry:
    return cast.entry("pier", texts=TEXTS)


@pytest.fixture
def ferry(db) -> Entry:
    return cast.entry("ferry")


def row(of):
    return type(of).objects.filter(pk=of.pk)


def test_an_entry_is_not_deleted_under_its_readers(pier, ferry):
    assert lost(pier.delete) == everywhere(PIER)

    redirect("entries/ferry")
    assert lost(row(pier).delete) == []


def test_an_entry_stays_public(pier, ferry):
    assert lost(row(pier).update, live=False) == everywhere(PIER)
    later = timezone.localdate() + timedelta(days=9)
    assert lost(row(pier).update, valid_from=later) == everywhere(PIER)

    redirect("entries/ferry")
    assert lost(row(pier).update, live=False) == []


def test_what_was_never_public_may_go():
    draft = cast.entry("pier", live=False)
    later = cast.entry("ferry", valid_from=timezone.localdate() + timedelta(days=9))

    assert lost(draft.delete) == lost(later.delete) == []


@pytest.mark.parametrize("make", [cast.topic, cast.organisation])
def test_a_topic_and_an_organisation_stay(make):
    found = make("harbour")
    folder = f"{found._meta.model_name}s"

    assert lost(found.delete) == everywhere(f"{folder}/harbour")

    other = make("port", position=1) if make is cast.topic else make("port")
    redirect(f"{folder}/{other.slug}", f"{folder}/harbour")
    assert lost(row(found).delete) == []


def test_a_redirect_for_one_language_is_none_for_the_others(pier, ferry):
    redirect("entries/ferry", language="uk")

    assert lost(pier.delete) == [one for one in everywhere(PIER) if "/uk/" not in one]


def test_an_entry_that_moves_from_the_country_to_a_region_is_lost_to_the_others():
    here, country = cast.region(), cast.country()
    pier = cast.entry("pier", region=country)

    assert lost(row(pier).update, region=cast.region("toinen")) == everywhere(
        PIER, "maa", here.slug
    )


def test_an_entry_that_moves_to_the_country_is_still_there(pier):
    assert lost(row(pier).update, region=cast.country()) == []


@pytest.mark.parametrize(
    ("make", "folder"),
    [(cast.entry, "entries"), (cast.topic, "topics"), (cast.organisation, "organisations")],
)
def test_an_old_name_leads_to_the_new_one_by_itself(make, folder):
    found = make("pier")

    assert lost(row(found).update, slug="quay") == []
    assert lost(row(found).update, slug="dock") == []

    assert [str(one) for one in Redirect.objects.all()] == [
        f"{folder}/pier → {folder}/quay",
        f"{folder}/quay → {folder}/dock",
    ]


def test_an_old_name_may_come_back(pier):
    for slug in ("quay", "pier", "dock"):
        assert lost(row(pier).update, slug=slug) == []

    leads = dict(Redirect.objects.values_list("path", "to"))
    assert leads == {"entries/pier": "entries/dock", "entries/quay": "entries/pier"}


def test_the_name_of_a_draft_leads_nowhere():
    row(cast.entry("pier", live=False)).update(slug="quay")

    assert not Redirect.objects.exists()


def test_the_office_and_the_emergency_numbers_follow_a_new_name(pier):
    Region.objects.update(office="pier", emergency=["police", "pier"])

    row(pier).update(slug="quay")

    assert set(Region.objects.values_list("office", flat=True)) == {"pier", "quay"}
    here = Region.objects.get(slug="satamala")
    assert (here.office, here.emergency) == ("quay", ["police", "quay"])


def test_words_in_a_language_stay(pier, ferry):
    words = Text.objects.filter(entry=pier, language="uk")

    assert lost(words.delete) == lost(words.update, language="sv") == ["/satamala/uk/entries/pier"]

    redirect("entries/ferry")
    assert lost(words.delete) == ["/satamala/uk/entries/pier"]  # the page is there, for all
    redirect("entries/ferry", language="uk")
    assert lost(words.delete) == []


def test_words_that_no_region_speaks_may_go(pier):
    cast.text(pier, "th")

    assert lost(Text.objects.filter(language="th").delete) == []


def test_a_redirect_leads_to_a_page(pier):
    assert lost(redirect, "entries/nowhere", "entries/old") == everywhere("entries/old")
    assert lost(redirect, PIER, "entries/old") == []


def test_redirects_go_in_no_circle(pier, ferry):
    redirect(PIER, "entries/ferry")

    def both():
        redirect("entries/ferry")
        Entry.objects.all().delete()

    assert lost(both) == everywhere("entries/ferry")
    assert lost(redirect, "entries/a", "entries/b") == everywhere("entries/b")

    def circle():
        redirect("entries/a", "entries/b")
        redirect("entries/b", "entries/a")

    assert lost(circle)


def test_two_pages_without_words_in_a_language_do_not_lead_to_each_other(pier, ferry):
    redirect("entries/ferry", "entries/pier", "sv")

    assert lost(redirect, "entries/pier", "entries/ferry", "sv")


def test_a_redirect_that_is_needed_stays(pier):
    old = redirect(PIER, "entries/old")
    spare = redirect("entries/old", PIER)

    assert lost(row(old).delete) == lost(row(old).update, path="entries/older")
    assert lost(row(old).delete) == everywhere("entries/old")
    assert lost(row(spare).delete) == []


def test_a_language_stays_in_a_region(pier):
    here = Region.objects.filter(slug="satamala")

    assert lost(here.update, languages=["fi", "en", "uk", "ar"]) == ["/satamala/sv/"]

    assert lost(here.update, languages=["fi", "en", "uk", "ar"], fallbacks={"sv": ["fi"]}) == []
    assert lost(here.update, fallbacks={}) == ["/satamala/sv/"]


def test_a_region_keeps_its_name_and_place(pier):
    here = Region.objects.filter(slug="satamala")

    assert lost(here.update, slug="hamnby") == ["/satamala/"]
    cast.topic("sea", region=cast.country())
    assert lost(cast.region("toinen").delete) == ["/toinen/"]


def test_a_region_without_anything_public_may_change():
    here = cast.region()

    assert lost(row(here).update, slug="hamnby", languages=["fi"]) == []
    assert lost(row(here).delete) == []


# What readers meet.


def go(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301
    return answer["Location"]


def test_readers_are_led_to_the_new_page_in_their_language(client, pier, ferry):
    redirect("entries/ferry", "entries/old")
    redirect("entries/old", "entries/older")

    for language in cast.LANGUAGES:
        there = f"/satamala/{language}/entries/ferry"
        assert go(client, f"/satamala/{language}/entries/older") == there
        assert go(client, f"/satamala/{language}/entries/old?utm=x") == there
    answer = client.get("/satamala/fi/entries/old")
    assert (answer["X-Page-Params"], answer["Content-Language"]) == ("-", "fi")


def test_the_word_for_one_language_comes_first(client, pier, ferry):
    redirect("entries/ferry", "entries/old")
    redirect(PIER, "entries/old", "uk")

    assert go(client, "/satamala/uk/entries/old") == "/satamala/uk/entries/pier"
    assert go(client, "/satamala/fi/entries/old") == "/satamala/fi/entries/ferry"


def test_what_the_country_says_holds_in_its_regions_and_the_nearest_counts(client, pier):
    national = cast.entry("sea", region=cast.country())
    redirect("entries/sea", "entries/old", region=national.region)
    assert go(client, "/satamala/fi/entries/old") == "/satamala/fi/entries/sea"
    cast.region("toinen")
    redirect(PIER, "entries/older")
    assert client.get("/toinen/fi/entries/older").status_code == 404


def test_a_page_that_came_back_is_shown(client, pier, ferry):
    redirect("entries/ferry")

    assert client.get("/satamala/fi/entries/pier").status_code == 200


def test_readers_of_a_language_whose_words_went_are_led_on(client, pier, ferry):
    redirect("entries/ferry", language="uk")
    Text.objects.filter(entry=pier, language="uk").delete()

    assert go(client, "/satamala/uk/entries/pier") == "/satamala/uk/entries/ferry"
    assert client.get("/satamala/sv/entries/pier").status_code == 200


def test_a_circle_that_slipped_in_is_a_page_not_found(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE databank_redirect DISABLE TRIGGER USER")
    redirect("entries/a", "entries/b")
    redirect("entries/b", "entries/a")

    assert client.get("/satamala/fi/entries/a").status_code == 404


def test_a_language_that_is_spoken_no_more_leads_on_with_every_page(client, pier):
    Region.objects.filter(slug="satamala").update(languages=["fi", "en", "uk"])

    assert go(client, "/satamala/ar/entries/pier?x=1") == "/satamala/en/entries/pier"
    assert go(client, "/satamala/ar/find") == "/satamala/en/find"
    assert client.get("/satamala/zz/").status_code == 404
    Region.objects.filter(slug="satamala").update(languages=cast.LANGUAGES)


def test_staff_who_look_at_another_day_stay_on_it(ritva, pier):
    redirect(PIER, "entries/old")

    there = ritva.get("/satamala/fi/entries/old?on=2027-01-01")

    assert there["Location"] == "/satamala/fi/entries/pier?on=2027-01-01"
    assert there["Cache-Control"] == "private, no-store"


def test_a_topic_and_an_organisation_lead_on(client):
    Topic.objects.filter(pk=cast.topic("sea").pk).update(slug="ocean")
    Organisation.objects.filter(pk=cast.organisation("choir").pk).update(slug="band")

    assert go(client, "/satamala/fi/topics/sea") == "/satamala/fi/topics/ocean"
    assert go(client, "/satamala/fi/organisations/choir") == "/satamala/fi/organisations/band"
