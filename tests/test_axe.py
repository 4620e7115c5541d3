"""Every kind of public page, left-to-right and right-to-left, light and dark, looked at by axe."""

from pathlib import Path

import axe_playwright_python
import pytest

from .visit import KINDS, ask, python, sitemap

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("server")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["cat.color"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"


@pytest.fixture(scope="module")
def tab(chromium):
    """A tab into which axe can be put from outside, so the page's own policy is set aside."""
    context = chromium.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def faults(tab, dark=COLOURS) -> list[str]:
    """What axe finds on the page as it stands: everything when light, the colours when dark."""
    tab.evaluate(AXE)
    found = []
    for scheme, tags in (("light", ALL), ("dark", dark)):
        tab.emulate_media(color_scheme=scheme)
        report = tab.evaluate(RUN, tags)
        assert report["passes"]  # it did look
        found += [
            f"{scheme}, {fault['id']}: {node['html'][:200]}"
            for fault in report["violations"]
            for node in fault["nodes"]
        ]
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_fault_on_a_public_page(server, tab, kind, language):
    tab.goto(f"{server.url}/kokkola/{language}/{KINDS[kind]}")

    assert faults(tab) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("status", ["ended", "closed"])
def test_axe_finds_no_fault_on_an_entry_that_is_no_longer_open(server, tab, language, status):
    with_status(server, "tax-card", status)
    try:
        tab.goto(f"{server.url}/kokkola/{language}/entries/tax-card?now={status}")
        notices = tab.locator(".notice").count()
        found = faults(tab)
    finally:
        with_status(server, "tax-card", "active")

    assert notices >= 1
    assert found == []


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_axe_finds_no_fault_on_an_entry_shown_in_another_language(server, tab, language):
    address = next(
        (url for url in entries(server, language) if borrowed(url, language)), None
    ) or pytest.skip("every entry is in this language")
    tab.goto(address)

    assert faults(tab) == []


def test_axe_finds_no_fault_on_the_staff_sign_in(server, tab):
    tab.goto(f"{server.url}/staff/sign-in/login/")

    assert faults(tab) == []


def test_axe_finds_no_fault_on_the_staffs_board(server, chromium):
    python(
        server,
        "from satama.accounts.models import User",
        "User.objects.filter(email='board@satama.example').delete()",
        "User.objects.create_superuser('board@satama.example', 'a long password')",
    )
    context = chromium.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.goto(f"{server.url}/staff/sign-in/login/")
    tab.fill("[name=login]", "board@satama.example")
    tab.fill("[name=password]", "a long password")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/staff/")
    tab.reload()  # without Wagtail's own word of welcome

    cards = tab.locator(".board-card").count()
    found = faults(tab, dark=ALL)  # the colours of links are Wagtail's: AA, not all AAA
    context.close()

    assert cards >= 1
    assert found == []


def test_axe_finds_no_fault_while_suggestions_are_on_show(server, tab):
    tab.goto(f"{server.url}/kokkola/en/")
    tab.locator("#q").press_sequentially("tax")
    tab.locator("#suggestions a").first.wait_for()

    assert faults(tab) == []


def test_axe_finds_no_fault_in_what_a_reader_opens(server, tab):
    tab.goto(f"{server.url}/kokkola/ar/entries/tax-card")
    tab.locator("details summary").click()

    assert tab.locator("details[open]").count() == 1
    assert faults(tab) == []


def with_status(server, slug: str, status: str) -> None:
    python(
        server,
        "from satama.databank.models import Entry",
        f"Entry.objects.filter(slug={slug!r}).update(status={status!r})",
    )


def entries(server, language: str) -> list[str]:
    return [url for url in sitemap(server) if f"/{language}/entries/" in url]


def borrowed(url: str, language: str) -> bool:
    text = ask(url).soup.select_one(".text")
    return bool(text and text.get("lang", language) != language)
