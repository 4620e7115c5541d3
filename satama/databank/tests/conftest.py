"""Monday 23 November 2026, noon in Satamala; and Ritva, adviser, who may look at another day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def noon():
    """Time stands still."""
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture(autouse=True)
def satamala_is_home(settings):
    settings.REGION = "satamala"
    settings.PUBLIC_URL = "https://satamala.example"


@pytest.fixture
def ritva(db) -> Client:
    """A browser in which an adviser is signed in."""
    client = Client()
    client.force_login(
        get_user_model().objects.create_user("ritva@satamala.example", "x" * 20, is_staff=True)
    )
    return client


@pytest.fixture
def queries():
    """How many queries a request takes, without the asking for the content version."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return sum("contentversion" not in query["sql"] for query in asked.captured_queries)

    return count
