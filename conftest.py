"""For every test: plain static files, and no waiting for what another process may have changed."""

import pytest


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    from satama.databank import version

    monkeypatch.setattr(version, "FRESH", 0)
    settings.WHITENOISE_AUTOREFRESH = True  # no folder of collected files is needed
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
