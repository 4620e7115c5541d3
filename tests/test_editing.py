"""The form of an entry in a real browser: facts from a dialog by keyboard alone, what a kind has no
use for, and what axe says of it."""

from pathlib import Path

import axe_playwright_python
import pytest

from .visit import python

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Wagtail's own: no first heading above a form, and a small button in the margin of a phone.
WAGTAILS = {("page-has-heading-one", "html"), ("target-size", "#w-minimap-toggle")}
BODY = "#id_texts-0-body"


@pytest.fixture(scope="module")
def form(server) -> str:
    """The form of a draft, and an administrator who may open it."""
    number = python(
        server,
        "from django.contrib.auth import get_user_model",
        "from satama.databank.models import Entry, Fact, Region",
        "Fact.objects.filter(key__startswith='new-pool').delete()",
        "people = get_user_model().objects",
        "people.filter(email='kim@satamala.example').delete()",
        "people.create_superuser('kim@satamala.example', 'harbour-of-satamala')",
        "Entry.objects.filter(slug='new-pool').delete()",
        "entry = Entry.objects.create(region=Region.objects.get(slug='kokkola'), slug='new-pool',",
        "    kind='service', live=False)",
        "_ = entry.texts.model.objects.create(entry=entry, language='fi', title='Uusi uimahalli',",
        "    summary='Ui.', body='Maksu 590 € ja numero.')",
        "print(entry.pk)",
    )
    return f"{server.url}/staff/snippets/databank/entry/edit/{number.strip()}/"


@pytest.fixture
def opened(chromium, server, form, request):
    """The form in a language and a width, signed in; what the browser complains of fails."""
    language, width = getattr(request, "param", ("en", 1280))
    size = {"width": width, "height": 900}
    context = chromium.new_context(viewport=size, locale=language, bypass_csp=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{server.url}/staff/sign-in/login/")
    tab.fill("[name=login]", "kim@satamala.example")
    tab.fill("[name=password]", "harbour-of-satamala")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/staff/")
    tab.goto(form)
    tab.wait_for_selector(".with-script .marked")
    yield tab
    context.close()
    assert complaints == []


def type_at_the_end(tab, words: str) -> None:
    tab.focus(BODY)
    tab.keyboard.press("Control+End")
    tab.keyboard.type(words)


def test_a_fact_is_put_into_a_text_by_keyboard_alone(opened):
    type_at_the_end(opened, " Soita: ")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("dialog[open] #pick-q:focus")
    opened.keyboard.type("vero-phone")
    opened.wait_for_selector("li:only-child > [data-key=vero-phone]")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.keyboard.type("!")

    assert opened.input_value(BODY).endswith("Soita: [[vero-phone]]!")
    opened.wait_for_selector(f".marked-now[data-of={BODY[1:]}] dt:text-is('vero-phone')")


def test_the_dialog_closes_by_keyboard_and_changes_nothing(opened):
    before = opened.input_value(BODY)
    opened.focus(BODY)
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("dialog[open] #pick-q:focus")
    opened.keyboard.press("Escape")

    assert opened.locator("dialog.pick[open]").count() == 0
    assert opened.input_value(BODY) == before


def test_a_fact_is_made_of_a_selection_by_keyboard_alone(opened, server):
    opened.fill(BODY, "Maksu on 12,50 €")
    opened.focus(BODY)
    opened.keyboard.press("Control+End")
    for _ in "12,50 €":
        opened.keyboard.press("Shift+ArrowLeft")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#new-fact-key:focus")
    assert opened.input_value("#new-fact-key") == "new-pool-fee"
    assert opened.input_value("#new-fact-type") == "money"
    opened.fill("#new-fact-value", "much")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#new-fact-value[aria-invalid=true]:focus")
    opened.fill("#new-fact-value", "12.50 EUR")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("dialog.pick:not([open])", state="attached")

    assert opened.input_value(BODY) == "Maksu on [[new-pool-fee]]"
    made = python(
        server,
        "from satama.databank.models import FactValue",
        "print(FactValue.objects.get(fact__key='new-pool-fee').value)",
    )
    assert made.strip() == "12.50 EUR"


def test_fields_go_when_the_kind_has_no_use_for_them_and_stay_when_they_hold_something(opened):
    opened.fill("#id_texts-0-fees", "Maksuton.")
    opened.select_option("#id_kind", "answer")

    assert opened.locator("#id_texts-0-fees").is_visible()
    assert not opened.locator("#id_texts-0-application").is_visible()

    opened.select_option("#id_kind", "service")

    assert opened.locator("#id_texts-0-application").is_visible()


def test_the_preview_takes_a_day_also_while_it_loads(opened):
    held = []
    opened.route("**/preview/**", lambda route: held.append(route), times=1)
    with opened.expect_request("**/preview/**"):
        opened.get_by_role("button", name="Toggle preview").click()
    opened.fill("#preview-day", "2027-01-01")
    opened.keyboard.press("Tab")
    held[0].continue_()

    modes = opened.locator("#id_preview_mode option").evaluate_all("all => all.map(o => o.value)")
    assert all(mode.endswith("@2027-01-01") for mode in modes)
    seen = opened.frame_locator("#w-preview-iframe").locator(".notice", has_text="2027")
    seen.first.wait_for(state="attached")


def faults(tab) -> set[tuple[str, str]]:
    tab.evaluate(AXE)
    report = tab.evaluate(RUN, ALL)
    assert report["passes"]  # it did look
    found = {
        (fault["id"], node["target"][0])
        for fault in report["violations"]
        for node in fault["nodes"]
    }
    return found - WAGTAILS


@pytest.mark.parametrize("opened", [("en", 1280), ("fi", 360)], indirect=True)
def test_axe_finds_no_fault_of_ours_in_the_form_and_its_dialogs(opened):
    found = {}
    for tab in opened.locator(".w-tabs__tab").all():
        tab.click()
        found[tab.get_attribute("id")] = faults(opened)
    opened.locator(".w-tabs__tab").first.click()
    opened.locator(f"[data-for={BODY[1:]}][data-choose*=facts]").click()
    opened.wait_for_selector("dialog[open] #pick-q")
    found["choose"] = faults(opened)
    opened.keyboard.press("Escape")
    opened.locator(BODY).select_text()
    opened.locator(f"[data-for={BODY[1:]}][data-make]").click()
    opened.wait_for_selector("dialog[open] [data-new-fact]")
    found["make"] = faults(opened)

    assert found == {place: set() for place in found}
