"""The secretary of an association, and an editor: from the link in the mail to the public page."""

import re

import pytest

from .test_axe import faults
from .visit import ask, python

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

MODELS = "from satama.databank.models import *"
PEOPLE = "from satama.accounts.models import User; from satama.accounts.actions import link"
MAKE = """
region = Region.objects.get(slug="kokkola")
choir = Organisation.objects.create(
    region=region, slug="journey-choir", kind="association", names={"en": "Harbour Choir"}
)
oleh = User.objects.create_user("oleh@choir.example")
ritva = User.objects.create_user("ritva@kokkola.example", is_staff=True)
Member.objects.create(user=oleh, role="owner", organisation=choir)
Member.objects.create(user=ritva, role="editor", region=region)
print(link(oleh)); print(link(ritva))
"""
FORGET = """
lead = Redirect.objects.update_or_create
choir = Organisation.objects.get(slug="journey-choir")
own = Entry.objects.filter(organisation=choir)
old = {f"entries/{e.slug}": "entries/welcome-office" for e in own}
old["organisations/journey-choir"] = "organisations/kela"
made = [lead(region=choir.region, path=path, defaults={"to": to}) for path, to in old.items()]
Entry.objects.filter(organisation=choir).delete()
Fact.objects.filter(owner=choir).delete()
choir.delete()
User.objects.filter(email__in=["oleh@choir.example", "ritva@kokkola.example"]).delete()
"""
WORDS = {
    "en": ("Singing on Mondays", "Sing with us.", "On Mondays from 17 to 19."),
    "ar": ("أمسية غناء", "غنّوا معنا.", "كل يوم اثنين من الساعة 17 إلى 19."),
}
NAMES = {"en": "singing-on-mondays", "ar": "journey-choir-group"}


@pytest.fixture
def links(server):
    """Addresses that sign Oleh, the association's secretary, and Ritva, editor, in."""
    made = python(server, MODELS, PEOPLE, *MAKE.strip().splitlines())
    yield made.split()
    python(server, MODELS, PEOPLE, *FORGET.strip().splitlines())


@pytest.fixture
def phone(chromium):
    """A narrow screen, into which axe can be put."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium):
    context = chromium.new_context(locale="en", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def fits(tab) -> bool:
    """Nothing has to be moved sideways."""
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def enter(tab, link: str) -> None:
    tab.goto(link)
    tab.locator("main button.go").click()


def check(tab) -> None:
    assert fits(tab)
    assert faults(tab) == []


def write(tab, words: tuple[str, str, str]) -> None:
    """Fill in the short form: first nothing, then what is needed."""
    tab.locator("form button.go").click()
    assert tab.locator(".error-summary a").count() >= 5
    check(tab)
    for name, said in zip(("title", "summary", "body"), words, strict=True):
        tab.locator(f"#id_{name}").fill(said)
    for box in ("kind][value=group", "audiences][value=everyone", "charge][value=free"):
        tab.locator(f"input[name={box}]").check()
    tab.locator("#id_topic").select_option(index=3)
    tab.locator("#id_phone").fill("040 123 4567")
    tab.locator("form button.go").click()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_group_is_written_released_and_read(server, links, phone, desk, language):
    title, _summary, body = WORDS[language]
    home = f"{server.url}/kokkola/{language}/partner"
    public = f"{server.url}/kokkola/{language}/entries/{NAMES[language]}"

    phone.goto(home)
    assert "/staff/sign-in/login/?next=" in phone.url
    check(phone)
    phone.goto(links[0])
    check(phone)
    enter(phone, links[0])
    phone.goto(home)
    check(phone)

    phone.locator("a.go").click()
    write(phone, WORDS[language])
    assert phone.locator("h1").inner_text().replace("\u00ad", "") == title
    check(phone)
    phone.locator("form button.go").click()
    assert phone.url == home and phone.get_by_role("status").count() == 1
    check(phone)
    assert ask(public).status == 404

    enter(desk, links[1])
    desk.get_by_role("button", name=re.compile(f"^Release ?: {title}")).click()
    desk.wait_for_load_state()
    assert desk.get_by_role("heading", name=title).count() == 0

    phone.goto(public)
    assert body in phone.locator(".text").inner_text()
    check(phone)
