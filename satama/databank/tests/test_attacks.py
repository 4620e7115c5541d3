"""Whatever door an attack comes to, it is refused in a sentence and nothing of it is kept."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from satama.base.tests.attacks import REFUSED
from satama.databank.models import Entry, FactValue, Organisation, Text, Topic
from satama.databank.packs.files import Node
from satama.databank.packs.reading import read_item
from satama.databank.translating.forms import TextForm

from . import cast
from .sheet_files import Table, harbour, records
from .test_staff import address, administrator, opened  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SENTENCE = "Write this without|There is a character here|A link leads|A fact cannot stand"
HTML = "<img src=x onerror=alert(1)>"
SAYS = "Write this without HTML: &lt;img"
FIELDS = ("title", "summary", "eligibility", "fees", "documents", "application", "body")


@pytest.mark.parametrize("attack", REFUSED)
def test_no_noun_takes_it(attack):
    said = {"fi": attack}
    rows = {
        "labels": Topic(slug="x", labels=said),
        "names": Organisation(slug="x", names=said),
        "value": FactValue(value=said),
        "keywords": Entry(slug="x", keywords={"fi": ["tax", attack]}),
        "documents": Text(language="fi", title="x", summary="x", documents=[attack]),
        "body": Text(language="fi", title="x", summary="x", body=attack),
        "synonyms": Topic(slug="x", labels={"fi": "x"}, synonyms={attack: ["x"]}),
    }

    for field, row in rows.items():
        with pytest.raises(ValidationError) as refusal:
            row.clean_fields()
        assert field in refusal.value.message_dict


@pytest.mark.parametrize("attack", REFUSED)
def test_no_pack_takes_it(attack):
    words = {"title": Node("x", 2), "summary": Node("x", 3), "body": Node(attack, 4)}
    entry = {"slug": Node("x", 1), "texts": Node({"fi": Node(words, 1)}, 1)}
    topic = {"slug": Node("x", 1), "labels": Node({"fi": Node(attack, 2)}, 1)}

    for kind, record, line in (("entry", entry, 4), ("topic", topic, 1)):
        _item, faults = read_item(kind, Node(record, 1), "x.yaml", "slug")
        assert [f for f in faults if f.line == line and _is_sentence(f.reason)], faults


def _is_sentence(reason: str) -> bool:
    return any(words in reason for words in SENTENCE.split("|"))


@pytest.fixture
def beside(db) -> dict:
    """A text to be translated: what the desk's form needs."""
    entry = cast.entry("pier", {"fi": dict.fromkeys(FIELDS, "x") | {"documents": ["x"]}})
    return {"source": entry.texts.get(), "text": Text(entry=entry, language="en")}


@pytest.mark.parametrize("attack", REFUSED)
def test_the_translators_desk_does_not_take_it(beside, attack):
    sent = dict.fromkeys(FIELDS, attack) | {"seen": ""}

    form = TextForm(sent, **beside)

    assert not form.is_valid()
    on_one_line = {"title", "summary", *(["documents"] if len(attack.splitlines()) > 1 else [])}
    assert {*FIELDS} - on_one_line <= form.errors.keys()
    assert Text.objects.count() == 1


def test_no_sheet_takes_it(tmp_path):
    region = harbour(tmp_path)
    before = records(region)
    fit = [attack for attack in REFUSED if "\0" not in attack]
    table = Table(region, "organisations")
    for number, attack in enumerate(fit):
        cells = {"slug": f"o-{number}", "kind": "other", "confirmed": "true"}
        table.add(cells | {"names.en": attack})

    found = table.foresee()

    told = [fault for fault in found.faults if "names: " in fault and _is_sentence(fault)]
    rows = {int(fault.split("row ")[1].split(":")[0]) for fault in told}
    assert len(rows) == len(fit)
    assert records(region) == before


@pytest.mark.parametrize("field", FIELDS)
def test_the_form_of_an_entry_says_so_and_keeps_nothing(administrator, field):  # noqa: F811
    entry = cast.entry("pier", {"fi": {"title": "Laituri", "body": "Teksti."}})
    before = Text.objects.values().get()

    for publish in ({}, {"action-publish": "action-publish"}):
        posted = opened(administrator, entry) | {f"texts-0-{field}": HTML} | publish
        answer = administrator.post(address(entry), posted)
        assert SAYS in answer.content.decode()

    assert Text.objects.values().get() == before
    assert not Entry.objects.get().has_unpublished_changes


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [
        (cast.topic, "labels-fi", HTML),
        (cast.topic, "hints-fi", HTML),
        (cast.organisation, "names-fi", HTML),
        (cast.organisation, "source_date", HTML),
        (cast.place, "address", HTML),
        (cast.region, "names-fi", HTML),
    ],
)
def test_the_form_of_a_noun_says_so(administrator: Client, make, field, value):  # noqa: F811
    row = make()
    before = type(row).objects.values().get(pk=row.pk)

    answer = administrator.post(address(row), opened(administrator, row) | {field: value})

    assert SAYS in answer.content.decode()
    assert type(row).objects.values().get(pk=row.pk) == before


def test_the_form_of_a_fact_says_so(administrator: Client):  # noqa: F811
    fact = cast.fact("pier", "text", {"fi": "Laituri"})
    sent = {"values-0-value_in-fi": HTML, "values-0-note": HTML}

    answer = administrator.post(address(fact), opened(administrator, fact) | sent)

    assert answer.content.decode().count(SAYS) >= 2
    assert FactValue.objects.get().value == {"fi": "Laituri"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_an_organisation_leads_only_to_web_pages(administrator: Client, client, url):  # noqa: F811
    row = cast.organisation()

    answer = administrator.post(address(row), opened(administrator, row) | {"url": url})
    assert answer.status_code == 200

    Organisation.objects.update(url=url)  # as if it had come by another door
    assert f'"{url}"' not in client.get("/satamala/fi/organisations/tax-office").content.decode()
