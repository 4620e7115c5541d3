"""The form of an entry and of the other nouns: what it offers, proposes, hides and refuses."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from satama.databank.models import Entry, Member, Organisation, Topic

from . import cast
from .test_drafts import PUBLISH
from .test_staff import address, as_posted, opened, record

pytestmark = pytest.mark.django_db

ADD = "/staff/snippets/databank/entry/add/"


@pytest.fixture
def administrator(db) -> Client:
    cast.region()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    return client


@pytest.fixture
def editor(db) -> Client:
    """Ritva, editor of Satamala and of no other region."""
    return signed_in("editor", region=cast.region())


def signed_in(role: str, **where) -> Client:
    person = get_user_model().objects.create_user("ritva@satamala.example", is_staff=True)
    Member.objects.create(user=person, role=role, **where)
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def written(client: Client, **more: str) -> dict[str, str]:
    """A new entry as somebody writes it."""
    form = as_posted(client.get(ADD).context["form"])
    words = {"texts-0-title": "Ilmainen uimahalli Ääsmäellä", "texts-0-summary": "Ui ilmaiseksi."}
    return form | {"kind": "service", **words} | more


def faults(answer) -> list[str]:
    soup = BeautifulSoup(answer.content, "html.parser")
    return [fault.get_text(" ", strip=True) for fault in soup.select(".error-message")]


def test_a_new_entry_is_of_the_editors_own_region_and_gets_its_address_from_the_title(editor):
    answer = editor.post(ADD, written(editor))

    assert answer.status_code == 302
    made = Entry.objects.get()
    assert (made.slug, made.region, made.live) == (
        "ilmainen-uimahalli-aasmaella",
        cast.region(),
        False,
    )
    assert [text.language for text in made.texts.all()] == ["fi"]


def test_an_editor_of_one_region_is_not_asked_which(editor):
    region = page(editor, ADD).select_one("#id_region")

    assert region.has_attr("disabled")
    assert [option.text for option in region.select("option")] == ["Harbourtown"]


def test_an_address_that_is_taken_above_gets_a_number(editor):
    cast.entry("ilmainen-uimahalli-aasmaella", region=cast.country())

    editor.post(ADD, written(editor))

    assert Entry.objects.filter(slug="ilmainen-uimahalli-aasmaella-2").exists()


def test_an_address_that_is_taken_is_refused_with_the_region(editor):
    cast.entry("pool", region=cast.country())

    answer = editor.post(ADD, written(editor, slug="pool"))

    assert faults(answer) == ["“pool” is used already in Land. Choose another."]


def test_a_title_without_latin_letters_asks_for_an_address(editor):
    answer = editor.post(ADD, written(editor, **{"texts-0-title": "مسبح مجاني"}))

    assert faults(answer) == ["Write an address in Latin letters, such as tax-card."]


@pytest.mark.parametrize("name", ["kind", "texts-0-title", "texts-0-summary", "status"])
def test_not_even_a_draft_is_without(editor, name):
    answer = editor.post(ADD, written(editor, **{name: ""}))

    assert answer.status_code == 200
    assert len(faults(answer)) == 1
    assert not Entry.objects.exists()


def test_a_draft_of_nothing_is_refused_field_by_field(editor):
    nothing = as_posted(editor.get(ADD).context["form"])

    assert faults(editor.post(ADD, nothing)) == ["This field is required."] * 3


def test_a_fact_that_is_not_there_is_refused(editor):
    cast.fact("pool-fee", "money", "5 EUR")
    body = "Maksu [[pool-fee]], muuten [[no-such-fee]] tai [[Ei nimi]]."

    answer = editor.post(ADD, written(editor, **{"texts-0-body": body}))

    assert faults(answer) == [
        "There is no fact [[no-such-fee]]. [[Ei nimi]] is not the name of a fact."
    ]
    assert not Entry.objects.exists()


def test_a_fact_of_a_region_beside_is_not_there(editor):
    cast.fact("their-fee", "money", "5 EUR", region=cast.region("toinen"))

    answer = editor.post(ADD, written(editor, **{"texts-0-fees": "[[their-fee]]"}))

    assert faults(answer) == ["There is no fact [[their-fee]]."]


def test_a_link_to_an_entry_that_is_not_there_is_refused(editor):
    cast.entry("pier")
    body = "Katso [laituri](entry:pier) ja [lautta](entry:ferry)."

    answer = editor.post(ADD, written(editor, **{"texts-0-body": body}))

    assert faults(answer) == ["The link entry:ferry leads nowhere."]


def way(**changes: str) -> dict[str, str]:
    """A way to reach the entry, as the browser adds it."""
    rows = {"channels-TOTAL_FORMS": "1", "channels-INITIAL_FORMS": "0", "channels-0-ORDER": "1"}
    return rows | {f"channels-0-{name}": value for name, value in changes.items()}


def test_a_way_names_a_fact_by_its_name_and_may_be_in_a_language_of_its_own(editor):
    cast.fact("pool-phone", "phone", "+358 50 111 1111")
    rows = way(kind="phone", fact="pool-phone", languages="ar")

    assert editor.post(ADD, written(editor, **rows)).status_code == 302

    made = Entry.objects.get()
    assert [(one.fact.key, one.languages) for one in made.channels.all()] == [
        ("pool-phone", ["ar"])
    ]
    form = page(editor, f"/staff/snippets/databank/entry/edit/{made.pk}/")
    ticked = form.select("[name=channels-0-languages][checked]")
    assert [box["value"] for box in ticked] == ["ar"]


def test_a_way_to_an_unknown_fact_is_refused(editor):
    answer = editor.post(ADD, written(editor, **way(kind="phone", fact="no-such")))

    assert "“no-such” is not there. Choose another." in faults(answer)


def test_a_phone_that_is_a_link_is_refused(editor):
    cast.fact("pool-url", "url", "https://pool.example/")

    answer = editor.post(ADD, written(editor, **way(kind="phone", fact="pool-url")))

    assert faults(answer) == ["Choose a fact of the type “Phone”."]


def test_a_way_that_leads_nowhere_is_refused_in_words(editor):
    answer = editor.post(ADD, written(editor, **way(kind="place")))

    assert faults(answer) == [
        "A visit leads to a place; every other way to a fact. Choose one of the two."
    ]


def test_an_entry_does_not_lead_to_itself(administrator):
    pier = cast.entry("pier")
    rows = {"links-TOTAL_FORMS": "1", "links-0-relation": "next", "links-0-target": "pier"}

    answer = administrator.post(address(pier), opened(administrator, pier) | rows)

    assert faults(answer) == ["An entry does not lead to itself."]


def test_one_topic_twice_is_refused(administrator):
    money = cast.topic("money")
    pier = cast.entry("pier", topics=[money])
    rows = {"topic_rows-TOTAL_FORMS": "2", "topic_rows-1-topic": str(money.pk)}

    answer = administrator.post(
        address(pier), opened(administrator, pier) | rows | {"topic_rows-1-ORDER": "2"} | PUBLISH
    )

    assert answer.status_code == 200
    assert [row.topic for row in pier.topic_rows.model.objects.filter(entry=pier)] == [money]


def test_topics_keep_the_order_of_their_rows(administrator):
    money, tax = cast.topic("money"), cast.topic("tax")
    pier = cast.entry("pier", topics=[money, tax])
    turned = {"topic_rows-0-ORDER": "2", "topic_rows-1-ORDER": "1"}

    administrator.post(address(pier), opened(administrator, pier) | turned | PUBLISH)

    kept = pier.topic_rows.model.objects.filter(entry=pier)
    assert [row.topic for row in kept] == [tax, money]


def test_a_kind_does_not_show_what_it_has_no_use_for(administrator):
    answer = page(administrator, address(cast.entry("when", kind="answer")))
    guide = page(administrator, address(cast.entry("how", kind="guide")))

    def hidden(soup) -> set[str]:
        return {
            panel.select_one("[data-panel-heading-text], .w-field__label").get_text(strip=True)
            for panel in soup.select("[data-without][hidden]")
        }

    assert hidden(guide) == {"Languages"}
    assert hidden(answer) == {
        *("Ways to reach it", "Cost", "Languages", "Municipalities", "Who it is for"),
        *("What it costs", "Bring", "How to use it", "Service classes", "Target groups"),
        "Life events",
    } - {"Municipalities"}


def test_what_a_kind_has_no_use_for_shows_while_it_holds_something(administrator):
    entry = cast.entry("when", kind="answer", charge="free", texts={"fi": {"fees": "Ei mitään."}})

    shown = page(administrator, address(entry))

    for name in ("charge", "texts-0-fees"):
        field = shown.select_one(f"#id_{name}")
        assert not field.find_parent(attrs={"data-without": True}).has_attr("hidden")


def test_a_kind_loses_nothing_of_what_it_does_not_show(administrator):
    entry = cast.entry("when", kind="answer", languages_served=["fi"], service_classes=["P6.1"])
    before = record(entry)

    administrator.post(address(entry), opened(administrator, entry) | PUBLISH)

    assert record(entry) == before


def test_nobody_writes_json(administrator):
    rows = [cast.entry("pier"), cast.organisation(), cast.place(), cast.topic("money")]
    rows += [cast.municipality(), cast.fact("pool-hint", "text", {"fi": "kaksi", "sv": "två"})]

    for row in rows:
        fields = page(administrator, address(row)).select("textarea, input[type=text]")
        said = [field.get("value") or field.get_text() for field in fields]
        assert [words for words in said if words.strip().startswith(("{", "["))] == []


@pytest.mark.parametrize("noun", ["organisation", "place", "topic", "municipality", "region"])
def test_saving_a_noun_unchanged_changes_nothing(administrator, noun):
    row = cast.region() if noun == "region" else getattr(cast, noun)()
    before = record(row)

    answer = administrator.post(address(row), opened(administrator, row))

    assert answer.status_code == 302, faults(answer)
    assert record(row) == before


def test_names_are_written_a_language_at_a_time(administrator):
    choir = cast.organisation("choir")
    names = {"names-sv": "Kören", "names-en": "", "alternate_names-fi": "Laulajat\r\n\r\nKuoro"}

    administrator.post(address(choir), opened(administrator, choir) | names)

    choir = Organisation.objects.get(pk=choir.pk)
    assert choir.names == {"fi": "Verotoimisto", "sv": "Kören"}
    assert choir.alternate_names == {"fi": ["Laulajat", "Kuoro"]}


def test_identifiers_are_written_one_on_a_line(administrator):
    choir = cast.organisation("choir")
    posted = opened(administrator, choir) | {"identifiers": "business-id: 0244741-4\r\n"}

    assert administrator.post(address(choir), posted).status_code == 302
    choir.refresh_from_db()
    assert choir.identifiers == [{"type": "business-id", "value": "0244741-4"}]
    assert opened(administrator, choir)["identifiers"] == "business-id: 0244741-4"


def test_an_identifier_without_its_kind_is_refused(administrator):
    choir = cast.organisation("choir")

    answer = administrator.post(
        address(choir), opened(administrator, choir) | {"identifiers": "0244741-4"}
    )

    assert faults(answer) == ["Write each on a line of its own, such as business-id: 0244741-4."]


def test_a_noun_without_a_name_is_refused(administrator):
    topic = cast.topic("money")
    emptied = {"labels-en": "", "labels-fi": ""}

    answer = administrator.post(address(topic), opened(administrator, topic) | emptied)

    assert "Write a name in at least one language." in answer.content.decode()
    assert Topic.objects.get().labels == {"en": "Money", "fi": "money suomeksi"}


def test_words_of_a_fact_are_written_a_language_at_a_time(administrator):
    hint = cast.fact("pool-hint", "text", {"fi": "kaksi", "sv": "två"})
    posted = opened(administrator, hint) | {"values-0-value_in-en": "two"}

    assert administrator.post(address(hint), posted).status_code == 302
    assert hint.values.model.objects.get(fact=hint).value == {
        **{"fi": "kaksi", "sv": "två"},
        "en": "two",
    }


def test_one_value_and_words_in_languages_are_not_both_written(administrator):
    hint = cast.fact("pool-hint", "text", {"fi": "kaksi"})
    posted = opened(administrator, hint) | {"values-0-value": "2"}

    answer = administrator.post(address(hint), posted)

    assert "Write one value, or words in several languages, not both." in faults(answer)


def test_the_form_offers_what_is_near(editor):
    cast.organisation("beside", region=cast.region("toinen"), names={"en": "Beside"})
    cast.organisation("above", region=cast.country(), names={"en": "Above"})
    cast.organisation("ours", names={"en": "Ours"})

    offered = page(editor, ADD).select("#id_organisation option")

    assert [option.text for option in offered] == ["---------", "Above", "Ours"]


def test_a_new_entry_is_looked_at_before_it_is_saved(editor):
    preview = "/staff/snippets/databank/entry/preview/"
    assert editor.post(preview, written(editor)).json() == {"is_valid": True, "is_available": True}

    shown = editor.get(f"{preview}?mode=fi")

    assert "Ui ilmaiseksi." in shown.content.decode()
    policy = shown["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe-inline" not in policy
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("day", "fee"), [("2026-12-31", "590"), ("2027-01-01", "610")])
def test_a_draft_is_looked_at_as_of_a_day(administrator, day, fee):
    cast.rising("fee")
    pier = cast.entry("pier", texts={"fi": {"body": "Maksu on [[fee]]."}})
    looked_at = f"/staff/snippets/databank/entry/preview/{pier.pk}/"
    administrator.post(looked_at, opened(administrator, pier))

    shown = administrator.get(f"{looked_at}?mode=fi@{day}").content.decode()

    assert f"Maksu on {fee}" in shown


def test_a_day_that_is_none_is_not_looked_at(administrator):
    pier = cast.entry("pier", texts={"fi": "Laituri"})
    looked_at = f"/staff/snippets/databank/entry/preview/{pier.pk}/"
    administrator.post(looked_at, opened(administrator, pier))

    assert administrator.get(f"{looked_at}?mode=fi@2027-02-30").status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_staff_read_the_form_in_their_language(administrator, language):
    entry = cast.entry("pier", valid_from=date(2026, 1, 1))
    labels = set()
    for code in ("en", language):
        soup = BeautifulSoup(
            administrator.get(address(entry), headers={"Accept-Language": code}).content,
            "html.parser",
        )
        labels_now = {
            label.get_text(" ", strip=True)
            for label in soup.select(
                ".w-tabs__tab, [data-panel-heading-text], form label.w-field__label, .marked button"
            )
        }
        labels = labels & labels_now if labels else labels_now

    # The same word in both languages.
    assert labels <= {"Text", "Organisation", "Region"}
