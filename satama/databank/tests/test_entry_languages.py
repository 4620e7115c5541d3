"""In which language an entry's page is shown, what stands in for it, and who made the words."""

import pytest

from . import cast
from .test_entry_page import notices, page, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_a_page_in_the_reader_s_language(client):
    cast.entry(texts={"en": {"title": "Tax card", "summary": "For work.", "body": "Go *there*."}})

    soup = page(client)

    assert said(soup.h1) == "Tax card"
    assert said(soup.select_one("main .lead")) == "For work."
    assert (
        str(soup.select_one("main .text")) == '<div class="text"><p>Go <em>there</em>.</p>\n</div>'
    )
    assert (soup.html["lang"], soup.html["dir"]) == ("en", "ltr")
    assert notices(soup) == []


def test_another_language_says_which_and_offers_to_explain(client):
    cast.region(office="welcome")
    cast.entry("welcome")
    cast.entry(texts={"fi": {"title": "Verokortti", "summary": "Työhön.", "body": "Hae."}})

    soup = page(client, "/satamala/ar/entries/tax-card")

    head, text = soup.h1.parent, soup.select_one("main .text")
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    assert (head["lang"], head["dir"], text["lang"], text["dir"]) == ("fi", "ltr", "fi", "ltr")
    (notice,) = soup.select("main .notice")
    assert "الفنلندية" in said(notice)
    assert notice.a["href"] == "/satamala/ar/entries/welcome"


def test_arabic_words_stand_right_to_left_on_an_english_page(client):
    cast.entry(texts={"ar": {"title": "بطاقة", "summary": "للعمل.", "body": "اذهب."}})

    soup = page(client)

    text = soup.select_one("main .text")
    assert (text["lang"], text["dir"], soup.html["dir"]) == ("ar", "rtl", "ltr")


def test_a_title_may_be_in_the_reader_s_language_before_the_body_is(client):
    cast.entry(
        texts={
            "en": {"title": "Tax card", "summary": "For work.", "body": ""},
            "fi": {"title": "Verokortti", "summary": "Työhön.", "body": "Hae."},
        }
    )

    soup = page(client)

    assert said(soup.h1) == "Tax card"
    assert soup.select_one("main .text")["lang"] == "fi"
    assert notices(soup) == [
        "The rest of this page is not in your language yet. It is shown in this language: Finnish."
    ]


def test_the_fallback_follows_the_region_s_order(client):
    cast.entry(
        texts={
            language: {"title": language, "summary": "S.", "body": "B."}
            for language in ("sv", "en")
        }
    )

    assert said(page(client, "/satamala/uk/entries/tax-card").h1) == "en"
    assert said(page(client, "/satamala/fi/entries/tax-card").h1) == "sv"


def test_machine_words_say_so(client):
    machine = {"title": "Tax", "summary": "S.", "made": "machine"}
    cast.entry("whole", texts={"en": {**machine, "body": "B."}})
    cast.entry("title", texts={"en": machine, "fi": {**machine, "made": "person", "body": "B."}})

    assert notices(page(client, "/satamala/en/entries/whole")) == [
        "This page was translated by a machine. A person has not checked it."
    ]
    assert notices(page(client, "/satamala/en/entries/title"))[0].startswith(
        "The title and summary were translated by a machine. A person has not checked them."
    )


def test_easy_language_is_a_language_of_its_own_with_its_mark(client):
    cast.region(languages=[*cast.LANGUAGES, "fi-simple"])
    topic = cast.topic("tax", labels={"fi": "Verot", "en": "Tax"})
    words = {"summary": "S.", "body": "B."}
    cast.entry(
        texts={"fi": {"title": "Vero", **words}, "fi-simple": {"title": "Helppo", **words}},
        topics=[topic],
    )

    easy = page(client, "/satamala/fi-simple/entries/tax-card")
    usual = page(client, "/satamala/fi/entries/tax-card")

    assert (easy.html["lang"], easy.html["dir"]) == ("fi-simple", "ltr")
    assert said(easy.h1) == "Helppo"
    assert said(easy.select_one("main .badge")) == "Selkosuomi"
    assert said(easy.select_one(".crumbs li:last-child")) == "Verot"
    assert said(easy.select_one("footer a")) == "Etusivu"
    assert notices(easy) == []
    assert said(easy.select_one("nav.languages a[aria-current]")) == "Selkosuomi"
    assert said(usual.h1) == "Vero"
    assert usual.select("main .badge") == []
    assert [a["href"] for a in usual.select("main a") if said(a) == "Lue tämä selkokielellä"] == [
        "/satamala/fi-simple/entries/tax-card"
    ]


def test_what_is_not_in_easy_language_yet_is_shown_as_usual_and_says_so(client):
    cast.region(languages=["fi", "en", "fi-simple"])
    cast.entry(texts={"en": "Tax", "fi": {"title": "Vero", "summary": "S.", "body": "B."}})

    soup = page(client, "/satamala/fi-simple/entries/tax-card")

    assert said(soup.h1) == "Vero"
    assert notices(soup) == ["Tätä sivua ei ole vielä selkokielellä."]


def test_the_words_of_the_service_say_who_made_them(client):
    cast.entry(texts={"uk": "Податок"})

    by_machine = page(client, "/satamala/uk/entries/tax-card").footer
    by_people = page(client).footer

    assert "Сервіс переклала цією мовою машина." in said(by_machine)
    assert "machine" not in said(by_people)
