"""For every test: plain static files, and no waiting for what another process may have changed."""

import re
from functools import cache
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    from django.contrib.contenttypes.models import ContentType

    from satama.databank import version

    ContentType.objects.clear_cache()  # a test that really commits leaves other numbers behind
    monkeypatch.setattr(version, "FRESH", 0)
    settings.WHITENOISE_AUTOREFRESH = True  # no folder of collected files is needed
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@cache
def group(file: str) -> str:
    """The group that a test file names, if any."""
    named = re.search(r'xdist_group\("(\w+)"\)', (Path(__file__).parent / file).read_text())
    return named.group(1) if named else ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of one group on one worker. xdist's own way does nothing with pytest 9.2
    (pytest-xdist issue 1386); this can go when that is mended."""
    from xdist.scheduler import LoadGroupScheduling

    class ByFile(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid.split("::")[0]) or nodeid

    return ByFile(config, log)
