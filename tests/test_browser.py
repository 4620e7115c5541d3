"""A newcomer at the keyboard: the whole way from a question to an answer, in a real browser."""

import re
from urllib.parse import urljoin

import pytest

from .visit import KINDS, ask

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("server")]

OTHER = "words => document.querySelector('[role=status]').innerText !== words"


@pytest.fixture
def home(server) -> str:
    return f"{server.url}/kokkola/en/"


def results(page) -> int:
    """How many answers are announced."""
    return int(re.search(r"\d+", page.get_by_role("status").inner_text()).group())


def test_suggestions_come_while_typing_and_lead_to_answers(page, home):
    page.goto(home)
    page.locator("#q").press_sequentially("tax")
    suggestion = page.locator("#suggestions a").first
    suggestion.wait_for()
    words = suggestion.inner_text()

    suggestion.click()

    assert page.locator("#q").input_value() == words
    assert page.get_by_role("heading", level=1).inner_text() == "Answers"
    assert results(page) >= 1


def test_a_filter_narrows_the_answers_announces_them_and_stays_in_the_address(page, home):
    page.goto(f"{home}find")
    everything = results(page)

    page.get_by_label("Topic").select_option("tax")
    page.wait_for_url("**topic=tax**")
    page.wait_for_function(OTHER, arg=f"{everything} answers")
    narrowed = results(page)

    assert 1 <= narrowed < everything
    assert page.get_by_role("heading", level=1).count() == 1
    page.reload()
    assert results(page) == narrowed


def test_the_back_button_undoes_a_filter_and_forward_does_it_again(page, home):
    page.goto(f"{home}find")
    everything = results(page)
    page.get_by_label("Topic").select_option("tax")
    page.wait_for_url("**topic=tax**")

    page.go_back()
    page.wait_for_url(f"{home}find")
    page.get_by_text(f"{everything} answers").wait_for()
    page.go_forward()
    page.wait_for_url("**topic=tax**")
    page.wait_for_function(OTHER, arg=f"{everything} answers")

    assert results(page) < everything
    assert page.get_by_role("banner").count() == 1  # the whole page came back, not only its part


def test_the_back_button_leads_from_an_answer_to_the_answers(page, home):
    page.goto(home)
    page.locator("#q").fill("tax card")
    page.locator("#q").press("Enter")
    page.wait_for_url("**find?q=tax**")
    found = results(page)

    page.locator(".results a").first.click()
    page.wait_for_url("**/entries/**")
    page.go_back()

    assert page.locator("#q").input_value() == "tax card"
    assert results(page) == found


@pytest.mark.parametrize("path", ["topics/tax", "entries/tax-card", "find?topic=tax", "about"])
def test_the_language_switch_keeps_the_page(page, home, path):
    page.goto(home + path)

    page.locator("nav.languages").get_by_text("Suomi", exact=True).click()

    assert page.url == home.replace("/en/", "/fi/") + path
    assert page.locator("html").get_attribute("lang") == "fi"
    assert page.locator("nav.languages [aria-current]").inner_text() == "Suomi"


def test_the_language_switch_keeps_the_question(page, home):
    page.goto(f"{home}find?q=tax+card")

    page.locator("nav.languages").get_by_text("Suomi", exact=True).click()

    assert page.locator("#q").input_value() == "tax card"
    assert results(page) >= 1


def test_a_question_without_an_answer_offers_ways_on(page, home):
    page.goto(f"{home}find?q=zzqqxxyy&topic=tax")

    ways = [way.get_attribute("href") for way in page.locator("#results a").all()]
    ways += [way.get_attribute("action") for way in page.locator("#results form").all()]

    assert results(page) == 0
    assert len(ways) >= 3
    assert {ask(urljoin(home, way)).status for way in ways} == {200}


def test_an_arabic_reader_asks_and_reads_from_right_to_left(page, server):
    page.goto(f"{server.url}/kokkola/ar/")

    page.locator("#q").fill("بطاقة ضريبية")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/ar/find?q=**")
    found = results(page)
    page.locator(".results a").first.click()
    page.wait_for_url("**/ar/entries/**")

    assert found >= 1
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"


@pytest.mark.parametrize("words", ["بطاقة ضريبية", "tax card", "податкова картка"])
def test_the_question_box_follows_the_direction_of_what_is_typed(page, server, words):
    page.goto(f"{server.url}/kokkola/ar/")
    page.locator("#q").fill(words)

    direction = page.evaluate("getComputedStyle(document.querySelector('#q')).direction")

    assert direction == ("rtl" if words[0] == "ب" else "ltr")


def test_phone_numbers_stay_left_to_right_in_arabic(page, server):
    page.goto(f"{server.url}/kokkola/ar/entries/welcome-office")

    numbers = page.locator('a[href^="tel:"]').all()

    assert len(numbers) >= 2
    for number in numbers:
        assert number.evaluate("a => getComputedStyle(a).direction") == "ltr"
        assert first_is_left(number)


def first_is_left(link) -> bool:
    """Whether the first character is drawn left of the last."""
    return link.evaluate(
        """a => {
            const text = a.firstChild, all = text.length, side = (from, to) => {
                const range = document.createRange();
                range.setStart(text, from); range.setEnd(text, to);
                return range.getBoundingClientRect().left;
            };
            return side(0, 1) < side(all - 1, all);
        }"""
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["entry", "organisation", "topic"])
def test_a_printed_page_is_its_text_without_the_ways_around(page, server, language, kind):
    page.goto(f"{server.url}/kokkola/{language}/{KINDS[kind]}")

    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator("main .facts, main .results").first.is_visible()
    for hidden in ("nav.languages", "footer nav", ".noprint", ".skip", "nav.crumbs"):
        assert not any(found.is_visible() for found in page.locator(hidden).all()), hidden
    assert page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_page_is_drawn_in_dark_and_in_forced_colours(page, home, media):
    page.goto(home)
    light = page.screenshot()

    page.emulate_media(**media)
    drawn = page.screenshot()

    assert len(drawn) > 20_000
    assert drawn != light


def test_less_motion_is_respected(page, home):
    page.emulate_media(reduced_motion="reduce")
    page.goto(home)

    moving = page.evaluate("document.getAnimations().length")

    assert moving == 0
