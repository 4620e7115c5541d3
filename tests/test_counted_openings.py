"""How often a page was opened, by a real server with two processes."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from .conftest import Server
from .visit import ask, python

pytestmark = pytest.mark.xdist_group("start")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/kokkola/ar/entries/tax-card"
SUM = """
from satama.databank.models import Reach
for row in Reach.objects.order_by("entry__slug", "language"):
    print(row.entry.slug, row.language, row.opened, row.found)
"""


def opened(server: Server) -> list[str]:
    return python(server, *SUM.strip().splitlines()[:1], SUM).splitlines()


def read(server: Server, times: int, **headers: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = {"user_agent": FIREFOX} | headers
        list(pool.map(lambda _: ask(server.url + PAGE, **said), range(times)))


def test_openings_in_two_processes_are_written_by_and_by_and_at_the_end(begin):
    server = begin(SATAMA_WORKERS="2")
    read(server, 40)
    read(server, 3, user_agent="Googlebot/2.1")
    read(server, 3, sec_purpose="prefetch")
    until = time.monotonic() + 90
    while opened(server) != ["tax-card ar 40 0"] and time.monotonic() < until:
        time.sleep(2)
    written = opened(server)
    read(server, 40)
    server.stop()

    assert (written, opened(begin())) == (["tax-card ar 40 0"], ["tax-card ar 80 0"])
