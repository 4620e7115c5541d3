"""What is secret at rest: closed in the database, opened with any key that is still kept."""

import pytest
from django.core.management import call_command
from django.db import connection

from satama.accounts.folders import actions
from satama.accounts.models import Folder
from satama.base import secret

OLD, NEW = "o" * 40, "n" * 40
AMINA = "amina@satamala.example"


@pytest.fixture
def folder(db, settings):
    from datetime import date

    settings.KEYS = [OLD]
    made, _code = actions.begin(language="ar", keep=90, on=date(2026, 11, 21))
    made.email = AMINA
    made.save()
    return made


def stored() -> str:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT email FROM accounts_folder").fetchone()[0]


def test_what_is_closed_is_read_again_and_never_twice_the_same():
    closed = secret.close("مرحبا")
    assert secret.read(closed) == "مرحبا"
    assert secret.close("مرحبا") != closed


def test_the_database_holds_nothing_that_can_be_read(folder):
    assert "amina" not in stored() and len(stored()) > 60
    assert Folder.objects.get().email == AMINA


def test_what_is_empty_stays_empty(folder):
    folder.email = ""
    folder.save()
    assert stored() == ""
    assert Folder.objects.filter(email="").count() == 1


def test_nobody_can_search_in_it(folder):
    with pytest.raises(TypeError, match="cannot be searched"):
        Folder.objects.filter(email__contains="amina").exists()


def test_a_new_key_opens_the_old_and_after_the_change_alone(folder, settings):
    settings.KEYS = [NEW, OLD]
    before = stored()
    assert Folder.objects.get().email == AMINA

    call_command("rotate-keys")

    assert stored() != before
    settings.KEYS = [NEW]
    assert Folder.objects.get().email == AMINA


def test_without_its_key_it_is_lost(folder, settings):
    settings.KEYS = [NEW]
    with pytest.raises(secret.Unreadable):
        Folder.objects.get()
    with pytest.raises(secret.Unreadable):
        call_command("rotate-keys")


def test_what_was_tampered_with_is_not_read(folder):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_folder SET email = %s", [stored()[:-2] + "AA"])
    with pytest.raises(secret.Unreadable):
        Folder.objects.get()
