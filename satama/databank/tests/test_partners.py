"""Partners write about their own groups and services: one short form, seen by nobody else."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from satama.databank.models import Entry, Fact, Member, Organisation, Place, Reach
from satama.databank.partners import typed

from . import cast

pytestmark = pytest.mark.django_db

HOME = "/satamala/en/partner"
NEW = f"{HOME}/organisations/choir/new"
GIVEN = {
    "kind": "group",
    "language": "en",
    "title": "Singing on Mondays",
    "summary": "Sing with us, in any language.",
    "body": "On Mondays from 17 to 19.",
    "valid_until": "",
    "audiences": ["everyone"],
    "languages_served": ["en", "so"],
    "charge": "free",
    "fees": "",
    "application": "Just come.",
    "phone": "040 123 4567",
    "email": "sing@choir.example",
    "web": "www.choir.example",
    "place": "",
    "address": "Satamakatu 3, Satamala",
}


def person(name: str, role: str, **where) -> Client:
    """A browser in which somebody with this role is signed in."""
    user = get_user_model().objects.create_user(f"{name}@choir.example")
    Member.objects.create(user=user, role=role, **where)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def choir(db) -> Organisation:
    names = {"en": "Harbour Choir", "fi": "Satamakuoro"}
    return cast.organisation("choir", kind="association", names=names)


@pytest.fixture
def oleh(choir) -> Client:
    return person("oleh", "writer", organisation=choir)


@pytest.fixture
def given(choir) -> dict:
    return GIVEN | {"topic": str(cast.topic("free-time").pk)}


def singing(choir: Organisation, **changes) -> Entry:
    """A public entry of the choir."""
    texts = {"en": {"title": "Singing", "summary": "Sing.", "body": "Mondays."}}
    phone = Fact.objects.filter(key="choir-phone").first()
    phone = phone or cast.fact("choir-phone", "phone", "+358 40 111 1111", owner=choir)
    return cast.entry(
        changes.pop("slug", "singing"),
        texts=texts,
        channels=[("phone", phone)],
        topics=[cast.topic(f"t{Entry.objects.count()}")],
        **{"kind": "group", "organisation": choir, "audiences": ["everyone"], "charge": "free"}
        | changes,
    )


def opened(client: Client, entry: Entry) -> dict:
    """What a browser sends of the open form."""
    form = client.get(f"{HOME}/entries/{entry.slug}").context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def change(client: Client, entry: Entry, **words):
    return client.post(f"{HOME}/entries/{entry.slug}", opened(client, entry) | words)


def text_of(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_a_new_group_is_a_draft_with_everything_that_was_typed(oleh, choir, given, client):
    answer = oleh.post(NEW, given)

    entry = Entry.objects.get(organisation=choir)
    assert answer["Location"] == f"{HOME}/entries/singing-on-mondays/look"
    assert (entry.live, entry.has_unpublished_changes, entry.slug) == (
        False,
        True,
        "singing-on-mondays",
    )
    (text,) = entry.texts.all()
    assert (text.language, text.title, text.made) == ("en", "Singing on Mondays", "person")
    ways = [(way.kind, str(way.fact or way.place)) for way in entry.channels.all()]
    assert ways == [
        ("phone", "choir-phone"),
        ("email", "choir-email"),
        ("web", "choir-url"),
        ("place", "Satamakatu 3, Satamala"),
    ]
    assert Fact.objects.get(key="choir-phone").values.get().value == "+358 40 123 4567"
    assert Fact.objects.get(key="choir-url").values.get().value == "https://www.choir.example"
    assert entry.topic_rows.get().topic.slug == "free-time"
    assert (entry.checked, entry.audiences) == (date.today(), ["everyone"])
    assert client.get("/satamala/en/entries/singing-on-mondays").status_code == 404
    assert Place.objects.get().organisation is None


def test_the_form_opened_again_has_what_was_typed(oleh, given):
    oleh.post(NEW, given)

    again = opened(oleh, Entry.objects.get())

    expected = given | {
        "phone": "+358 40 123 4567",
        "web": "https://www.choir.example",
        "topic": int(given["topic"]),
        "place": Place.objects.get().pk,
        "address": "",
        "seen": again["seen"],
    }
    del expected["language"]
    assert again == expected


def test_readers_words_are_shown_before_they_are_sent(oleh, given):
    look = oleh.post(NEW, given)["Location"]

    page = oleh.get(look)

    said = text_of(page)
    assert "This is how readers will see it" in said
    assert "Singing on Mondays" in said and "On Mondays from 17 to 19." in said
    assert "+358 40 123 4567" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": ""}, "Write its name."),
        ({"title": "x" * 91}, "Shorten it to 90 characters; it has 91."),
        ({"kind": "opening"}, "not one of the available choices"),
        ({"phone": "ask Oleh"}, "Write a phone number like 040 123 4567"),
        ({"email": "sing at choir"}, "Write an e-mail address like"),
        ({"web": "not an address"}, "Write a web address like"),
        ({"kind": "event"}, "Write the last day of an event or a course."),
        ({"valid_until": "2020-01-01"}, "The last day has passed."),
        ({"valid_until": "soon"}, "Write a day like 2027-01-31."),
        ({"audiences": []}, "Choose at least one, or Everyone."),
        ({"phone": "", "email": "", "web": "", "address": ""}, "Say how to reach you"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(oleh, given, words, said):
    answer = oleh.post(NEW, given | words)

    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert said in soup.select_one(".error-summary").get_text()
    assert soup.select_one("textarea[name=body]").get_text().strip() == given["body"]
    assert soup.select_one("input[name=languages_served][value=so]").has_attr("checked")
    for link in soup.select(".error-summary a"):
        assert soup.select(link["href"])
    assert not Entry.objects.exists() and not Fact.objects.exists()


def test_words_without_latin_letters_have_an_address_too(oleh, given):
    for number in range(2):
        oleh.post(NEW, given | {"title": "أمسية غناء", "phone": f"+358 40 123 456{number}"})

    slugs = list(Entry.objects.values_list("slug", flat=True))
    assert slugs == ["choir-group", "choir-group-2"]


def test_a_name_that_is_taken_in_the_country_gets_a_number(oleh, given):
    cast.entry("singing-on-mondays", region=cast.country())

    oleh.post(NEW, given)

    assert Entry.objects.get(organisation__slug="choir").slug == "singing-on-mondays-2"


def test_a_change_of_a_public_page_is_not_public(oleh, choir, client):
    entry = singing(choir)

    change(oleh, entry, summary="Sing and dance.", phone="+358 40 222 2222")

    page = client.get("/satamala/en/entries/singing").content.decode()
    assert "Sing." in page and "+358 40 111 1111" in page
    draft = Entry.objects.get().get_latest_revision_as_object()
    assert draft.texts.get().summary == "Sing and dance."
    assert draft.channels.get().fact.key == "choir-phone-2"


def test_what_a_trusted_organisation_writes_is_public_at_once(oleh, choir, given, client):
    Organisation.objects.update(trusted=True)

    look = oleh.post(NEW, given)["Location"]
    answer = oleh.post(look, follow=True)

    assert "It is public now." in text_of(answer)
    page = client.get("/satamala/en/entries/singing-on-mondays").content.decode()
    assert "Sing with us, in any language." in page and "+358 40 123 4567" in page


def test_of_two_writers_the_later_sees_both_and_loses_nothing(oleh, choir):
    amina = person("amina", "writer", organisation=choir)
    entry = singing(choir)
    mine = opened(oleh, entry) | {"summary": "Oleh wrote this.", "body": "Tuesdays."}
    change(amina, entry, summary="Amina wrote this.")

    refused = oleh.post(f"{HOME}/entries/singing", mine)

    assert "Somebody else changed this while you were writing" in text_of(refused)
    form = refused.context["form"]
    assert form["summary"].value() == "Oleh wrote this." and form["body"].value() == "Tuesdays."
    assert refused.context["theirs"] == [
        ("In one sentence", "Amina wrote this."),
        ("What happens, and when", "Mondays."),
    ]
    again = mine | {"seen": form["seen"].value()}
    assert oleh.post(f"{HOME}/entries/singing", again).status_code == 302
    draft = Entry.objects.get().get_latest_revision_as_object()
    assert draft.texts.get().summary == "Oleh wrote this."


def test_what_an_editor_has_begun_is_told_and_not_published_over_their_head(oleh, choir):
    Organisation.objects.update(trusted=True)
    entry = singing(choir)
    editor = get_user_model().objects.create_superuser("ritva@satamala.example")
    draft = Entry.objects.get()
    (text,) = texts = list(draft.texts.all())
    text.body, draft.texts = "Half a sent", texts
    draft.save_revision(user=editor)

    page = oleh.get(f"{HOME}/entries/singing")
    assert "An editor has begun to change this page as well." in text_of(page)
    look = change(oleh, entry, summary="Sing and dance.")["Location"]
    answer = oleh.post(look, follow=True)

    assert "You get a mail when it is released." in text_of(answer)
    entry.refresh_from_db()
    assert entry.texts.get().summary == "Sing."
    assert entry.get_latest_revision_as_object().texts.get().body == "Half a sent"


def test_what_an_editor_locked_cannot_be_changed(oleh, choir):
    entry = singing(choir)
    mine = opened(oleh, entry)
    editor = get_user_model().objects.create_superuser("ritva@satamala.example")
    Entry.objects.update(locked=True, locked_by=editor)

    answer = oleh.post(f"{HOME}/entries/singing", mine | {"summary": "Mine."})

    assert "An editor has locked this page" in text_of(answer)
    assert not Entry.objects.get().has_unpublished_changes


def test_still_true_is_said_of_one_and_of_all(noon, oleh, choir):
    singing(choir, checked=date(2026, 1, 1))
    singing(choir, slug="dancing", checked=None)
    assert text_of(oleh.get(HOME)).count("Please look: is this still true?") == 2

    oleh.post(f"{HOME}/entries/singing/true")
    assert text_of(oleh.get(HOME)).count("Please look: is this still true?") == 1
    oleh.post(f"{HOME}/organisations/choir/true")

    assert "Please look" not in text_of(oleh.get(HOME))
    assert set(Entry.objects.values_list("checked", flat=True)) == {date(2026, 11, 23)}


def test_still_true_ends_a_doubt_and_leaves_what_an_editor_has_locked(noon, oleh, choir):
    singing(choir, confirmed=False)
    editor = get_user_model().objects.create_superuser("ritva@satamala.example")
    singing(choir, slug="dancing", checked=None, locked=True, locked_by=editor)

    one = oleh.post(f"{HOME}/entries/dancing/true", follow=True)
    rest = oleh.post(f"{HOME}/organisations/choir/true", follow=True)

    assert "An editor has locked this page" in text_of(one)
    assert "for an editor to look at: Singing." in text_of(rest)
    assert list(Entry.objects.order_by("slug").values_list("slug", "confirmed", "checked")) == [
        ("dancing", True, None),
        ("singing", True, date(2026, 11, 23)),
    ]


def test_how_often_pages_were_opened_is_told_by_language(noon, oleh, choir):
    entry = singing(choir)
    for language, day, times in (
        ("en", date(2026, 11, 23), 2),
        ("en", date(2026, 10, 25), 3),
        ("ar", date(2026, 11, 1), 7),
        ("ar", date(2026, 10, 24), 100),
    ):
        Reach.objects.create(entry=entry, language=language, day=day, opened=times)

    assert "Opened 12 times: Arabic 7, English 5" in text_of(oleh.get(HOME))


def test_what_is_taken_away_says_that_it_has_ended(oleh, choir, client):
    Organisation.objects.update(trusted=True)
    singing(choir)
    assert Entry.objects.get().status == "active"
    assert "Old links still lead to it" in text_of(oleh.get(f"{HOME}/entries/singing/end"))

    oleh.post(f"{HOME}/entries/singing/end")

    assert "This has ended." in client.get("/satamala/en/entries/singing").content.decode()


def test_a_draft_that_is_taken_away_stays_on_the_list(oleh, given):
    oleh.post(NEW, given)

    oleh.post(f"{HOME}/entries/singing-on-mondays/end")

    assert "Ended" in text_of(oleh.get(HOME))
    assert not Entry.objects.get().live


@pytest.mark.parametrize(("chosen", "kept"), [("ar", "ar"), ("", ""), ("xx", "fi")])
def test_a_partner_chooses_the_language_of_our_mails(oleh, chosen, kept):
    get_user_model().objects.update(language="fi")
    page = BeautifulSoup(oleh.get(HOME).content, "html.parser")
    assert page.select_one("select[name=language] option[selected]")["value"] == "fi"

    oleh.post(f"{HOME}/mails", {"language": chosen})

    assert get_user_model().objects.get().language == kept


@pytest.mark.parametrize("count", [1, 30])
def test_home_takes_as_many_queries_for_one_entry_as_for_thirty(oleh, choir, queries, count):
    for number in range(count):
        entry = singing(choir, slug=f"singing-{number}")
        Reach.objects.create(entry=entry, language="en", day=date.today(), opened=1)

    assert queries(oleh, HOME) == 11


@pytest.mark.parametrize(
    ("typed_in", "written"),
    [
        ("040-123 4567", "+358 40 123 4567"),
        ("0401234567", "+358 40 123 4567"),
        ("+358401234567", "+358 40 123 4567"),
        ("00358 40 1234567", "+358 40 123 4567"),
        ("(06) 828 9111", "+358 68 289 111"),
        ("+46 8 123 456", "+46 8 123 456"),
        ("0800 123 456", "0800 123 456"),
        ("112", "112"),
        ("ask Oleh", "ask Oleh"),
        ("", ""),
    ],
)
def test_a_phone_number_is_written_our_way(typed_in, written):
    assert typed.phone(typed_in) == written
