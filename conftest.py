"""For every test: plain static files, quick passwords, and no waiting for what another process may
have changed."""

import gc
import os
import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

hypothesis.register_profile("house", deadline=None)  # a busy machine is no fault of the code
hypothesis.load_profile("house")


def pytest_addoption(parser):
    parser.addoption(
        "--screenshots", action="store_true", help="make the pictures of docs/editing anew"
    )


def pytest_collection_finish(session):
    """What is imported and collected stays until the end: the collector of garbage need not look
    through it again every few hundred objects. It took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    from satama.databank import version

    monkeypatch.setattr(version, "FRESH", 0)
    from satama.databank.reach import counting
    from satama.finder import library

    # Counts of a test stay in it: nothing writes them beside it, or after it.
    monkeypatch.setattr(counting, "here", counting.Counts())
    counting.here._begin = lambda: None
    from satama.office.outreach import counting as posters

    monkeypatch.setattr(posters, "here", counting.Counts(add=posters.add))
    posters.here._begin = lambda: None
    settings.INDEX_FOLDER = None
    library.forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # no folder of collected files is needed
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def tidy_after_commits():
    """A test that really commits leaves no rows. Django would empty every table, also those that
    migrations filled (content types, the first page of Wagtail) and other tests build on."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda case: tidy())
        yield


def tidy() -> None:
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.core.cache import cache as counted
    from django.db import connection

    from satama.accounts.models import Folder

    rooms = (apps.get_app_config(room) for room in ("office", "threads", "databank", "base"))
    models = (model for room in rooms for model in room.get_models())
    tables = [m._meta.db_table for m in models if m.__name__ != "Release"]  # a migration's row
    with connection.cursor() as cursor:
        # The trigger puts the row of the content version back.
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("TRUNCATE wagtailcore_referenceindex, wagtailcore_modellogentry")
        cursor.execute("TRUNCATE wagtailcore_workflowstate, wagtailcore_taskstate")
        cursor.execute("TRUNCATE django_session")
    get_user_model().objects.all().delete()
    Folder.objects.all().delete()
    counted.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The database of each worker is a copy of one that all migrations filled. That one is made
    when a migration has changed, and kept between runs."""
    from django.db import connection

    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('test_migrated'))")  # until it closes
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated(connection, cursor)


def migrated(connection, cursor) -> str:
    """The name of the database that all migrations filled."""
    test, name = connection.settings_dict["TEST"], f"test_migrated_{of_migrations()}"
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'test_migrated')")
    there = {found for (found,) in cursor.fetchall()}
    for old in there - {name}:
        cursor.execute(f"DROP DATABASE {old}")
    if name not in there:
        usual, test["NAME"] = test["NAME"], "test_migrated"
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, serialize=False)
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)
        test["NAME"] = usual
        cursor.execute(f"ALTER DATABASE test_migrated RENAME TO {name}")  # whole, or not there
    return name


def of_migrations() -> str:
    """What differs when any migration does."""
    import django
    from django.apps import apps

    told = blake2b(django.__version__.encode(), digest_size=8)
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            told.update(f"{app.label} {file.name} ".encode() + file.read_bytes())
    return told.hexdigest()


@cache
def group(file: str) -> str:
    """The group that a test file names, if any."""
    named = re.search(r'xdist_group\("(\w+)"\)', (Path(__file__).parent / file).read_text())
    return named.group(1) if named else ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    return (os.cpu_count() or 1) + 1  # some tests only wait for a server or a browser


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of one group on one worker. xdist's own way does nothing with pytest 9.2
    (pytest-xdist issue 1386); this can go when that is mended."""
    from xdist.scheduler import LoadGroupScheduling

    class ByFile(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid.split("::")[0]) or nodeid

    return ByFile(config, log)


@pytest.fixture
def post(settings):
    """A mail server that keeps what it gets (tests/post.py of base)."""
    from satama.base.tests.post import Office, Post

    office = Office(Post())
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "Satamala <desk@satamala.example>"
    yield office.handler
    office.stop()
