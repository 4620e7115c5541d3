"""While Amina writes to a person, what may answer her is shown; her words go nowhere else."""

import pytest
from bs4 import BeautifulSoup

from satama.databank.tests import cast
from satama.finder.models import Asked

ADDRESS = "/satamala/en/likely"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tax_card(settings):
    settings.REGION = "satamala"
    cast.region(rooms=["office"])
    cast.entry("tax-card", {"en": {"title": "Get a tax card", "summary": "Before the first pay."}})


def titles(answer) -> list[str]:
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [a.get_text() for a in page.select("a")]


def test_what_may_answer_opens_in_a_new_tab_and_nothing_is_counted(client):
    answer = client.post(ADDRESS, {"text": "Get a tax card?"})

    assert titles(answer) == ["Get a tax card (opens a new tab)"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not Asked.objects.exists()
    assert not answer.cookies


@pytest.mark.parametrize("text", ["", "  ", "\x00", "zzqqxxyy wwvv"])
def test_what_nothing_answers_shows_nothing(client, text):
    assert titles(client.post(ADDRESS, {"text": text})) == []


def test_words_are_taken_from_no_address(client):
    assert client.get(f"{ADDRESS}?text=tax").status_code == 405


@pytest.mark.parametrize(("rooms", "ways"), [(["office"], 1), ([], 0)])
def test_what_was_not_found_is_handed_over_by_post_where_somebody_answers(client, rooms, ways):
    region = cast.region()
    region.rooms = rooms
    region.save()

    page = BeautifulSoup(client.get("/satamala/en/find?q=zzqqxxyy").content, "html.parser")

    forms = page.select('form[method=post][action="/satamala/en/ask"]')
    assert len(forms) == ways
    assert all(form.select_one("[name=searched]")["value"] == "zzqqxxyy" for form in forms)
    assert not any("zzqqxxyy" in a["href"] for a in page.select('a[href*="/ask"]'))
