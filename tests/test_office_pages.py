"""The office's pages in a real browser: a closure that reaches every page, a tally without a
network."""

import json
import time

import pytest

from .test_axe import AXE, RUN
from .visit import ask, python

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

ADVISER = "tally@kokkola.example"
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTACT = "from satama.office.models import Contact"
SHUT = [
    "from datetime import timedelta",
    "from django.utils import timezone",
    "from satama.databank.models import Closure, Entry",
    "now, office = timezone.now(), Entry.objects.get(slug='welcome-office')",
]


def sign_in(server, context):
    python(
        server,
        "from satama.accounts.models import User",
        f"User.objects.filter(email={ADVISER!r}).delete()",
        f"User.objects.create_superuser({ADVISER!r}, 'a long password')",
    )
    tab = context.new_page()
    tab.goto(f"{server.url}/staff/sign-in/login/")
    tab.fill("[name=login]", ADVISER)
    tab.fill("[name=password]", "a long password")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/staff/")
    return tab


@pytest.fixture
def tablet(chromium, server):
    """An adviser's, signed in; `workers`: whether it may keep pages."""
    opened = []

    def one(workers: str = "allow"):
        context = chromium.new_context(
            viewport={"width": 800, "height": 1100}, service_workers=workers
        )
        opened.append(context)
        return sign_in(server, context)

    yield one
    for context in opened:
        context.close()
    python(server, CONTACT, "Contact.objects.all().delete()")


def counted(server) -> int:
    return int(python(server, CONTACT, "print(Contact.objects.count())"))


def taps(tab, *values: str) -> None:
    for value in values:
        tab.locator(f"input[value={value}]").check()
    tab.locator("#tally [type=submit]").click()


def waits(tab, words: str) -> None:
    tab.locator("#waits").get_by_text(words, exact=True).wait_for(timeout=40_000)


def test_contacts_that_are_tapped_in_without_a_network_are_counted_once_it_is_back(server, tablet):
    tab = tablet()
    tab.goto(f"{server.url}/staff/tally/")
    tab.evaluate("navigator.serviceWorker.ready")
    tab.wait_for_function("caches.match('/staff/tally/').then((page) => !!page)")

    tab.context.set_offline(True)
    assert tab.evaluate("fetch('/healthz').then(() => 'network', () => 'none')") == "none"
    tab.reload()
    taps(tab, "desk", "en", "answered")
    taps(tab, "phone", "uk")
    taps(tab, "led")
    waits(tab, "3 wait to be sent.")
    kept = tab.evaluate("JSON.stringify({...localStorage})")
    assert counted(server) == 0

    tab.context.set_offline(False)
    waits(tab, "All is sent.")
    said = json.loads(
        python(server, CONTACT, "import json", "rows = Contact.objects.order_by('pk')",
               "print(json.dumps(list(rows.values_list('channel', 'language', 'outcome'))))")
    )  # fmt: skip
    assert said == [
        ["desk", "en", "answered"],
        ["phone", "uk", "answered"],
        ["phone", "uk", "led"],
    ]
    assert ADVISER not in kept

    tab.locator("#undo").click()
    waits(tab, "All is sent.")
    assert counted(server) == 2
    tab.reload()
    assert tab.locator("input[value=led]").is_checked()
    assert tab.locator("#undo").is_hidden()


def test_an_answer_that_is_lost_on_its_way_counts_nothing_twice(server, tablet):
    tab = tablet(workers="block")
    tab.goto(f"{server.url}/staff/tally/")
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    tab.route("**/staff/tally/", lose)
    with tab.expect_event("requestfailed"):
        taps(tab, "desk", "en", "answered")
    waits(tab, "1 waits to be sent.")
    assert lost == [200]
    assert counted(server) == 1

    tab.reload()
    waits(tab, "All is sent.")
    assert counted(server) == 1


def test_what_waits_outlives_the_sign_in(server, tablet):
    tab = tablet(workers="block")
    tab.goto(f"{server.url}/staff/tally/")
    cookies = tab.context.cookies()
    tab.context.clear_cookies()
    taps(tab, "desk", "en", "answered")
    tab.get_by_text("Sign in to send what waits.").wait_for()
    waits(tab, "1 waits to be sent.")

    tab.context.add_cookies(cookies)
    tab.reload()
    waits(tab, "All is sent.")
    assert counted(server) == 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["tally/", "closures/", "contacts/"])
def test_axe_finds_no_fault_on_staffs_pages_of_the_office(server, chromium, path, width):
    context = chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 800})
    tab = sign_in(server, context)
    tab.goto(f"{server.url}/staff/{path}")
    tab.evaluate(AXE)
    report = tab.evaluate(RUN, AA)
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()

    assert report["passes"]
    faults = [f"{f['id']}: {n['html'][:150]}" for f in report["violations"] for n in f["nodes"]]
    assert faults + (["wider than the window"] if wide else []) == []


def says(server, words: str) -> list[bool]:
    """Which of the pages that show the office say it, asked of both processes."""
    home = f"{server.url}/kokkola/en/"
    pages = [home, f"{home}office", f"{home}entries/welcome-office"]
    return [words in ask(page).text for page in pages for _time in range(4)]


def within_a_minute(server, words: str, wanted: bool) -> None:
    until = time.monotonic() + 60
    while set(says(server, words)) != {wanted}:
        assert time.monotonic() < until, f"after a minute: {says(server, words)}"
        time.sleep(0.5)


def test_a_sudden_closure_reaches_every_page_within_a_minute_and_goes_by_itself(server):
    reason = "No water zqclosed"
    assert set(says(server, reason)) == {False}  # and each process keeps the pages
    python(
        server,
        *SHUT,
        "Closure.objects.create(region=office.region, entry=office, begins=now,"
        f" ends=now + timedelta(seconds=20), reason={{'en': {reason!r}}})",
    )

    within_a_minute(server, reason, True)
    within_a_minute(server, reason, False)  # nobody opened it again: its time is over

    python(server, "from satama.databank.models import Closure", "Closure.objects.all().delete()")
