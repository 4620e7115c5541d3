"""J4, a busy Thursday of Ritva's, without bookings: a walk-in who speaks Arabic or English, a
phrase, a tally, a hand-over with consent, a colleague at the same question, and the office closes
early."""

import time

import pytest

from .test_office_desk import GREETING, desk, door, enter
from .test_office_journey import go_on, opens, phone
from .visit import ask, python

__all__ = ["desk", "door", "phone"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

ASKED = {"en": "My boss keeps my passport.", "ar": "المدير يحتفظ بجواز سفري."}
OSKARI = """
from satama.accounts.actions import link
from satama.accounts.models import User
from satama.databank.models import Member, Region
oskari, _new = User.objects.get_or_create(email="oskari-desk@kokkola.example")
oskari.is_staff = True
oskari.save()
kokkola = Region.objects.get(slug="kokkola")
Member.objects.get_or_create(user=oskari, region=kokkola, defaults={"role": "adviser"})
print(link(oskari))
"""
AFTER = """
from satama.accounts.models import User
from satama.databank.models import Closure
from satama.office.models import Contact
User.objects.filter(email="oskari-desk@kokkola.example").delete()
Closure.objects.all().delete()
Contact.objects.all().delete()
"""


@pytest.fixture
def oskari(server, chromium):
    """A colleague's browser."""
    context = chromium.new_context(locale="en", viewport={"width": 360, "height": 800})
    tab = context.new_page()
    enter(tab, python(server, *OSKARI.strip().splitlines()).strip())
    yield tab
    context.close()
    python(server, *AFTER.strip().splitlines())


def writes_down(desk, server, language: str) -> tuple[str, str]:
    """A walk-in's question; its number, and the code that they take home."""
    desk.goto(f"{server.url}/staff/desk/walk-in/")
    desk.locator("textarea[name=text]").fill(ASKED[language])
    desk.locator("[name=language]").select_option(language)
    go_on(desk, "main form button.button >> nth=0")
    code = desk.locator(".desk-code").inner_text()
    go_on(desk, 'main form[action$="/given/"] button')
    return desk.url.rstrip("/").rsplit("/", 1)[-1], code


def hands_over(desk) -> None:
    """To an authority, with the consent of who stands there; on the phone they have it."""
    form = desk.locator('form[action$="/handing/"]')
    desk.get_by_text("Hand over to another organisation").click()
    form.locator("select[name=to]").select_option(index=1)
    form.locator("[name=shared]").fill("Somebody keeps a passport that is not theirs.")
    form.locator("input[value=said]").check()
    with desk.expect_navigation():
        form.locator("button").click()
    go_on(desk, 'form[action$="/landed/"] button')
    assert "It landed on" in desk.locator("main").inner_text()


def counts(desk, server, language: str) -> None:
    desk.goto(f"{server.url}/staff/tally/")
    for value in ("desk", language, "led"):
        desk.locator(f"#tally input[value={value}]").first.check()
    desk.locator("#tally [type=submit]").click()
    desk.locator("#waits").get_by_text("All is sent.", exact=True).wait_for()


def closes_early(desk, server) -> None:
    desk.goto(f"{server.url}/staff/closures/")
    office = desk.locator("select[name=what] option", has_text="Welcome Office").first
    desk.locator("select[name=what]").select_option(office.get_attribute("value"))
    for code in ("en", "ar"):
        desk.locator(f"[name=reason-{code}]").fill("zqearly")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Close it").click()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_busy_thursday(server, desk, oskari, phone, language):
    number, code = writes_down(desk, server, language)
    desk.get_by_text("Approved phrases").click()
    with desk.expect_response("**/hold/"):
        desk.locator("[data-phrase]").first.click()
    assert desk.locator("#desk-reply").input_value() == GREETING[language]

    oskari.goto(f"{server.url}/staff/desk/{number}/")
    assert "Ritva has been answering since" in oskari.locator("#desk-held").inner_text()

    go_on(desk, "button[name=send]")
    hands_over(desk)

    counts(desk, server, language)
    closes_early(desk, server)
    home = f"{server.url}/kokkola/{language}/"
    end = time.monotonic() + 60
    while "zqearly" not in (page := ask(f"{home}office").text) and time.monotonic() < end:
        time.sleep(0.5)
    assert "zqearly" in page

    tab = phone()
    opens(tab, home, code)
    go_on(tab, ".results a >> nth=0")
    said = tab.locator("main").inner_text()
    assert GREETING[language] in said and ASKED[language] in said
