"""What rooms hang into a folder."""

import pytest

from satama.accounts.folders import parts
from satama.accounts.folders.parts import Part, hang
from satama.accounts.models import Folder


@pytest.fixture(autouse=True)
def nothing_hangs(monkeypatch):
    monkeypatch.setattr(parts, "_parts", {})


def test_parts_come_in_their_order_each_once_and_empty_ones_are_left_out():
    plan = Part(20, "plans/part.html", lambda folder, reader: {"steps": [folder.pk, reader]})
    for part in (plan, Part(10, "office/part.html", lambda *_: {"talks": []}), plan):
        hang(part)
    hang(Part(5, "bookings/part.html", lambda *_: {}))

    assert parts.parts(Folder(pk=7), "reader") == [
        {"template": "office/part.html", "held": {"talks": []}},
        {"template": "plans/part.html", "held": {"steps": [7, "reader"]}},
    ]
