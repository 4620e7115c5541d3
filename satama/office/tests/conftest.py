"""Satamala with its Welcome Office open, and Amina, who has no name here."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from satama.databank.tests import cast
from satama.web.limit import window_key

HOME = "/satamala/en/"
WORDS = "How do I get a tax card?"


class Amina:
    """A visitor's browser: she sees forms, fills them in and sends them."""

    def __init__(self, clock, address: str = "192.0.2.1") -> None:
        self.clock, self.client = clock, Client(REMOTE_ADDR=address)
        self.answer = None

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.content, "html.parser")

    @property
    def words(self) -> str:
        return " ".join(self.page.main.get_text(" ").split())

    def goes(self, path: str) -> "Amina":
        self.answer = self.client.get(path if path.startswith("/") else HOME + path, follow=True)
        return self

    def form(self, action: str = "") -> dict[str, str]:
        """What the form (with this end of its address) would send as it stands."""
        found = next(
            f for f in self.page.main.select("form") if f.get("action", "").endswith(action)
        )
        return filled(found)

    def sends(self, _to: str = "", wait: int = 10, **changes) -> "Amina":
        """Fills in the form of the page she is on, thinks, and sends it."""
        path = HOME + (_to or "ask")
        said = self.form(_to.rsplit("/", 1)[-1] or "ask") | changes
        self.clock.shift(wait)
        self.answer = self.client.post(path, {k: v for k, v in said.items() if v}, follow=True)
        return self

    @property
    def at(self) -> str:
        return self.answer.request["PATH_INFO"].removeprefix(HOME)

    @property
    def code(self) -> str:
        return self.page.select_one("#code").get_text()

    def asks(self, **changes) -> "Amina":
        return self.goes("ask").sends(**{"text": WORDS} | changes)

    def keeps(self) -> str:
        """The code, once she has said that she has it."""
        code = self.code
        self.sends("folder/code", saved="1")
        return code

    def opens(self, code: str, **changes) -> "Amina":
        return self.goes("folder").sends("folder", code=code, **changes)


def filled(form) -> dict[str, str]:
    said = {}
    for tag in form.select("input, textarea, select"):
        if tag.get("type") in ("radio", "checkbox") and not tag.has_attr("checked"):
            continue
        if tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            said[tag["name"]] = chosen.get("value", "")
        elif tag.name == "textarea":
            said[tag["name"]] = re.sub(r"^\n", "", tag.get_text())
        elif tag.get("name"):
            said[tag["name"]] = tag.get("value", "")
    return said


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def satamala(db, settings, clock):
    settings.REGION = "satamala"
    window_key.cache_clear()
    cache.clear()
    return cast.region(rooms=["office"])


@pytest.fixture
def amina(satamala, clock) -> Amina:
    return Amina(clock)


@pytest.fixture
def oleh(satamala, clock) -> Amina:
    """Somebody else, elsewhere."""
    return Amina(clock, "198.51.100.7")
