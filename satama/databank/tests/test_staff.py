"""Staff edit the nouns in Wagtail: what they write is checked, and only that changes."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from satama.databank.editing.fields import PlainValue
from satama.databank.models import Entry, Fact
from satama.databank.packs.records import all_names, records_of

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    return client


def address(row) -> str:
    return f"/staff/snippets/databank/{row._meta.model_name}/edit/{row.pk}/"


def as_posted(form) -> dict[str, str]:
    """What a browser sends back of a form that nobody touched."""
    posted: dict[str, str] = {}
    for field in form:
        value = field.value()
        if value is True:
            posted[field.html_name] = "on"
        elif isinstance(value, dict):
            within = "_in" if isinstance(field.field, PlainValue) else ""
            for code, said in value.items():
                words = "\r\n".join(said) if isinstance(said, list) else said
                posted[f"{field.html_name}{within}-{code}"] = words
        elif isinstance(value, list):
            posted[field.html_name] = [str(getattr(item, "pk", item)) for item in value]
        elif value is not None and value is not False:
            posted[field.html_name] = str(value).replace("\n", "\r\n")
    for formset in getattr(form, "formsets", {}).values():
        for part in (formset.management_form, *formset.forms):
            posted |= as_posted(part)
    return posted


def opened(client: Client, row) -> dict[str, str]:
    return as_posted(client.get(address(row)).context["form"])


def record(row) -> dict:
    fresh = type(row).objects.get(pk=row.pk)
    return next(told for _row, told in records_of(row._meta.model_name, [fresh], all_names()))


def test_saving_an_entry_unchanged_changes_nothing(administrator):
    texts = {
        "en": {"title": "Pier", "summary": "A pier.", "documents": ["Passport, or card", "Key"]}
    }
    entry = cast.entry("pier", texts=texts)
    before = record(entry)

    answer = administrator.post(address(entry), opened(administrator, entry))

    assert answer.status_code == 302
    assert record(entry) == before


def test_a_changed_phone_number_is_saved(administrator):
    fact = cast.fact("pier-phone", "phone", "+358 50 111 1111")
    posted = opened(administrator, fact) | {"values-0-value": "+358 50 222 2222"}

    administrator.post(address(fact), posted)

    assert [value.value for value in fact.values.model.objects.filter(fact=fact)] == [
        "+358 50 222 2222"
    ]


def test_a_value_that_does_not_fit_its_type_is_refused(administrator):
    fact = cast.fact("pier-fee", "money", "5 EUR")
    posted = opened(administrator, fact) | {"values-0-value": "five euros"}

    answer = administrator.post(address(fact), posted)

    assert answer.status_code == 200
    assert "does not fit its type" in answer.content.decode()
    assert Fact.objects.get(key="pier-fee").values.get().value == "5 EUR"


def test_two_values_on_one_day_are_refused_in_words(administrator):
    fact = cast.fact("pier-fee", "money", "5 EUR")
    posted = opened(administrator, fact) | {
        "values-TOTAL_FORMS": "2",
        "values-1-value": "6 EUR",
        "values-1-valid_from": "2027-01-01",
        "values-1-ORDER": "2",
    }

    answer = administrator.post(address(fact), posted)

    assert "Two values hold on the same day" in answer.content.decode()


def test_a_brand_that_cannot_be_read_is_refused(administrator):
    region = cast.region()
    posted = opened(administrator, region) | {"brand": '{"sea": "#dddddd"}'}

    answer = administrator.post(address(region), posted)

    assert "4.5:1 is needed" in answer.content.decode()


def test_an_adviser_without_the_right_may_not_edit(ritva):
    entry = cast.entry("pier")

    assert ritva.get(address(entry)).status_code in (302, 403)
    assert ritva.post(address(entry), {}).status_code in (302, 403)


def test_a_visitor_may_not_edit():
    entry = cast.entry("pier")

    answer = Client().post(address(entry), {"slug": "taken"})

    assert answer.status_code == 302
    assert "/staff/sign-in/" in answer["Location"]
    assert Entry.objects.get().slug == "pier"
