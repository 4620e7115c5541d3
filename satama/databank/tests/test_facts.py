"""One value, in the words of every language; out of date, it sends to who knows."""

from datetime import date

import pytest
from django.utils import translation

from satama.databank.facts import Shown, check_with, html, value_html

TODAY = date(2026, 11, 23)
NBSP, RTL = "\u00a0", "\u200f"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def shown(type: str, value, **changes) -> Shown:
    fields = {"key": "fee", "confirmed": True, "owner": "Tax Office", "owner_url": ""}
    return Shown(type=type, value=value, **fields | changes)


def in_all(type: str, value) -> dict[str, str]:
    return {
        language: str(value_html(type, value, language, [language, "en"], TODAY))
        for language in ("en", "fi", "sv", "uk", "ru", "ar")
    }


def test_money():
    assert in_all("money", "590 EUR") == {
        "en": "€590",
        "fi": f"590{NBSP}€",
        "sv": f"590{NBSP}€",
        "uk": f"590{NBSP}EUR",
        "ru": f"590{NBSP}€",
        "ar": f"{RTL}590{NBSP}€",
    }


def test_money_with_cents():
    assert in_all("money", "12.50 EUR") == {
        "en": "€12.50",
        "fi": f"12,50{NBSP}€",
        "sv": f"12,50{NBSP}€",
        "uk": f"12,50{NBSP}EUR",
        "ru": f"12,50{NBSP}€",
        "ar": f"{RTL}12.50{NBSP}€",
    }


def test_money_from_to():
    assert in_all("money", "380-480 EUR") == {
        "en": "€380 – €480",
        "fi": f"380{NBSP}€ – 480{NBSP}€",
        "sv": f"380{NBSP}€ – 480{NBSP}€",
        "uk": f"380{NBSP}EUR – 480{NBSP}EUR",
        "ru": f"380{NBSP}€ – 480{NBSP}€",
        "ar": f"{RTL}380{NBSP}€ – {RTL}480{NBSP}€",
    }


def test_a_date():
    assert in_all("date", "2027-01-01") == {
        "en": "1 January 2027",
        "fi": "1. tammikuuta 2027",
        "sv": "1 januari 2027",
        "uk": "1 січня 2027",
        "ru": "1 января 2027",
        "ar": "1 يناير 2027",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("P14D", ["14 days", "14 päivää", "14 dagar", "14 днів", "14 дней", "14 يومًا"]),
        ("P1Y", ["1 year", "1 vuosi", "1 år", "1 рік", "1 год", "سنة"]),
        ("PT2H", ["2 hours", "2 tuntia", "2 timmar", "2 години", "2 часа", "ساعتان"]),
        (
            "P1M/P2M",
            [
                "1–2 months",
                "1–2 kuukautta",
                "1–2 månader",
                "1–2 місяці",
                "1–2 месяца",
                "شهر – شهران",
            ],
        ),
    ],
)
def test_a_duration(value, words):
    assert list(in_all("duration", value).values()) == words


def test_hours():
    assert in_all("hours", "Mo 15:00-17:00; Th-Fr 09:30-11:30; PH off") == {
        "en": "Monday 15:00–17:00; Thursday – Friday 09:30–11:30",
        "fi": "maanantai 15.00–17.00; torstai – perjantai 09.30–11.30",
        "sv": "måndag 15:00–17:00; torsdag – fredag 09:30–11:30",
        "uk": "понеділок 15:00–17:00; четвер – пʼятниця 09:30–11:30",
        "ru": "понедельник 15:00–17:00; четверг – пятница 09:30–11:30",
        "ar": "الاثنين 15:00–17:00; الخميس – الجمعة 09:30–11:30",
    }


@pytest.mark.parametrize(
    ("type", "value", "link"),
    [
        (
            "phone",
            "+358 29 419 0600",
            '<a class="nowrap" href="tel:+358294190600" dir="ltr">+358 29 419 0600</a>',
        ),
        ("phone", "116 117", '<a class="nowrap" href="tel:116117" dir="ltr">116 117</a>'),
        ("email", "a@tax.example", '<a href="mailto:a@tax.example" dir="ltr">a@tax.example</a>'),
        (
            "url",
            "https://www.tax.example/card?a=1&b=2",
            '<a href="https://www.tax.example/card?a=1&amp;b=2" rel="noopener" dir="ltr">'
            "tax.example</a>",
        ),
    ],
)
def test_what_is_dialled_and_linked_is_the_same_in_every_language(type, value, link):
    assert set(in_all(type, value).values()) == {link}


def test_words_are_in_the_reader_s_language_or_say_in_which():
    assert in_all("text", {"en": "ferry", "fi": "lautta"}) == {
        "en": "<bdi>ferry</bdi>",
        "fi": "<bdi>lautta</bdi>",
        "sv": '<bdi lang="en">ferry</bdi>',
        "uk": '<bdi lang="en">ferry</bdi>',
        "ru": '<bdi lang="en">ferry</bdi>',
        "ar": '<bdi lang="en">ferry</bdi>',
    }
    assert set(in_all("text", "Satamakatu 1").values()) == {"<bdi>Satamakatu 1</bdi>"}


def test_what_could_not_be_confirmed_says_so():
    unsure = shown("money", "590 EUR", confirmed=False)

    assert html(unsure, "en", ["en"], TODAY) == '€590 <span class="unsure">(not confirmed)</span>'


def test_out_of_date_it_sends_to_its_owner():
    gone = shown("money", None, owner_url="https://tax.example/?a=1&b=2")

    assert html(gone, "en", ["en"], TODAY) == (
        'check with <a href="https://tax.example/?a=1&amp;b=2" rel="noopener">'
        "<bdi>Tax Office</bdi></a>"
    )


def test_an_owner_without_a_link_is_named():
    assert check_with(shown("money", None)) == "check with <bdi>Tax Office</bdi>"


def test_without_an_owner_it_sends_to_the_authority():
    assert check_with(shown("money", None, owner="")) == "<span>ask the authority</span>"


BAD = '"><script>alert(1)</script>'
SAFE = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("type", "value", "expected"),
    [
        ("text", BAD, f"<bdi>{SAFE}</bdi>"),
        ("text", {"en": BAD}, f"<bdi>{SAFE}</bdi>"),
        ("phone", BAD, f'<a class="nowrap" href="tel:1" dir="ltr">{SAFE}</a>'),
        ("email", BAD, f'<a href="mailto:{SAFE}" dir="ltr">{SAFE}</a>'),
        (
            "url",
            f"https://x.example/{BAD}",
            f'<a href="https://x.example/{SAFE}" rel="noopener" dir="ltr">x.example</a>',
        ),
        ("unheard-of", BAD, SAFE),
    ],
)
def test_nothing_in_a_value_becomes_html(type, value, expected):
    assert html(shown(type, value), "en", ["en"], TODAY) == expected


def test_nothing_in_a_language_code_or_an_owner_becomes_html():
    spoken = html(shown("text", {BAD: "words"}), "en", ["en"], TODAY)
    owned = check_with(shown("text", None, owner=BAD, owner_url=BAD))

    assert spoken == f'<bdi lang="{SAFE}">words</bdi>'
    assert owned == f"check with <bdi>{SAFE}</bdi>"  # its address leads to no web page
