"""The translators' desk: what needs work, one text beside its source, nobody's words lost."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from satama.databank.models import Entry, Text
from satama.databank.translating import actions, desk
from satama.databank.translating.differences import Piece, by_field, pieces
from satama.databank.translating.status import Status

from . import cast

pytestmark = pytest.mark.django_db

SOURCE = {
    "title": "Laituri",
    "summary": "Laituri maksaa [[fee]].",
    "body": "Katso [lautta](entry:ferry).\n\nTule.",
}
OWN = {
    "title": "Pier",
    "summary": "The pier costs [[fee]].",
    "body": "See [it](entry:ferry). Come.",
}
LIST = "/staff/translating/?region=satamala&language=en"


@pytest.fixture
def oksana(ritva: Client) -> Client:
    """A translator: an adviser who may change texts and nothing else."""
    user = ritva.get("/staff/").wsgi_request.user
    codes = ["change_text", "access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return ritva


@pytest.fixture
def pier() -> Entry:
    cast.fact("fee", "money", "5 EUR")
    cast.entry("ferry")
    return cast.entry("pier", texts={"fi": SOURCE})


def english(entry: Entry, **words) -> Text:
    text = cast.text(entry, "en", **OWN | {"made": "machine"} | words)
    actions.made_now([text])
    return text


def address(entry: Entry, language: str = "en") -> str:
    return f"/staff/translating/{entry.pk}/{language}/"


def posted(client: Client, entry: Entry, **words: str) -> dict[str, str]:
    """What a browser sends of the open form, with these words."""
    soup = BeautifulSoup(client.get(address(entry)).content, "html.parser")
    form = soup.select_one("form[data-desk]")
    found = {
        field["name"]: field.get("value", "") if field.name == "input" else field.text.lstrip("\n")
        for field in form.select("input[type=hidden], input[type=text], textarea")
    }
    return found | words


def said(entry: Entry, language: str = "en") -> dict[str, str]:
    return (
        Text.objects.filter(entry=entry, language=language).values("title", "summary", "body").get()
    )


def titles(client: Client, address: str) -> list[list[str]]:
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    rows = soup.select("table.listing tbody tr")
    return [[row.a.get_text(), row.div.get_text()] for row in rows]


def test_the_list_begins_with_what_hurts_readers_most(oksana, pier):
    outdated = cast.entry("old", texts={"fi": "Vanha"})
    english(outdated)
    Text.objects.filter(entry=outdated, language="fi").update(summary="Uusi.")
    english(cast.entry("done", texts={"fi": SOURCE | {"title": "Valmis"}}), made="person")
    cast.gone(Entry.objects.get(slug="ferry"), to="entries/pier")

    assert titles(oksana, LIST) == [
        ["Vanha", "Outdated"],
        ["Laituri", "Missing"],
        ["Valmis", "Up to date"],
    ]
    assert titles(oksana, f"{LIST}&status=missing") == [["Laituri", "Missing"]]
    assert titles(oksana, f"{LIST}&status=machine") == []
    assert titles(oksana, "/staff/translating/?region=nowhere&language=xx&status=yes")


def test_within_a_state_what_is_most_read_and_sought_in_the_language_comes_first(noon, oksana):
    for slug in ("alone", "read", "sought", "wanted"):
        cast.entry(slug, texts={"fi": slug.capitalize()})
    outdated = cast.entry("old", texts={"fi": "Vanha"})
    english(outdated)
    Text.objects.filter(entry=outdated, language="fi").update(summary="Uusi.")
    cast.reach("read", "2026-11-23", opened=4)
    cast.reach("read", "2026-08-26", "sv", opened=2)
    cast.reach("sought", "2026-11-22", opened=1, found=6)
    cast.reach("wanted", "2026-11-22", "en", opened=1, found=2)
    cast.reach("alone", "2026-08-25", opened=100)  # 90 days ago

    page = BeautifulSoup(oksana.get(LIST).content, "html.parser")
    rows = [
        [row.a.get_text(), *(" ".join(one.get_text().split()) for one in row.select("div"))]
        for row in page.select("table.listing tbody tr")
    ]

    assert rows == [
        ["Vanha", "Outdated"],
        ["Wanted", "Missing", "opened once in 90 days"],
        ["Sought", "Missing", "opened once in 90 days"],
        ["Read", "Missing", "opened 6 times in 90 days"],
        ["Alone", "Missing"],
    ]


def test_a_missing_text_is_written_and_is_by_a_person(oksana, pier, client):
    answer = oksana.post(address(pier), posted(oksana, pier, **OWN) | {"checked": "1"})

    text = Text.objects.get(entry=pier, language="en")
    assert answer.status_code == 302
    assert said(pier) == OWN
    assert (text.made, text.checked) == ("person", date.today())
    assert "The pier costs" in client.get("/satamala/en/entries/pier").content.decode()
    assert desk.rows(pier.region, "en")[-1].status is Status.CHECKED


def test_saving_without_the_mark_leaves_an_outdated_text_outdated(oksana, pier):
    english(pier)
    Text.objects.filter(entry=pier, language="fi").update(title="Uusi laituri")

    oksana.post(address(pier), posted(oksana, pier, title="New pier") | {"save": ""})

    (row,) = [row for row in desk.rows(pier.region, "en") if row.entry == pier]
    assert (said(pier)["title"], row.status) == ("New pier", Status.OUTDATED)


def test_marking_as_checked_takes_the_readers_mark_away(oksana, pier, client):
    english(pier)
    page = "/satamala/en/entries/pier"
    assert "translated by a machine" in client.get(page).content.decode()

    oksana.post(address(pier), posted(oksana, pier) | {"checked": "1"})

    assert "translated by a machine" not in client.get(page).content.decode()


def test_what_changed_in_the_source_is_shown_word_by_word(oksana, pier):
    english(pier)
    Text.objects.filter(entry=pier, language="fi").update(summary="Laituri maksaa taas [[fee]].")

    soup = BeautifulSoup(oksana.get(address(pier)).content, "html.parser")

    assert [one.text for one in soup.select(".desk-changed ins")] == ["taas "]
    assert soup.select(".desk-changed del") == []
    assert [one.text for one in soup.select(".desk-source mark")] == ["[[fee]]"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"summary": "The pier costs 5 euros."}, "The fact [[fee]] of the source is missing."),
        ({"summary": "[[fee]] and [[phone]]"}, "The fact [[phone]] is not in the source."),
        ({"body": "See it."}, "The link to ferry of the source is missing."),
        ({"body": "[a](entry:ferry) [b](entry:pier)"}, "A link to pier is not in the source."),
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 91}, "at most 90 characters"),
    ],
)
def test_what_does_not_fit_the_source_is_refused_and_kept_in_the_form(
    oksana, pier, words, sentence
):
    english(pier)

    answer = oksana.post(address(pier), posted(oksana, pier, **words) | {"checked": "1"})

    page = BeautifulSoup(answer.content, "html.parser")
    assert sentence in page.text
    assert said(pier) == OWN
    (name,) = words
    assert page.select_one(f"[name={name}]").text.strip() == words[name]


def test_two_translators_lose_nothing(oksana, pier):
    english(pier)
    mine = posted(oksana, pier, title="My pier")
    Text.objects.filter(entry=pier, language="en").update(title="Their pier")

    answer = oksana.post(address(pier), mine | {"checked": "1"})

    page = BeautifulSoup(answer.content, "html.parser")
    assert said(pier)["title"] == "Their pier"
    assert "Their pier" in page.select_one("section.messages").text
    assert page.select_one("[name=title]").text.strip() == "My pier"

    oksana.post(address(pier), mine | {"seen": page.select_one("[name=seen]")["value"]})
    assert said(pier)["title"] == "My pier"


def test_a_save_that_was_overtaken_at_the_last_moment_saves_nothing(pier):
    text = english(pier)
    text.title = "Mine"

    of = actions.wording_of(pier.texts.get(language="fi"))
    with pytest.raises(actions.Overtaken):
        actions.write(text, seen="other words", of=of, checked=True, by=None)

    assert said(pier) == OWN


def test_words_that_were_overtaken_at_the_last_moment_stay_in_the_form(oksana, pier, monkeypatch):
    english(pier)
    write = actions.write

    def just_after_another(text, **said):
        Text.objects.filter(entry=pier, language="en").update(title="Their pier")
        write(text, **said)

    monkeypatch.setattr(actions, "write", just_after_another)
    answer = oksana.post(address(pier), posted(oksana, pier, title="My pier") | {"checked": "1"})

    page = BeautifulSoup(answer.content, "html.parser")
    assert said(pier)["title"] == "Their pier"
    assert "Their pier" in page.select_one("section.messages").text
    assert page.select_one("[name=title]").text.strip() == "My pier"


def test_the_next_of_the_list_follows(oksana, pier):
    other = cast.entry("other", texts={"fi": SOURCE})
    english(pier), english(other)
    cast.gone(Entry.objects.get(slug="ferry"), to="entries/pier")
    query = "?region=satamala&language=en&status=machine"
    sent = posted(oksana, pier) | {"checked": "1", "next": "1"}

    first = oksana.post(address(pier) + query, sent)
    last = oksana.post(
        address(other) + query, posted(oksana, other) | {"checked": "1", "next": "1"}
    )

    assert first["Location"] == address(other) + query
    assert last["Location"].startswith("/staff/translating/?")


def test_who_skips_a_text_does_not_meet_it_again_at_once(oksana, pier):
    for slug in ("a", "b", "c"):
        cast.entry(slug, texts={"fi": slug})
    query = "?region=satamala&language=en&status=missing"
    places = [row.entry for row in desk.rows(pier.region, "en")]  # a, b, c, pier
    answers = [
        oksana.get(f"{address(entry)}{way}/{query}")["Location"]
        for entry, way in zip(places[:2], ["next", "previous"], strict=True)
    ]
    assert answers == [address(places[1]) + query, address(places[0]) + query]

    sent = posted(oksana, places[1], title="B", summary="B.") | {"save": "", "next": "1"}
    after = oksana.post(address(places[1]) + query, sent)

    assert after["Location"] == address(places[2]) + query
    assert oksana.get(f"{address(places[0])}previous/{query}")["Location"] == (
        address(places[3]) + query
    )


def test_the_only_text_of_a_list_leads_back_to_the_list(oksana):
    alone = cast.entry("alone", texts={"fi": "Yksin"})

    for way in ("next", "previous"):
        answer = oksana.get(f"{address(alone)}{way}/?language=en")
        assert answer["Location"] == "/staff/translating/?language=en"


def test_the_facts_and_links_of_the_source_can_be_put_in(oksana, pier):
    page = BeautifulSoup(oksana.get(address(pier)).content, "html.parser")

    groups = {
        group["data-into"]: [button.text for button in group.select("button[type=button]")]
        for group in page.select(".desk-tokens[hidden]")
    }
    assert groups == {"id_summary": ["[[fee]]"], "id_body": ["(entry:ferry)"]}
    assert page.select_one("#id_summary") and page.select_one("#id_body")


def test_what_a_picture_shows_is_asked_for_when_the_source_says_it(oksana, pier):
    assert b'name="alt"' not in oksana.get(address(pier)).content
    Text.objects.filter(entry=pier, language="fi").update(alt="Laituri auringossa.")

    sent = posted(oksana, pier, **OWN, alt="A pier\n in the sun.")
    oksana.post(address(pier), sent | {"checked": "1"})

    assert Text.objects.get(entry=pier, language="en").alt == "A pier in the sun."


def test_the_history_says_who_wrote_in_which_language(oksana, pier):
    oksana.post(address(pier), posted(oksana, pier, **OWN) | {"save": ""})

    row = ModelLogEntry.objects.get(action="databank.text")
    assert (row.user.email, row.data) == ("ritva@satamala.example", {"language": "en"})
    assert row.message == "Wrote the text in English"


@pytest.mark.parametrize("language", ["fi", "xx"])
def test_the_source_and_languages_the_region_does_not_have_are_no_translation(
    oksana, pier, language
):
    assert oksana.get(address(pier, language)).status_code == 404


def test_who_may_not_change_texts_is_refused(ritva, client, pier):
    for someone in (ritva, client):
        for place in (LIST, address(pier), f"{address(pier)}next/", f"{address(pier)}previous/"):
            assert someone.get(place).status_code in (302, 403)
        of = actions.wording_of(pier.texts.get()).digest
        sent = OWN | {"seen": "", "of": of, "checked": "1"}
        assert someone.post(address(pier), sent).status_code in (302, 403)

    assert not Text.objects.filter(entry=pier, language="en").exists()


def test_looking_changes_nothing(oksana, pier):
    english(pier)
    before = list(Text.objects.order_by("pk").values())

    oksana.get(LIST), oksana.get(address(pier))

    assert list(Text.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_however_long_it_is(oksana, many):
    for number in range(many):
        english(cast.entry(f"pier-{number}", texts={"fi": "Laituri", "sv": "Brygga"}))
    oksana.get(LIST)

    with CaptureQueriesContext(connection) as asked:
        oksana.get(LIST)

    tables = [q["sql"] for q in asked.captured_queries if "databank_" in q["sql"]]
    others = ("contentversion", "databank_member")  # of every page
    assert len([sql for sql in tables if not any(one in sql for one in others)]) == 5


def test_words_are_compared_with_facts_as_one_word():
    assert list(pieces("It costs [[fee]] now.", "It costs [[new-fee]].")) == [
        Piece("same", "It costs "),
        Piece("gone", "[[fee]] now"),
        Piece("new", "[[new-fee]]"),
        Piece("same", "."),
    ]
    assert by_field(
        {"title": "A", "documents": ["x"]}, {"title": "A", "documents": ["x", "y"]}
    ) == {"documents": [Piece("same", "x"), Piece("new", "\ny")]}
    assert (
        re.sub(r"\s", "", "".join(p.text for p in pieces("a b " * 9000, "c"))) == "ab" * 9000 + "c"
    )
