"""J12 and J1 as people live them: a question from a borrowed phone, the code kept on paper, the
answer later, and everything erased; with and without scripts, left to right and right to left."""

import re

import pytest

from .test_axe import AXE, RUN
from .visit import ask, python

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

PHONE = {"width": 360, "height": 740}
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS = {
    "en": "My boss does not pay my wages zqneedle",
    "ar": "صاحب العمل لا يدفع راتبي zqneedle",
}
DANGER = {"en": "My boss threatens me", "ar": "المدير يهددني"}


@pytest.fixture
def phone(chromium):
    """Phones of visitors: each its own; `scripts=False` for those without."""
    opened = []

    def one(scripts: bool = True):
        context = chromium.new_context(
            viewport=PHONE, java_script_enabled=scripts, bypass_csp=False
        )
        opened.append(context)
        return context.new_page()

    yield one
    for context in opened:
        context.close()


def go_on(tab, selector: str) -> None:
    with tab.expect_navigation():
        tab.locator(selector).click()


def sends(tab) -> None:
    """Presses send; once more if it was faster than people are."""
    go_on(tab, "main form:has(textarea) .go")
    if tab.locator("main textarea[name=text]").count() and "/ask" in tab.url:
        go_on(tab, "main form:has(textarea) .go")


def keeps(tab) -> str:
    code = tab.locator("#code").inner_text()
    tab.locator("#f-saved").check()
    go_on(tab, "main form:has(#f-saved) .go")
    return code


def opens(tab, home: str, code: str) -> None:
    tab.goto(f"{home}folder")
    tab.locator("[name=code]").fill(code.lower())
    go_on(tab, "main form:has([name=code]) .go")


def faults(chromium, tab) -> list[str]:
    """What axe says of the page as it stands, put there past the page's own policy."""
    html, url = tab.content(), tab.url
    context = chromium.new_context(viewport=PHONE, bypass_csp=True)
    context.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
    looker = context.new_page()
    looker.goto(url)
    looker.evaluate(AXE)
    report = looker.evaluate(RUN, AA)
    wide = looker.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert report["passes"]
    found = [f"{f['id']}: {n['html'][:150]}" for f in report["violations"] for n in f["nodes"]]
    return found + (["wider than the phone"] if wide else [])


def asks(tab, home: str, language: str, look) -> str:
    """From a page to the code that she keeps, and away from the borrowed phone; the code."""
    tab.goto(f"{home}entries/work-rights")
    go_on(tab, 'main a[href*="/ask?page=entries/work-rights"] >> nth=0')
    look("ask")
    tab.locator("textarea").fill(f"{WORDS[language]}. {DANGER[language]}")
    sends(tab)
    assert tab.locator('.call a[href="tel:112"]').count() >= 1
    look("danger")
    go_on(tab, "button[name=calls]")
    assert tab.url == f"{home}folder/code"
    look("code")
    code = keeps(tab)
    look("folder")
    go_on(tab, 'main form[action$="/folder/close"]:not(.leave form) button >> nth=-1')
    assert tab.url == home
    tab.go_back()
    assert "zqneedle" not in tab.content()
    return code


def ritva_answers(server, language: str) -> str:
    """The number of the newest question, which she has read and answered."""
    said = python(
        server,
        "from satama.threads.models import Thread",
        "from satama.threads import actions",
        "from satama.accounts.models import User",
        "t = Thread.objects.order_by('-pk').first()",
        "by, _new = User.objects.get_or_create(email='ritva-asks@kokkola.example')",
        "actions.look(t, by=by, role='Adviser')",
        "seen = t.messages.last().pk",
        f"actions.answer(t, text='Come and see us.', language={language!r}, seen=seen, by=by)",
        "print(t.pk, t.page)",
    ).split()
    assert said[1] == "entries/work-rights"
    return said[0]


