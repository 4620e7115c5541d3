"""The workplace as docs/editing/ explains it: each task in a real browser, as who does it.
`pytest tests/test_workplace.py --screenshots` makes the pictures of those pages anew."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from .visit import ask, python
from .workplace import PICTURES, Workplace
from .workplace_cast import NEW, NEWCOMER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]
CAST = "from tests import workplace_cast as cast"
ENTRIES = "/staff/snippets/databank/entry/"
DESK = "region=kokkola&language=sv&status=outdated"
FILE = "region=kokkola&language=en&status=outdated"
SORRY = "Sorry, you do not have permission to access this area."


@pytest.fixture(scope="module")
def made(server):
    yield json.loads(python(server, CAST, "cast.make()"))
    python(server, CAST, "cast.forget()")


@pytest.fixture(scope="module")
def work(chromium, server, made, pytestconfig):
    wanted = pytestconfig.getoption("--screenshots")
    found = Workplace(chromium, server, made, PICTURES if wanted else None)
    yield found
    found.close()


def said(tab) -> str:
    """What the page answers to what was done."""
    return tab.locator(".messages").inner_text()


def test_the_first_page_shows_what_waits(work):
    tab = work.open("editor", "/staff/")
    cards = set(tab.locator(".board-card h3").all_inner_texts())

    assert cards >= {"Freshness", "Drafts", "Facts that end", "Links", "Translations: My Kokkola"}
    work.look(tab, "waiting", 900)
    tab.get_by_role("link", name="choir-autumn").click()
    assert re.search(r"/fact/edit/\d+/$", tab.url)
    work.phone("editor", "/staff/")


def test_an_editor_writes_an_entry_as_a_draft_and_publishes_it(work):
    tab = work.open("editor", f"{ENTRIES}add/")
    tab.select_option("#id_kind", "group")
    tab.fill("#id_texts-0-title", "Soutua lauantaisin")
    tab.fill("#id_texts-0-summary", "Soutamaan pääsee ilman omaa venettä.")
    tab.fill("#id_texts-0-body", "Tule laiturille kello 10. Liivit saa meiltä.")
    work.look(tab, "entry", 900)
    tab.get_by_role("tab", name="Search and exchange").click()
    tab.fill("#id_slug", NEW)
    tab.get_by_role("button", name="Save draft").click()
    tab.wait_for_url("**/edit/**")
    public = f"{work.url}/kokkola/fi/entries/{NEW}"
    assert ask(public).status == 404

    tab.locator("[data-w-dropdown-target=toggle]", has_text="").last.click()
    tab.get_by_role("button", name="Publish").click()
    tab.wait_for_load_state()
    assert ask(public).status == 200
    work.phone("editor", f"{ENTRIES}add/")


def test_entries_are_found_by_their_titles(work):
    tab = work.open("editor", ENTRIES)
    tab.fill("header [name=q]", "Evening singing")
    tab.wait_for_selector(".listing tbody tr:only-child")

    assert "Evening singing in the harbour" in tab.locator(".listing tbody").inner_text()
    work.phone("editor", ENTRIES, "sv")


def test_a_fact_is_put_into_a_text_and_made_of_a_selection(work):
    tab = work.open("editor", f"{ENTRIES}edit/{work.made['draft']}/")
    field = tab.locator("#id_texts-0-body")
    tab.locator("[data-for=id_texts-0-body]", has_text="Insert a fact").click()
    tab.fill("#pick-q", "choir")
    tab.wait_for_selector("[data-key=choir-fee]")
    work.look(tab, "facts", 700)
    tab.locator("[data-key=choir-phone]").click()
    assert "[[choir-phone]]" in field.input_value()

    field.fill("Kahvi maksaa 2,50 €")
    field.evaluate("field => field.setSelectionRange(13, 19)")
    field.dispatch_event("select")
    tab.locator("[data-for=id_texts-0-body][data-make]").click()
    tab.wait_for_selector("#new-fact-value")
    assert tab.input_value("#new-fact-type") == "money"
    work.look(tab, "facts-make", 900)
    work.phone("editor", "/staff/snippets/databank/fact/")


def test_a_picture_needs_words_for_those_who_cannot_see_it(work):
    photo = BytesIO()
    Image.new("RGB", (1200, 800), "#2c6e91").save(photo, "JPEG")
    tab = work.open("editor", f"{ENTRIES}edit/{work.made['draft']}/")
    tab.get_by_role("button", name="Choose an image").click()
    tab.get_by_role("tab", name="Upload").click()
    tab.set_input_files(
        ".modal [type=file]",
        {"name": "harbour.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()},
    )
    tab.fill("#id_image-chooser-upload-title", "The harbour")
    tab.fill("#id_image-chooser-upload-description", "City of Kokkola, CC BY 4.0")
    work.look(tab, "pictures", 760)
    tab.get_by_role("button", name="Upload").click()
    tab.wait_for_selector("#id_image[value]:not([value=''])", state="attached")
    tab.locator("[data-w-dropdown-target=toggle]").last.click()
    tab.get_by_role("button", name="Publish").click()
    tab.wait_for_load_state()

    assert "Say what the picture shows, or take it away." in tab.locator("main").inner_text()
    work.phone("editor", "/staff/images/add/")


def test_an_editor_sends_back_what_a_partner_wrote_and_the_partner_reads_why(work):
    tab = work.open("editor", "/staff/")
    assert tab.get_by_role("button", name=re.compile("^Release ?:")).is_visible()
    work.look(tab, "release", 330, at="#awaiting-review-heading")
    tab.get_by_role("button", name="Send back with a comment").click()
    tab.fill(".modal textarea", "Please say where the concert is.")
    tab.locator(".modal [type=submit]").click()
    tab.get_by_role("button", name=re.compile("^Release ?:")).wait_for(state="detached")

    partner = work.open("owner", "/kokkola/en/partner")
    assert "Please say where the concert is." in partner.locator("main").inner_text()
    work.look(partner, "partner", 900)
    work.phone("writer", "/kokkola/fi/partner")


def test_an_act_that_would_lose_an_address_stops(work):
    tab = work.open("editor", f"{ENTRIES}unpublish/{work.made['entry']}/")
    assert "/kokkola/…/entries/evening-singing" in tab.locator("main").inner_text()
    work.look(tab, "addresses", 420)
    tab.get_by_role("link", name="Leave it as it is").click()

    assert ask(f"{work.url}/kokkola/en/entries/evening-singing").status == 200
    work.phone("coordinator", f"{ENTRIES}delete/{work.made['entry']}/")


def test_a_translator_finds_what_is_outdated_and_sees_what_changed(work):
    tab = work.open("translator", f"/staff/translating/?{DESK}")
    work.look(tab, "translating", 660)
    tab.get_by_role("link", name="Iltalaulua satamassa").click()
    changed = tab.locator(".desk-changed ins").inner_text()
    assert changed.strip() == "Ensimmäinen kerta on maksuton."
    work.look(tab, "translating-text", 860)
    work.phone("translator", f"/staff/translating/?{DESK}")
    work.phone("translator", f"/staff/translating/{work.made['entry']}/sv/?{DESK}", "sv")


def test_a_translator_takes_the_list_away_as_a_file_and_brings_it_back(work):
    tab = work.open("translator", f"/staff/translating/file/?{FILE}")
    work.phone("translator", f"/staff/translating/file/?{FILE}")
    with tab.expect_download() as taken:
        tab.get_by_role("link", name="Download").click()
    words = taken.value.path().read_text().replace("#, fuzzy\n", "")
    words = words.replace("for a season.", "for a season. The first time is free.")
    file = {"name": "list.po", "mimeType": "text/x-po", "buffer": words.encode()}
    tab.set_input_files("[type=file]", file)
    tab.get_by_role("button", name="Show what would change").click()

    assert "The first time is free." in tab.locator("ins").inner_text()
    work.look(tab, "files", 400)
    tab.get_by_role("button", name="Change the databank").click()
    tab.wait_for_load_state()
    english = ask(f"{work.url}/kokkola/en/entries/evening-singing").text
    assert "The first time is free." in english


def test_a_day_to_come_is_rehearsed(work):
    where = f"/staff/reports/rehearsal/?region=kokkola&day={work.made['day']}"
    tab = work.open("editor", where)
    change = tab.get_by_role("region", name="Evening singing in the harbour")

    assert change.locator("td[lang=en] ins").first.inner_text() == "€15"
    work.look(tab, "days", 760)
    work.phone("editor", where)


def test_what_is_due_is_confirmed_from_the_mail_without_signing_in(work):
    report = work.open("editor", "/staff/reports/due/")
    assert "Evening singing in the harbour" in report.locator(".listing").inner_text()
    work.look(report, "due", 720)
    work.phone("editor", "/staff/reports/due/")
    mailed = f"still-true/{work.made['token']}"
    work.phone("visitor", f"/kokkola/fi/{mailed}")
    work.phone("visitor", "/kokkola/ar/freshness", "ar")
    tab = work.open("visitor", f"/kokkola/en/{mailed}")
    work.look(tab, "still-true", 900)
    tab.get_by_role("button", name="All of these are still true").click()

    assert "1 thing is confirmed as of today." in tab.get_by_role("status").inner_text()


def test_what_is_ticked_in_a_list_is_confirmed(work):
    tab = work.open("editor", ENTRIES)
    for row in (1, 3, 4):
        tab.locator("[data-bulk-action-checkbox]").nth(row).check()
    work.look(tab, "lists", 900)
    tab = work.open("editor", "/staff/snippets/databank/organisation/?q=harbour-choir")
    tab.locator("[data-bulk-action-checkbox]").first.check()
    tab.get_by_role("link", name="Confirm what is chosen as still true").click()
    button = tab.get_by_role("button", name="Confirm as still true: 1 row")
    button.wait_for()
    there = tab.url.removeprefix(work.url)
    assert "Harbour Choir" in tab.locator("main").inner_text()
    work.phone("editor", there)
    button.click()
    tab.wait_for_url("**/snippets/**")

    assert "1 row was changed." in said(tab)


def test_a_link_that_does_not_work_is_replaced_everywhere(work):
    tab = work.open("editor", "/staff/reports/links/")
    work.look(tab, "links", 360)
    work.phone("editor", "/staff/reports/links/")
    row = tab.locator("tr", has_text="choir.example/old")
    row.get_by_role("link", name="Replace everywhere").click()
    tab.get_by_role("textbox").last.fill("https://choir.example/new")
    tab.get_by_role("button", name="Show what would change").click()
    tab.get_by_role("button", name="Replace everywhere").wait_for()
    work.look(tab, "links-replace", 560)
    tab.get_by_role("button", name="Replace everywhere").click()
    tab.wait_for_load_state()

    assert "choir.example/new" in ask(f"{work.url}/kokkola/en/entries/evening-singing").text


def test_facts_are_changed_in_a_spreadsheet(work):
    tab = work.open("editor", "/staff/sheets/")
    work.phone("editor", "/staff/sheets/")
    tab.select_option("form[action] select >> nth=1", label="Facts (.csv)")
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="Download").click()
    rows = taken.value.path().read_bytes().replace(b"40 123 4567", b"40 765 4321")
    file = {"name": "facts.csv", "mimeType": "text/csv", "buffer": rows}
    tab.set_input_files("[type=file]", file)
    tab.get_by_role("button", name="Show what would change").click()

    assert "+358 40 765 4321" in tab.locator("main").inner_text()
    work.look(tab, "spreadsheets", 460)
    tab.get_by_role("button", name="Change the databank").click()
    tab.wait_for_load_state()
    assert "40 765 4321" in ask(f"{work.url}/kokkola/en/entries/evening-singing").text


def test_names_are_written_in_each_language_of_the_region(work):
    where = f"/staff/snippets/databank/organisation/edit/{work.made['choir']}/"
    tab = work.open("editor", where)

    assert tab.get_by_label("Svenska").first.input_value() == "Hamnkören"
    work.look(tab, "names", 720, at="#panel-names-section")
    work.phone("editor", where)


def test_a_coordinator_lets_somebody_in_and_an_editor_does_not(work):
    tab = work.open("coordinator", "/staff/snippets/databank/member/add/")
    tab.fill("#id_email", NEWCOMER)
    tab.select_option("#id_role", "translator")
    work.look(tab, "people", 660)
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_url("**/member/")
    assert NEWCOMER in tab.locator(".listing tbody").inner_text()
    work.phone("coordinator", "/staff/snippets/databank/member/")
    work.phone("coordinator", "/staff/snippets/databank/member/add/", "sv")

    assert SORRY in said(work.open("editor", "/staff/snippets/databank/member/"))


def test_a_translator_chooses_the_language_of_our_mails(work):
    tab = work.open("translator", "/staff/account/")
    tab.get_by_label("Language of our mails").select_option("sv")
    work.look(tab, "account", 520, at="#panel-mails-heading, #mails-heading")
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_load_state()

    assert tab.get_by_label("Language of our mails").input_value() == "sv"
    work.phone("translator", "/staff/account/")


def test_an_administrator_teaches_a_topic_what_people_look_for(work):
    tab = work.open("administrator", "/staff/reports/asked/")
    row = tab.locator("tr", has_text="choir rehearsal")
    work.look(tab, "questions", 360)
    row.get_by_role("link", name="Add to a topic").click()
    tab.get_by_role("button", name="Show the effect").wait_for()
    work.look(tab)
    work.phone("coordinator", "/staff/reports/asked/")


def test_an_administrator_gives_a_region_characters_for_the_machine(work):
    where = f"/staff/snippets/databank/region/edit/{work.made['region']}/"
    tab = work.open("administrator", where)

    assert tab.locator("#id_machine_budget").is_visible()
    work.look(tab)
    work.phone("administrator", where)


def test_a_national_editor_changes_the_countrys_entries_and_no_regions(work):
    tab = work.open("national", f"{ENTRIES}edit/{work.made['country']}/")

    assert tab.get_by_role("button", name="Save draft").is_visible()
    work.look(tab)
    work.phone("national", ENTRIES)
    assert SORRY in said(work.open("national", f"{ENTRIES}edit/{work.made['entry']}/"))


def test_a_visitor_is_asked_to_sign_in(work):
    tab = work.open("visitor", "/staff/")

    assert "/staff/sign-in/login/?next=/staff/" in tab.url
    work.look(tab, "sign-in", 760)
    work.phone("visitor", "/staff/")


def test_a_partner_is_led_away_from_the_staff_pages(work):
    tab = work.open("writer", "/staff/")

    assert tab.get_by_role("link", name="Your organisation").is_visible()
    work.look(tab)
