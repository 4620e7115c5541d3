"""Which addresses are on the list of links, and what the database refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from satama.databank.links.actions import list_links
from satama.databank.links.mentions import mentions
from satama.databank.models import Link, LinkHost

from . import cast

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def states() -> dict[str, str]:
    return dict(Link.objects.values_list("address", "state"))


@pytest.mark.django_db
def test_what_pages_show_is_on_the_list_once():
    cast.fact("pier", "url", "https://pier.example/", owner=None)
    cast.fact("same-pier", "url", "https://pier.example/")
    cast.fact("next-pier", "url", cast.dated("https://next.example/", since="2027-01-01"))
    cast.fact("old-pier", "url", cast.dated("https://old.example/", until="2026-11-22"))
    cast.fact("words", "text", "https://words.example/")
    cast.fact("fee", "money", {"value": "5 EUR", "source": "https://unseen.example/"})
    cast.organisation(url="https://tax.example/", source="https://about.example/")
    cast.place(source="https://map.example/")
    body = "See [it](https://body.example/a_(b)), https://bare.example/x. [Own](entry:pier)"
    texts = {"en": {"body": body, "documents": ["<https://bring.example>"]}}
    cast.entry(texts=texts, source="https://entry.example/")

    list_links(TODAY, NOON)

    assert sorted(states()) == [
        "https://about.example/",
        "https://bare.example/x",
        "https://body.example/a_(b)",
        "https://bring.example",
        "https://entry.example/",
        "https://next.example/",
        "https://pier.example/",
        "https://tax.example/",
    ]
    assert [m.address for m in mentions(TODAY) if not m.shown] == [
        "https://unseen.example/",
        "https://map.example/",
    ]


@pytest.mark.django_db
def test_what_nothing_names_any_more_goes_and_the_rest_stays_as_it_was():
    cast.organisation(url="https://tax.example/")
    gone = cast.organisation("port", url="https://port.example/")
    list_links(TODAY, NOON)
    Link.objects.filter(address="https://tax.example/").update(due=NOON + DAY)
    cast.gone(gone, to="organisations/tax-office")

    list_links(TODAY, NOON)

    assert list(Link.objects.values_list("address", "due")) == [
        ("https://tax.example/", NOON + DAY)
    ]
    assert [host.name for host in LinkHost.objects.all()] == ["tax.example"]


@pytest.mark.django_db
def test_what_cannot_be_asked_is_not_on_the_list():
    long = "https://long.example/" + "x" * 500
    cast.entry(texts={"en": {"body": f"https://:80/ http://a..b/ {long}"}})

    list_links(TODAY, NOON)

    assert states() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"state": "good"},
        {"state": "moved", "asked": NOON, "since": TODAY},
        {"state": "broken", "asked": NOON, "since": TODAY},
        {"state": "broken", "asked": NOON, "failures": 1},
        {"state": "unsure", "since": TODAY, "failures": 1},
        {"state": "new", "failures": 1},
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(changes):
    host = LinkHost.objects.create(name="pier.example", free_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(address="https://pier.example/", host=host, due=NOON, **changes)
