"""The translators' desk in a real browser: everything with the keyboard."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from satama.databank.models import Text
from satama.databank.tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOURCE = {"title": "Laituri", "summary": "Laituri.", "body": "[Lautta](entry:ferry): [[fee]]."}


@pytest.fixture
def live():
    """A server for one test: pytest's own lives longer than the settings of a test."""
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture
def desk(page, live):
    """The pier, the second of three texts that are missing in Ukrainian."""
    cast.fact("fee", "money", "5 EUR")
    for slug in ("ferry", "pier", "quay"):
        made = cast.entry(slug, texts={"fi": SOURCE})
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("oksana@satamala.example"))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live}
    page.context.add_cookies([cookie])
    query = "?region=satamala&language=uk&status=missing"
    page.goto(f"{live}/staff/translating/{made.pk - 1}/uk/{query}")
    return page


def test_a_fact_is_put_in_at_the_cursor_and_a_link_around_the_chosen_words(desk):
    body = desk.locator("#id_body")
    body.fill("One two.")
    body.evaluate("field => field.setSelectionRange(4, 4)")
    mark = desk.locator("[data-into=id_body] button").filter(has_text="[[").first
    mark.focus()
    desk.keyboard.press("Enter")
    fact = mark.text_content()

    assert body.input_value() == f"One {fact}two."
    assert desk.evaluate("document.activeElement.id") == "id_body"

    desk.keyboard.type("and ")
    body.evaluate("field => field.setSelectionRange(0, 3)")
    link = desk.locator("[data-into=id_body] button").filter(has_text="(entry:").first
    link.click()
    assert body.input_value() == f"[One]{link.text_content()} {fact}and two."
    desk.once("dialog", lambda asked: asked.accept())  # the words are not saved
    desk.goto("about:blank")


def test_the_next_and_the_previous_text_are_a_key_away(desk):
    here = desk.url
    desk.keyboard.press("Alt+PageDown")
    desk.wait_for_url(lambda url: url != here and "/uk/?" in url)
    desk.keyboard.press("Alt+PageUp")
    desk.wait_for_url(here)


def test_unsaved_words_are_not_left_without_asking_and_are_saved_by_a_key(desk):
    here = desk.url
    desk.locator("#id_title").fill("Причал")
    desk.locator("#id_summary").fill("Причал.")
    desk.locator("#id_body").fill("[Пором](entry:ferry): [[fee]].")
    asked = []
    desk.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.keyboard.press("Alt+PageDown")
    desk.wait_for_timeout(500)
    assert (asked, desk.url) == (["beforeunload"], here)

    desk.locator("#id_title").focus()
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")

    text = Text.objects.get(language="uk")
    assert (text.title, text.checked is None, text.entry.slug) == ("Причал", False, "pier")
    assert desk.url != here
    assert "Saved, and marked as checked." in desk.locator("body").text_content()
