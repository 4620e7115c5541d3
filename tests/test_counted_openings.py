"""How often a page was opened, by a real server with two processes."""

from ast import literal_eval
from concurrent.futures import ThreadPoolExecutor

import pytest

from .conftest import Server
from .visit import ask, python

pytestmark = pytest.mark.xdist_group("start")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/kokkola/ar/entries/tax-card"
# One process that looks again and again: each that starts takes a second of a processor.
TOLD = """
import time
from satama.databank.models import Reach
rows = Reach.objects.order_by("entry__slug", "language")
until = time.monotonic() + {seconds}
while True:
    found = [(row.entry.slug, row.language, row.opened, row.found) for row in rows.all()]
    if found == {wanted} or time.monotonic() > until:
        break
    time.sleep(0.5)
print(found)
"""


def opened(server: Server, wanted: list[tuple], seconds: int = 0) -> list[tuple]:
    """The counts in the database, as soon as they are what is wanted or when time is up."""
    return literal_eval(python(server, TOLD.format(wanted=wanted, seconds=seconds)))


def read(server: Server, times: int, **headers: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = {"user_agent": FIREFOX} | headers
        list(pool.map(lambda _: ask(server.url + PAGE, **said), range(times)))


def test_openings_in_two_processes_are_written_by_and_by_and_at_the_end(begin):
    server = begin(SATAMA_WORKERS="2")
    read(server, 40)
    read(server, 3, user_agent="Googlebot/2.1")
    read(server, 3, sec_purpose="prefetch")
    written = opened(server, once := [("tax-card", "ar", 40, 0)], seconds=90)
    read(server, 40)
    server.stop()

    assert (written, opened(server, [])) == (once, [("tax-card", "ar", 80, 0)])
