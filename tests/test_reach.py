"""Who must not be left out: a slow line, a phone without scripts, a narrow screen, no mouse."""

import time

import pytest

from .visit import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("server")]

SPEED = 50_000 / 8  # bytes a second
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": SPEED,
    "uploadThroughput": SPEED,
}
FOCUS = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const drawn = [at, at.closest('form, label')].filter(Boolean).map(getComputedStyle);
    return {
        what: at.tagName + '.' + at.className + '#' + at.id,
        words: at.innerText || '',
        outlined: drawn.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
        inside: box.width > 0 && box.right > 0 && box.bottom > 0
            && box.top < innerHeight && box.left < innerWidth,
    };
}"""


class Line:
    """Counts what comes over the wire, by page."""

    def __init__(self, tab) -> None:
        self.bytes, self.addresses = 0, []
        self.wire = tab.context.new_cdp_session(tab)
        self.wire.send("Network.enable")
        self.wire.on("Network.loadingFinished", self.came)
        self.wire.on("Network.requestWillBeSent", self.asked)

    def came(self, event) -> None:
        self.bytes += event["encodedDataLength"]

    def asked(self, event) -> None:
        self.addresses.append(event["request"]["url"])

    def slow_down(self) -> None:
        self.wire.send("Network.emulateNetworkConditions", SLOW)


@pytest.fixture
def plain_tab(chromium):
    """A phone's browser with scripts switched off and nothing kept yet."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def test_a_slow_line_without_scripts_leads_to_an_answer_in_seconds(server, plain_tab):
    line = Line(plain_tab)
    line.slow_down()
    waits = []

    def waiting(action) -> None:
        begun = time.monotonic()
        action()
        plain_tab.locator("footer").wait_for()
        waits.append(time.monotonic() - begun)

    waiting(lambda: plain_tab.goto(f"{server.url}/kokkola/en/"))
    plain_tab.locator("#q").fill("tax card")
    waiting(lambda: plain_tab.locator("#q").press("Enter"))
    plain_tab.locator("h1", has_text="Answers").wait_for()
    waiting(lambda: plain_tab.locator(".results a").first.click())
    plain_tab.locator("article h1").wait_for()

    assert "/entries/" in plain_tab.url
    assert max(waits) < 5, waits
    assert line.bytes <= 60_000


def test_a_first_visit_with_scripts_stays_light_and_asks_no_other_host(server, page):
    line = Line(page)

    for path in ("", "find?q=tax+card", "entries/tax-card"):
        page.goto(f"{server.url}/kokkola/en/{path}")
        page.wait_for_load_state("networkidle")

    assert 10_000 < line.bytes <= 60_000
    assert [url for url in line.addresses if not url.startswith((server.url, "data:"))] == []


def test_filters_work_without_scripts(server, plain_tab):
    plain_tab.goto(f"{server.url}/kokkola/en/find")
    everything = plain_tab.locator("[role=status]").inner_text()
    plain_tab.locator("details summary").click()

    plain_tab.locator("#f-topic").select_option("tax")
    plain_tab.get_by_role("button", name="Show").click()
    plain_tab.wait_for_url("**topic=tax**")

    assert plain_tab.locator("[role=status]").inner_text() != everything
    assert plain_tab.locator("#f-topic").input_value() == "tax"


def test_the_first_tab_stop_skips_to_the_content(server, page):
    page.goto(f"{server.url}/kokkola/en/topics")

    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")

    assert first["words"] == "Skip to content"
    assert first["inside"] and first["outlined"]
    assert inside


def test_the_keyboard_alone_leads_from_the_question_to_an_answer(server, page):
    page.goto(f"{server.url}/kokkola/en/")

    tab_to(page, "#q")
    page.keyboard.type("tax card")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=tax**")
    tab_to(page, ".results a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/**")

    assert page.locator("h1").count() == 1


def test_the_keyboard_alone_opens_the_filters_and_sets_one(server, page):
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(f"{server.url}/kokkola/en/find")
    before = page.get_by_role("status").inner_text()

    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "#f-topic")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**topic=**")
    page.wait_for_function(
        "t => document.querySelector('[role=status]').innerText !== t", arg=before
    )

    assert page.evaluate("document.activeElement.id") == "f-topic"  # the place is not lost


def tab_to(page, wanted: str) -> None:
    """Press Tab until this is reached; every stop on the way must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", wanted):
            return
    raise AssertionError(f"Tab never reached {wanted}")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["home", "results", "entry", "topics"])
def test_every_tab_stop_can_be_seen_and_none_is_a_trap(server, page, kind, language):
    page.goto(f"{server.url}/kokkola/{language}/{KINDS[kind]}")
    stops = []

    for _ in range(250):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["what"].startswith("BODY"):
            break
        stops.append(stop)

    assert len(stops) > 12
    assert stop["what"].startswith("BODY")  # the end was reached
    assert [stop for stop in stops if not (stop["outlined"] and stop["inside"])] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_screen_never_scrolls_sideways(server, page, kind, language):
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{server.url}/kokkola/{language}/{KINDS[kind]}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    wide = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 320


@pytest.mark.parametrize("kind", ["home", "results", "entry"])
def test_text_twice_as_large_never_scrolls_sideways(server, page, kind):
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(f"{server.url}/kokkola/en/{KINDS[kind]}")

    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 640


@pytest.mark.parametrize("kind", ["home", "results", "entry", "topics"])
def test_what_a_finger_must_hit_is_large_enough(server, page, kind):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{server.url}/kokkola/en/{KINDS[kind]}")

    small = page.evaluate(
        """() => [...document.querySelectorAll(`button, input, select, summary, .go, .plain,
            .tile, .chips a, .tries a, .languages a`)]
            .filter(e => e.checkVisibility() && e.type !== 'checkbox')
            .filter(e => e.getBoundingClientRect().height < 24)
            .map(e => e.outerHTML.slice(0, 120))"""
    )

    assert small == []
