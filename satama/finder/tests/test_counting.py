"""A search is counted once, and so is what was opened from it; robots and staff's rehearsals are
not."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model

from satama.databank.models import Entry
from satama.databank.reach import counting
from satama.databank.tests import cast
from satama.finder.models import Asked

pytestmark = pytest.mark.django_db
FIND = "/satamala/en/find"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def look(client, query: str, **headers: str) -> BeautifulSoup:
    answer = client.get(f"{FIND}?{query}", headers=BROWSER | headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_amina_s_question_is_counted_and_so_is_what_she_opens(client):
    cast.entry()

    (link,) = look(client, "q=tax+card").select(".results h2 a")
    opened = client.post(link["ping"])

    row = Asked.objects.get()
    assert (row.asked, row.opened, row.results, row.text, bool(row.hash)) == (1, 1, 1, "", True)
    assert link["ping"] == f"/satamala/en/opened/{row.pk}"
    assert (opened.status_code, opened.cookies) == (204, {})


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("topic=tax", {}),
        ("q=+", {}),
        ("q=tax&page=2", {}),
        ("q=tax", {"User-Agent": "Googlebot/2.1"}),
        ("q=tax", {"User-Agent": "curl/8.5"}),
    ],
)
def test_what_is_no_question_of_a_person_is_not_counted(client, query, headers):
    for n in range(25):
        cast.entry(f"tax-{n}")

    links = look(client, query, **headers).select(".results h2 a")

    assert Asked.objects.count() == 0
    assert counting.here.counted == {}
    assert not any(link.get("ping") for link in links)


def test_the_first_five_answers_count_as_found(client):
    for n in range(7):
        cast.entry(f"tax-{n}")

    links = look(client, "q=tax").select(".results h2 a")

    first = [Entry.objects.get(slug=link["href"].rsplit("/", 1)[1]).pk for link in links[:5]]
    assert len(links) == 7
    assert counting.here.counted == {f"{pk} en": [0, 1] for pk in first}


def test_what_ritva_rehearses_is_not_counted(client):
    cast.entry()
    ritva = get_user_model().objects.create_user("ritva@a.example", "x" * 20, is_staff=True)
    client.force_login(ritva)

    look(client, "q=tax&on=2027-01-01")

    assert Asked.objects.count() == 0
    assert counting.here.counted == {}


def test_looking_at_the_address_changes_nothing(client):
    cast.entry()
    (link,) = look(client, "q=tax+card").select(".results h2 a")

    assert client.get(link["ping"], headers=BROWSER).status_code == 405
    assert client.post("/satamala/en/opened/99999999").status_code == 204
    assert client.post("/nowhere/en/opened/1").status_code == 404
    assert Asked.objects.get().opened == 0
