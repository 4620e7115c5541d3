"""Reports → What is due: what is past its date, who is asked, and confirming it there."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from satama.databank.models import Entry, Member

from . import cast
from .test_roles import person
from .test_upkeep_many import REPORT, fresh, signed_in

OLD, TODAY = date(2025, 1, 1), date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def editor(db):
    return person("ritva", "editor", region=cast.region())


@pytest.fixture
def ritva(editor) -> Client:
    return signed_in(editor)


def rows(client: Client, asking: str = "") -> list[list[str]]:
    soup = BeautifulSoup(client.get(REPORT + asking).content, "html.parser")
    found = soup.select("table.listing tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("td")][1:] for row in found]


def test_the_report_says_what_is_due_and_who_is_asked(ritva):
    choir = cast.organisation("choir", checked=TODAY)
    person("amina", "writer", organisation=choir)
    cast.entry("singing", {"en": "Sing"}, organisation=choir, checked=OLD)
    cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD), hurts=True)
    cast.entry("soon", {"en": "Soon"}, checked=date(2025, 12, 1))
    cast.entry("later", checked=date(2026, 6, 1))
    cast.entry("theirs", region=cast.region("toinen"), checked=OLD)

    assert rows(ritva) == [
        ["fee (fact) €5", "1 April 2025 Hidden from readers", "ritva@satamala.example"],
        ["Sing (entry) In one sentence.", "1 January 2026 Past its date", "amina@satamala.example"],
        ["Soon (entry) In one sentence.", "1 December 2026", "ritva@satamala.example"],
    ]


def test_the_report_is_narrowed(ritva, editor):
    national = person("kim", "editor", region=cast.country())
    Member.objects.create(user=editor, role="editor", region=cast.country())
    cast.entry("permit", {"en": "Permit"}, region=cast.country(), checked=OLD)
    cast.fact("fee", "money", cast.dated("5 EUR", checked=OLD))

    def names(asking: str) -> list[str]:
        return [row[0].split()[0] for row in rows(ritva, asking)]

    assert names("?noun=fact") == ["fee"]
    assert names("?region=maa") == ["Permit"]
    assert names(f"?who={national.pk}") == ["Permit"]
    assert names("?who=nobody") == []
    assert names("?region=x&noun=y&who=z") == ["fee", "Permit"]


def test_what_is_ticked_on_the_report_is_confirmed(ritva):
    pier, ferry = cast.entry("pier", checked=OLD), cast.entry("ferry", checked=OLD)
    soup = BeautifulSoup(ritva.get(REPORT).content, "html.parser")
    sent = {i["name"]: i["value"] for i in soup.select('form[method="post"] input[type="hidden"]')}

    answer = ritva.post(REPORT, sent | {f"say-entry-{pier.pk}": "yes"}, follow=True)

    assert "1 thing is confirmed." in answer.content.decode()
    assert (fresh(pier).checked, fresh(ferry).checked) == (TODAY, OLD)


def test_the_report_leaves_what_was_changed_meanwhile_and_what_is_not_the_persons(ritva):
    pier = cast.entry("pier", checked=OLD)
    theirs = cast.entry("theirs", region=cast.region("toinen"), checked=OLD)
    soup = BeautifulSoup(ritva.get(REPORT).content, "html.parser")
    sent = {i["name"]: i["value"] for i in soup.select('form[method="post"] input[type="hidden"]')}
    Entry.objects.filter(pk=pier.pk).update(charge="fee")
    sent |= {f"seen-entry-{theirs.pk}": "x", f"say-entry-{theirs.pk}": "yes"}

    answer = ritva.post(REPORT, sent | {f"say-entry-{pier.pk}": "yes"}, follow=True)

    assert "2 things were left as they are" in answer.content.decode()
    assert (fresh(pier).checked, fresh(theirs).checked) == (OLD, OLD)


def test_who_keeps_nothing_may_not_see_the_report():
    oksana = signed_in(person("oksana", "translator", region=cast.region()))

    assert oksana.get(REPORT).status_code == 302
    assert "What is due" not in oksana.get("/staff/").content.decode()


def test_the_report_takes_as_many_queries_for_45_rows_as_for_three(ritva, editor, queries):
    def more(number: int) -> None:
        cast.entry(f"pier-{number}", checked=OLD, keeper=editor)
        cast.fact(f"fee-{number}", "money", cast.dated("5 EUR", checked=OLD))
        cast.place(f"place-{number}")

    more(0)
    queries(ritva, REPORT)
    one = queries(ritva, REPORT)
    for number in range(1, 15):
        more(number)

    assert queries(ritva, REPORT) == one
    assert len(rows(ritva)) == 45
