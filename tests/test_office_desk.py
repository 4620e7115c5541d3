"""J1's second half and J4 as people live them: Amina asks, Ritva answers in two languages at the
desk, Amina reads; and what an adviser types survives a cut line, a sign-out and a crash."""

import pytest

from .test_axe import ALL, AXE, RUN
from .test_office_journey import asks, go_on, opens, phone
from .visit import python

__all__ = ["phone"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

SET_UP = """
from satama.accounts.actions import link
from satama.accounts.models import User
from satama.databank.models import Member, Region
from satama.office.models import Phrase
kokkola = Region.objects.get(slug="kokkola")
ritva, _new = User.objects.get_or_create(email="ritva-desk@kokkola.example")
ritva.first_name = "Ritva"
ritva.is_staff = True
ritva.save()
Member.objects.get_or_create(user=ritva, region=kokkola, defaults={"role": "adviser"})
texts = {"en": ["Thank you for your question."], "ar": ["شكرا على سؤالك."]}
Phrase.objects.get_or_create(region=kokkola, kind="greeting", name="Thanks", texts=texts)
print(link(ritva))
"""
TEAR_DOWN = """
from satama.accounts.models import User
from satama.office.models import Phrase
User.objects.filter(email="ritva-desk@kokkola.example").delete()
Phrase.objects.filter(name="Thanks").delete()
"""
REPLY = {"en": "Come and see us.", "ar": "تعالوا إلينا."}
GREETING = {"en": "Thank you for your question.", "ar": "شكرا على سؤالك."}


@pytest.fixture
def door(server) -> str:
    """An address that signs Ritva in."""
    yield python(server, *SET_UP.strip().splitlines()).strip()
    python(server, *TEAR_DOWN.strip().splitlines())


@pytest.fixture
def desk(chromium, door):
    """Ritva's browser, at the desk."""
    context = chromium.new_context(
        locale="en", viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    tab = context.new_page()
    enter(tab, door)
    yield tab
    context.close()


def enter(tab, door: str) -> None:
    tab.goto(door)
    with tab.expect_navigation():
        tab.locator("main button.go").click()


def newest(server) -> str:
    return python(
        server,
        "from satama.threads.models import Thread",
        "print(Thread.objects.order_by('-pk').first().pk)",
    ).strip()


def asked(server, language: str = "en") -> str:
    """A question in a folder; its number."""
    return python(
        server,
        "from satama.accounts.folders import actions as folders",
        "from satama.databank.models import Region",
        "from satama.threads import actions",
        "r = Region.objects.get(slug='kokkola')",
        f"f, _code = folders.begin(language={language!r}, keep=90, on=r.today())",
        f"q = actions.Question(kind='question', language={language!r}, text='A tax card?')",
        "print(actions.ask(r, q, folder=f).pk)",
    ).strip()


def faults(tab) -> list[str]:
    """Of our part of the page; what is around it is Wagtail's."""
    tab.evaluate(AXE)
    report = tab.evaluate(RUN, ALL)
    assert report["passes"]
    found = [f"{f['id']}: {n['html'][:150]}" for f in report["violations"] for n in f["nodes"]]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_ritva_answers_in_two_languages_and_amina_reads_hers(server, desk, phone, language):
    home = f"{server.url}/kokkola/{language}/"
    code = asks(phone(), home, language, lambda page: None)
    number = newest(server)

    desk.goto(f"{server.url}/staff/desk/")
    desk.locator(f'.inbox a[href="/staff/desk/{number}/"]').click()
    words = desk.locator(".desk-visitor .desk-words").first
    assert "zqneedle" in words.inner_text()
    assert words.evaluate("e => getComputedStyle(e).direction") == (
        "rtl" if language == "ar" else "ltr"
    )
    desk.get_by_text("Approved phrases").click()
    desk.locator("[data-phrase]").first.click()
    reply = desk.locator("#desk-reply")
    assert reply.input_value() == GREETING[language]
    reply.evaluate("field => field.setSelectionRange(field.value.length, field.value.length)")
    desk.keyboard.type(f"\n\n{REPLY[language]} ")
    choose_tax_card(desk)
    if language == "ar":
        own = desk.locator("#desk-own")
        assert own.input_value() == GREETING["en"]
        own.fill("Come and see us.")
    go_on(desk, "button[name=preview]")
    link = desk.locator(".desk-preview a")
    assert link.get_attribute("href") == f"/kokkola/{language}/entries/tax-card"
    desk.locator("#desk-reply").focus()
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    assert "The answer is sent." in desk.locator("body").inner_text()
    assert desk.evaluate("Object.keys(localStorage).filter(k => k.startsWith('satama'))") == []

    own_phone = phone()
    opens(own_phone, home, code)
    go_on(own_phone, ".results a >> nth=0")
    said = own_phone.locator(".talk .desk .said").first
    assert REPLY[language] in said.inner_text() and GREETING[language] in said.inner_text()
    assert said.evaluate("e => getComputedStyle(e).direction") == words_run(language)
    assert "/entries/tax-card" in said.locator("a").get_attribute("href")


def words_run(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"


def choose_tax_card(desk) -> None:
    desk.locator('[data-for="desk-reply"][data-choose*="entries"]').click()
    desk.locator("#pick-q").fill("tax-card")
    desk.locator('[data-key="tax-card"]').click()


def test_what_was_typed_comes_back_after_a_crash_and_a_new_sign_in(server, desk, door):
    number = asked(server)
    desk.goto(f"{server.url}/staff/desk/{number}/")
    desk.locator("#desk-reply").press_sequentially("Half an answ")
    desk.context.clear_cookies()  # the session ran out
    desk.locator("button[name=send]").click()
    desk.locator("#desk-cut a").wait_for()
    assert "You are signed out" in desk.locator("#desk-cut").inner_text()
    assert desk.locator("#desk-reply").input_value() == "Half an answ"

    again = desk.context.new_page()  # the link in the alert opens one
    enter(again, python(server, *SET_UP.strip().splitlines()).strip())
    again.goto(f"{server.url}/staff/desk/{number}/")
    assert again.locator("#desk-reply").input_value() == "Half an answ"
    assert "is back" in again.locator("#desk-back").inner_text()
    again.close()

    with desk.expect_navigation():  # the old page sends as well, with a fresh token
        desk.locator("button[name=send]").click()
    assert "Half an answ" in desk.locator(".desk-desk").inner_text()
    desk.reload()
    assert desk.locator("#desk-reply").input_value() == ""


def test_without_a_connection_it_waits_and_goes_once_there_is_one(server, desk):
    number = asked(server)
    desk.goto(f"{server.url}/staff/desk/{number}/")
    desk.locator("#desk-reply").fill("Come and see us.")
    desk.context.set_offline(True)
    desk.locator("button[name=send]").click()
    # An earlier request may still arrive and take the words away until the next try.
    desk.locator("#desk-cut:not([hidden])", has_text="There is no connection").wait_for()
    assert desk.locator("#desk-reply").input_value() == "Come and see us."

    with desk.expect_navigation():
        desk.context.set_offline(False)
    assert desk.locator(".desk-desk").count() == 1


def test_an_answer_that_arrived_while_its_page_was_lost_is_not_offered_again(server, desk):
    number = asked(server)
    desk.goto(f"{server.url}/staff/desk/{number}/")
    desk.locator("#desk-reply").fill("Come and see us.")

    def lose(route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    desk.route("**/staff/desk/*/", lose)
    with desk.expect_event("requestfailed"):
        desk.locator("button[name=send]").click()
    desk.unroute("**/staff/desk/*/")
    desk.goto(f"{server.url}/staff/desk/{number}/")
    assert desk.locator(".desk-desk").count() == 1
    assert desk.locator("#desk-reply").input_value() == ""


def test_signing_out_leaves_nothing_in_the_browser(server, desk):
    number = asked(server)
    desk.goto(f"{server.url}/staff/desk/{number}/")
    desk.locator("#desk-reply").fill("Half an answer")
    kept = "Object.keys(localStorage).filter(k => k.startsWith('satama-desk'))"
    assert len(desk.evaluate(kept)) == 1
    desk.locator(".sidebar-footer button").first.click()
    with desk.expect_navigation():
        desk.get_by_text("Log out").click()
    assert desk.evaluate(kept) == []


def test_who_comes_second_is_told_while_the_first_writes(server, desk, chromium):
    number = asked(server)
    python(
        server,
        "from satama.accounts.models import User",
        "from satama.threads import actions",
        "from satama.threads.models import Thread",
        "o, _ = User.objects.get_or_create(email='oskari@kokkola.example', first_name='Oskari')",
        f"actions.hold(Thread.objects.get(pk={number}), by=o)",
    )
    desk.goto(f"{server.url}/staff/desk/{number}/")
    assert "Oskari has been answering since" in desk.locator("#desk-held").inner_text()
    desk.locator("#desk-reply").fill("Me too.")
    with desk.expect_navigation():
        desk.locator("button[name=send]").click()
    assert "A colleague is answering" in desk.locator("main").inner_text()
    assert desk.locator("#desk-reply").input_value() == "Me too."


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fi", 360)])
def test_without_scripts_what_she_wrote_outlives_a_sign_out(
    server, chromium, door, language, width
):
    context = chromium.new_context(
        locale=language, viewport={"width": width, "height": 900}, java_script_enabled=False
    )
    number, tab = asked(server, "ar"), context.new_page()
    enter(tab, door)
    tab.goto(f"{server.url}/staff/desk/{number}/")
    tab.locator("#desk-reply").fill("تعالوا إلينا.\nغداً.")
    context.clear_cookies(name="sessionid")
    tab.locator("button[name=send]").click()
    reply = tab.locator("textarea[name=reply]")
    assert reply.input_value() == "تعالوا إلينا.\nغداً."

    with context.expect_page() as opened:
        tab.locator("main a[target=_blank]").click()
    enter(opened.value, python(server, *SET_UP.strip().splitlines()).strip())
    tab.locator("main button.go").click()
    assert reply.input_value() == "تعالوا إلينا.\nغداً."
    assert tab.locator("main a[target=_blank]").count() == 0
    tab.locator("main button.go").click()
    assert "تعالوا إلينا." in tab.locator(".desk-desk .desk-words").first.inner_text()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_axe_finds_no_fault_at_the_desk(server, chromium, door, language, width):
    number = asked(server, "ar")
    context = chromium.new_context(
        locale=language, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    tab, found = context.new_page(), {}
    enter(tab, door)
    for page in ("", f"{number}/", "walk-in/"):
        tab.goto(f"{server.url}/staff/desk/{page}")
        tab.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        found[page] = faults(tab)
    tab.locator("textarea[name=text]").fill("A tax card?")
    with tab.expect_navigation():
        tab.locator("main form button.button").click()
    found["code"] = faults(tab)
    tab.goto(f"{server.url}/staff/desk/{number}/")
    tab.locator("details:has(form[action$='/note/']) summary").click()
    tab.locator("form[action$='/note/'] textarea").fill("Call her.")
    context.clear_cookies(name="sessionid")
    with tab.expect_navigation():
        tab.locator("form[action$='/note/'] button").click()
    assert tab.locator("textarea[name=text]").input_value() == "Call her."
    found["signed out"] = faults(tab)
    context.close()
    assert {page: said for page, said in found.items() if said} == {}
