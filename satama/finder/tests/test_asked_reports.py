"""Ritva reads what people look for and teaches a topic new words; Kim may do neither."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from satama.databank import version
from satama.databank.models import Topic
from satama.databank.tests import cast
from satama.finder.models import Asked

REPORT = "/staff/reports/asked/"
SEE, CHANGE = "finder.view_asked", "databank.change_topic"
pytestmark = pytest.mark.django_db


def staff(*permissions: str, email: str = "ritva@satamala.example") -> Client:
    """A browser in which a person with these rights, and that to enter, is signed in."""
    person = get_user_model().objects.create_user(email, "x" * 20, is_staff=True)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    enter, _made = Permission.objects.get_or_create(codename="access_admin", content_type=admin)
    person.user_permissions.add(enter)
    for label, codename in (permission.split(".") for permission in permissions):
        person.user_permissions.add(
            Permission.objects.get(content_type__app_label=label, codename=codename)
        )
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ritva(db) -> Client:
    return staff(SEE, CHANGE)


@pytest.fixture
def kim(db) -> Client:
    """Staff, but without a right to these pages."""
    return staff(email="kim@satamala.example")


@pytest.fixture
def harbour(db):
    """A pier and a marina; boats are known as ships."""
    boats = cast.topic("boats", labels={"en": "Boats"}, synonyms={"en": ["ships"]})
    cast.entry("marina", {"en": "Marina"}, topics=[boats])
    cast.entry("tax-card", {"en": "Tax card for a job"})
    return boats


def asked(text: str = "dinghy", before: int = 0, **changes) -> Asked:
    fields = {"region": cast.region(), "language": "en", "asked": 5, "text": text}
    day = timezone.localdate() - timedelta(days=before)
    return Asked.objects.create(**{**fields, "day": day, **changes})


def table(client: Client, asking: str = "") -> list[list[str]]:
    """The cells of the report as read, without the way to the next step."""
    answer = client.get(REPORT + asking)
    assert answer.status_code == 200
    rows = BeautifulSoup(answer.content, "html.parser").select("table.listing tbody tr")
    return [[cell.text for cell in row.select("td")][:6] for row in rows]


def page(row: Asked) -> str:
    return f"{REPORT}{row.pk}/add/"


def chosen(topic: Topic, words: str = "dinghy", language: str = "en") -> dict:
    return {"topic": topic.pk, "language": language, "words": words}


def test_the_report_shows_what_is_asked_most_first(ritva):
    asked("boat", asked=6, opened=3, results=2)
    asked("boat", before=3, asked=4, opened=1, results=9)
    asked("vene", language="fi", asked=12, results=0)

    assert table(ritva) == [
        ["vene", "Suomi", "Harbourtown", "12", "0", "0 %"],
        ["boat", "English", "Harbourtown", "10", "2", "40 %"],
    ]


def test_only_what_is_in_clear_is_shown(ritva):
    asked("", hash="a" * 64, asked=90)
    asked("", asked=80)

    assert table(ritva) == []


@pytest.mark.parametrize(
    ("asking", "shown"),
    [
        ("", ["a week", "a month"]),
        ("?days=7", ["a week"]),
        ("?days=90", ["a week", "a month", "a quarter"]),
    ],
)
def test_the_report_looks_back_as_far_as_staff_wish(ritva, asking, shown):
    asked("a week", before=6, asked=9)
    asked("a month", before=29, asked=8)
    asked("a quarter", before=89, asked=7)
    asked("long ago", before=90)

    assert [row[0] for row in table(ritva, asking)] == shown


def test_the_report_of_a_language(ritva):
    asked("boat")
    asked("vene", language="fi")

    assert [row[0] for row in table(ritva, "?language=fi")] == ["vene"]


def test_what_found_nothing_good_by_its_last_asking(ritva):
    asked("mended", confident=True)
    asked("mended", before=1, confident=False)
    asked("boat", confident=False)
    asked("boat", before=1, confident=True)

    assert [row[0] for row in table(ritva, "?results=none")] == ["boat"]


def test_the_results_alone_answer_too(ritva):
    asked("boat")

    assert b"boat" in ritva.get(f"{REPORT}results/").content


def test_a_wrong_filter_is_no_error_page(ritva):
    asked("boat")

    assert [row[0] for row in table(ritva, "?days=x&language=x&results=x")] == ["boat"]


def test_the_report_takes_as_many_queries_for_thirty_rows_as_for_one(ritva):
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert len(table(ritva)) == Asked.objects.count()
        return sum("contentversion" not in query["sql"] for query in made.captured_queries)

    asked("boat 0")
    queries()
    one = queries()
    for number in range(1, 30):
        asked(f"boat {number}")

    assert queries() == one


def test_the_report_is_in_the_menu_of_those_who_may_see_it(ritva, kim):
    seen = {
        name: REPORT in client.get("/staff/").content.decode()
        for name, client in (("ritva", ritva), ("kim", kim))
    }

    assert seen == {"ritva": True, "kim": False}


def test_a_row_leads_to_the_page_for_its_words(ritva, harbour):
    row = asked(language="fi")

    answer = ritva.get(REPORT)
    form = ritva.get(page(row)).context["form"]

    assert page(row) in answer.content.decode()
    assert (form["words"].value(), form["language"].value()) == ("dinghy", "fi")


def test_the_effect_is_shown_before_saving(ritva, harbour):
    row = asked()

    answer = ritva.get(page(row), chosen(harbour))
    shown = answer.context["effect"]

    slugs = {name: [found["entry"].slug for found in shown[name]] for name in shown}
    assert slugs == {"now": [], "then": ["marina"]}
    assert "Marina</a> <strong>new</strong>" in answer.content.decode()


def test_looking_changes_nothing(ritva, harbour):
    before = version.read()

    ritva.get(page(asked()), chosen(harbour))

    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"]}
    assert version.read() == before


def test_what_is_shown_is_what_is_found_after_saving(ritva, harbour):
    row = asked()

    answer = ritva.post(page(row), chosen(harbour, "  dinghy \n "))

    assert (answer.status_code, answer["Location"]) == (302, REPORT)
    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships", "dinghy"]}
    assert b"Marina" in Client().get("/satamala/en/find?q=dinghy").content


def test_saving_makes_a_new_content_version_and_a_line_of_history(ritva, harbour):
    with connection.cursor() as cursor:  # all of a test is one transaction
        cursor.execute("UPDATE databank_contentversion SET version = 1")

    ritva.post(page(asked()), chosen(harbour, "vene", "fi"))

    assert version.read() > 1
    line = ModelLogEntry.objects.get()
    assert (line.action, line.object_id, line.user.email) == (
        "wagtail.edit",
        str(harbour.pk),
        "ritva@satamala.example",
    )
    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"], "fi": ["vene"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "Ships!"},
        {"words": " "},
        {"words": "x" * 81},
        {"words": "a\x00b"},
        {"language": "xx"},
        {"topic": "0"},
        {"topic": ""},
    ],
)
def test_what_does_not_fit_is_refused_in_words(ritva, harbour, wrong):
    answer = ritva.post(page(asked()), chosen(harbour) | wrong)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "effect" not in answer.context
    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"]}


def test_a_topic_of_another_region_is_not_on_offer(ritva, harbour):
    elsewhere = cast.topic("trams", region=cast.region("kala"))

    answer = ritva.post(page(asked()), chosen(elsewhere))

    assert "topic" in answer.context["form"].errors


@pytest.mark.parametrize("hidden", [{"hash": "a" * 64}, {}])
def test_what_is_not_in_clear_has_no_page(ritva, harbour, hidden):
    assert ritva.get(page(asked("", **hidden))).status_code == 404


def test_a_visitor_is_asked_to_sign_in(harbour):
    for address in (REPORT, f"{REPORT}results/", page(asked())):
        answer = Client().get(address)
        assert (answer.status_code, "/sign-in/" in answer["Location"]) == (302, True)


def test_a_visitor_teaches_nothing(harbour):
    Client().post(page(asked()), chosen(harbour))

    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"]}


def test_staff_without_the_right_see_nothing(kim, harbour):
    row = asked()

    for address in (REPORT, f"{REPORT}results/", page(row)):
        answer = kim.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/staff/")
        assert b"dinghy" not in answer.content


@pytest.mark.parametrize("right", [SEE, CHANGE])
def test_one_right_alone_teaches_nothing(harbour, right):
    half = staff(right)
    row = asked()

    answers = [half.get(page(row)), half.post(page(row), chosen(harbour))]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"]}


def test_who_may_only_read_is_shown_no_way_to_change(harbour):
    row = asked()

    answer = staff(SEE).get(REPORT).content.decode()

    assert "dinghy" in answer
    assert page(row) not in answer


def test_a_post_without_its_token_is_refused(ritva, harbour):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ritva.cookies

    assert strict.post(page(asked()), chosen(harbour)).status_code == 403
    assert Topic.objects.get(pk=harbour.pk).synonyms == {"en": ["ships"]}
