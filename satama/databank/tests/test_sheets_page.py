"""Ritva downloads a sheet, uploads it, sees what would change and changes it; Kim may not."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from satama.databank.models import Entry, Organisation, Region, Text, Upload
from satama.databank.sheets.files import read

from .sheet_files import Table, harbour

PAGE = "/staff/sheets/"
RIGHTS = ["change_entry", "change_organisation", "change_fact"]
pytestmark = pytest.mark.django_db


def staff(name: str, *rights: str) -> Client:
    """A browser in which a person with these rights, and that to enter, is signed in."""
    person = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    enter, _made = Permission.objects.get_or_create(codename="access_admin", content_type=admin)
    those = Permission.objects.filter(content_type__app_label="databank", codename__in=rights)
    person.user_permissions.set([enter, *those])
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def region(tmp_path) -> Region:
    return harbour(tmp_path)


@pytest.fixture
def ritva(region) -> Client:
    return staff("ritva", *RIGHTS)


@pytest.fixture
def table(region) -> Table:
    return Table(region, "organisations").put("vero", "names.en", "Taxes")


def send(client: Client, table: Table, data: bytes | None = None):
    file = SimpleUploadedFile(table.name, table.data if data is None else data)
    return client.post(PAGE, {"region": table.region.pk, "file": file})


def text(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ", strip=True)


def name() -> str:
    return Organisation.objects.get(slug="vero").names["en"]


def test_a_file_is_shown_and_then_taken_over(ritva, table):
    shown = send(ritva, table)
    assert shown.status_code == 302

    told = text(ritva.get(shown["Location"]))
    assert "organisations, row 3: vero" in told
    assert "names.en “Tax Administration” “Taxes”" in told
    assert name() == "Tax Administration"

    done = ritva.post(shown["Location"], follow=True)
    assert "All of the file is in the databank now." in done.content.decode()
    assert (name(), Upload.objects.count()) == ("Taxes", 0)


def test_a_second_file_says_there_is_nothing_to_do(ritva, table):
    ritva.post(send(ritva, table)["Location"])

    told = text(ritva.get(send(ritva, table)["Location"]))

    assert "Nothing to do" in told
    assert "Change the databank" not in told


@pytest.mark.parametrize(("what", "file"), [("", "harbour.xlsx"), ("facts", "harbour-facts.csv")])
def test_a_download_is_a_file_that_can_be_read(ritva, region, what, file):
    answer = ritva.get(f"{PAGE}download/", {"region": region.pk, "what": what})

    assert answer["Content-Disposition"] == f'attachment; filename="{file}"'
    assert read(answer.content, file)


def test_a_download_of_nothing_we_have_leads_back(ritva):
    answer = ritva.get(f"{PAGE}download/", {"region": "999", "what": "people"})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_a_file_that_cannot_be_read_is_refused_on_the_page(ritva, table):
    answer = send(ritva, table, b"slug\n\xff")

    assert answer.status_code == 200
    assert "The file is not text in UTF-8." in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_fault_in_a_row_is_shown_without_a_button(ritva, table):
    table.put("vero", "kind", "shop")
    shown = send(ritva, table)["Location"]

    for answer in (ritva.get(shown), ritva.post(shown)):
        told = text(answer)
        assert "organisations, row 3, column kind: unknown 'shop'" in told
        assert "Change the databank" not in told
    assert name() == "Tax Administration"


def test_an_edit_between_seeing_and_changing_stops_it(ritva, table):
    shown = send(ritva, table)["Location"]
    assert "Change the databank" in text(ritva.get(shown))
    Organisation.objects.filter(slug="vero").update(url="https://vero.example")

    told = text(ritva.post(shown))

    assert "Nothing was changed" in told
    assert "Others edited this row since the sheet was written." in told
    assert name() == "Tax Administration"


def test_what_a_second_post_brings_along_does_not_count(ritva, table):
    shown = send(ritva, table)["Location"]
    other = Table(table.region, "organisations").put("vero", "names.en", "Robbers")

    ritva.post(shown, {"file": SimpleUploadedFile(other.name, other.data)})

    assert name() == "Taxes"


def test_a_file_is_kept_an_hour(ritva, table):
    shown = send(ritva, table)["Location"]
    with travel(timezone.now() + timedelta(hours=1, minutes=1)):
        for act in (ritva.get, ritva.post):
            assert act(shown)["Location"] == PAGE
    assert name() == "Tax Administration"


def test_translations_are_no_sheet(ritva, table):
    shown = send(ritva, table)["Location"]
    Upload.objects.update(name="harbour.po")

    for act in (ritva.get, ritva.post):
        assert act(shown)["Location"] == PAGE
    assert name() == "Tax Administration"


def test_a_person_has_one_file_and_old_ones_go(ritva, table):
    send(ritva, table)
    send(ritva, table)
    assert Upload.objects.count() == 1
    Upload.objects.update(sent=timezone.now() - timedelta(hours=2))

    send(staff("aino", *RIGHTS), table)

    assert [upload.person.email for upload in Upload.objects.all()] == ["aino@satamala.example"]


def test_nobody_changes_with_the_file_of_another(ritva, table):
    shown = send(ritva, table)["Location"]

    answer = staff("aino", *RIGHTS).post(shown)

    assert (answer.status_code, answer["Location"], name()) == (302, PAGE, "Tax Administration")


@pytest.mark.parametrize("reference", ["1", "WzFd:1abc:xyz"])
def test_a_reference_that_we_did_not_make_leads_back(ritva, reference):
    assert ritva.post(f"{PAGE}{reference}/")["Location"] == PAGE


@pytest.mark.parametrize("who", ["kim", "ritva"])
def test_what_another_person_has_locked_stops_the_sheet(ritva, region, who):
    get_user_model().objects.create_user("kim@satamala.example")
    person = get_user_model().objects.get(email__startswith=who)
    Entry.objects.filter(slug="card").update(locked=True, locked_by=person)
    table = Table(region, "entries").put("card", "title.en", "Order a tax card")

    told = text(ritva.post(send(ritva, table)["Location"], follow=True))

    assert ("Another person has locked card." in told) == (who == "kim")
    assert Text.objects.filter(title="Order a tax card").exists() == (who == "ritva")


def test_who_may_not_add_adds_nothing_by_a_sheet(ritva, table):
    table.add({"slug": "new", "kind": "other", "names.en": "New"})
    shown = send(ritva, table)["Location"]

    assert "You may not add anything of the kind organisation." in text(ritva.post(shown))
    assert not Organisation.objects.filter(slug="new").exists()

    aino = staff("aino", *RIGHTS, "add_organisation")
    aino.post(send(aino, table)["Location"])
    assert Organisation.objects.filter(slug="new").exists()


@pytest.mark.parametrize("missing", RIGHTS)
def test_who_may_not_change_all_three_has_no_sheets(ritva, table, missing):
    shown = send(ritva, table)["Location"]
    kim = staff("kim", *(right for right in RIGHTS if right != missing))

    for address in (PAGE, f"{PAGE}download/", shown):
        assert kim.get(address)["Location"] == "/staff/"
        assert kim.post(address)["Location"] == "/staff/"
    assert "Many at once" not in kim.get("/staff/").content.decode()
    assert name() == "Tax Administration"


def test_a_visitor_has_no_sheets(ritva, table):
    shown = send(ritva, table)["Location"]

    for address in (PAGE, f"{PAGE}download/", shown):
        for answer in (Client().get(address), Client().post(address)):
            assert answer["Location"].startswith("/staff/sign-in/")
    assert name() == "Tax Administration"


def test_a_form_from_elsewhere_changes_nothing(ritva, table):
    shown = send(ritva, table)["Location"]
    ritva.handler.enforce_csrf_checks = True

    assert ritva.post(shown).status_code == 403
    assert name() == "Tax Administration"


def test_the_page_is_in_the_menu_and_words_of_a_file_are_only_words(ritva, table):
    assert "Many at once" in ritva.get("/staff/").content.decode()
    table.put("vero", "names.en", "<script>alert(1)</script>")

    shown = ritva.get(send(ritva, table)["Location"]).content.decode()

    assert "<script>alert(1)" not in shown
    assert "Write this without HTML: &lt;script" in shown


def test_it_takes_as_many_queries_for_one_change_as_for_thirty(region):
    ritva = staff("ritva", *RIGHTS, "add_organisation")
    table = Table(region, "organisations")
    counts = []
    for number in range(30):
        table.add({"slug": f"n-{number}", "kind": "other", "names.en": "N"})
        if number in (0, 29):
            shown = send(ritva, table)["Location"]
            ritva.get(shown)
            with CaptureQueriesContext(connection) as asked:
                assert ritva.get(shown).status_code == 200
            counts.append(len(asked))

    assert counts[0] == counts[1]