def reads_and_erases(tab, home: str, code: str, look) -> None:
    opens(tab, home, code)
    go_on(tab, ".results a >> nth=0")
    assert "Come and see us." in tab.content()
    assert "Adviser" in tab.locator("main").inner_text()
    look("thread")
    tab.goto(f"{home}folder/erase")
    look("erase")
    go_on(tab, 'main form[action$="/folder/erase"] .go')
    opens(tab, home, code)
    look("closed")
    assert tab.locator(".error-summary").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_she_asks_from_a_borrowed_phone_and_reads_the_answer_on_another(
    server, chromium, phone, language, scripts
):
    home = f"{server.url}/kokkola/{language}/"
    borrowed, own, seen = phone(scripts), phone(scripts), {}

    def looking(tab):
        return lambda page: seen.update({page: faults(chromium, tab)})

    code = asks(borrowed, home, language, looking(borrowed))
    number = ritva_answers(server, language)
    reads_and_erases(own, home, code, looking(own))

    count = f"print(Thread.objects.filter(pk={number}).count())"
    assert python(server, "from satama.threads.models import Thread", count).strip() == "0"
    assert {page: found for page, found in seen.items() if found} == {}
    assert len(seen) == 7
    log = server.log.read_text()
    assert "zqneedle" not in log and code not in log


@pytest.fixture
def home(server) -> str:
    return f"{server.url}/kokkola/en/"


def test_while_she_writes_likely_answers_and_numbers_to_call_appear(page, home):
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.goto(f"{home}ask")
    page.locator("textarea").press_sequentially("How do I get a tax card? ")
    page.locator("#likely a").first.wait_for()
    page.locator("textarea").press_sequentially("He beats me")
    page.locator("#danger li").first.wait_for()

    assert page.locator('#danger a[href="tel:112"]').is_visible()
    assert ("POST", f"{home}likely") in asked
    assert not any("tax" in url.split("/kokkola/")[-1] for _method, url in asked)


def test_the_language_switch_keeps_a_half_written_question(page, home):
    page.goto(f"{home}ask")
    page.locator("textarea").fill("Half a quest")
    with page.expect_navigation():
        page.locator("nav.languages").get_by_text("Suomi", exact=True).click()

    assert page.url == home.replace("/en/", "/fi/") + "ask"
    assert page.locator("textarea").input_value() == "Half a quest"


def test_a_failed_search_hands_its_words_over_without_an_address(page, home):
    page.goto(f"{home}find?q=zzqqxxyy")
    with page.expect_navigation():
        page.locator('form[action$="/ask"] button').click()

    assert page.url == f"{home}ask"
    assert page.locator("[name=searched]").input_value() == "zzqqxxyy"


def test_a_scanned_code_fills_its_field_and_leaves_the_address(page, home):
    page.goto(f"{home}folder#0123456789ABCDEF")

    assert page.locator("[name=code]").input_value() == "0123-4567-89AB-CDEF"
    assert page.url == f"{home}folder"


@pytest.mark.parametrize("how", ["button", "escape"])
def test_a_page_is_left_quickly_and_the_way_back_shows_nothing(page, home, how):
    page.goto(f"{home}about")
    page.goto(f"{home}ask")
    page.locator("textarea").fill("zqneedle")
    with page.expect_navigation(url=home):
        if how == "button":
            page.locator("[data-leave] button").click()
        else:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")

    page.go_back()
    assert page.url == f"{home}about"


def test_leaving_quickly_closes_the_folder(page, home):
    page.goto(f"{home}folder")
    with page.expect_navigation():
        page.locator('form[action$="/folder/new"] button').click()
    keeps(page)
    with page.expect_navigation(url=home):
        page.locator("[data-leave] button").click()
    page.wait_for_timeout(500)

    page.goto(f"{home}folder")
    assert page.locator("[name=code]").is_visible()


def test_the_code_is_copied_printed_and_read_aloud_where_the_browser_can(chromium, home):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{home}folder")
    go_on(tab, 'form[action$="/folder/new"] button')
    code = tab.locator("#code").inner_text()
    tab.locator("[data-copy]").click()
    tab.locator("#said", has_text="Copied").wait_for()

    assert tab.evaluate("navigator.clipboard.readText()") == code
    assert tab.locator("[data-print]").is_visible()
    tab.emulate_media(media="print")
    shown = tab.locator("main").inner_text()
    assert code in shown and tab.locator("#word").is_visible()
    assert not tab.locator("#f-saved").is_visible()
    context.close()


def test_no_answer_of_the_office_is_kept_and_none_of_it_is_in_the_site_map(server, home):
    for path in ("ask", "folder", "feedback"):
        answer = ask(home + path)
        assert answer.headers["cache-control"] == "private, no-store"
        assert ask(home + path, if_none_match=answer.headers.get("etag", "x")).status in (200, 304)
    assert not re.search(r"/(ask|folder|feedback)<", ask(f"{server.url}/sitemap.xml").text)
