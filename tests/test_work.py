"""`satama work` beside the server: what waits is sent, also when the worker dies; it outlives
nobody."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from satama.base.tests.post import Office, Post

from .conftest import ROOT

pytestmark = pytest.mark.xdist_group("start")

SEND = 'from satama.base import mail; mail.send(to="%s@satama.example", subject="S", text="T")'


@pytest.fixture
def post():
    office = Office(Post())
    office.start()
    yield office
    office.stop()


def workers(process: subprocess.Popen) -> list[int]:
    """The processes that work beside this one."""
    mark, found = f"--beside={process.pid}".encode(), []
    for there in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (there / "cmdline").read_bytes():
                found.append(int(there.name))
        except OSError:
            continue  # it ended meanwhile
    return found


def until(true, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    assert true()


def test_the_worker_sends_dies_comes_back_and_ends_with_the_server(begin, post):
    url = f"smtp://127.0.0.1:{post.port}"
    server = begin(SATAMA_WORK="yes", SATAMA_MAIL_URL=url)

    def to() -> list[str]:
        return [letter["To"] for letter in post.handler.arrived]

    server.command("shell", "-c", SEND % "amina")
    until(lambda: to() == ["amina@satama.example"])
    (first,) = workers(server.process)
    os.kill(first, signal.SIGKILL)
    server.command("shell", "-c", SEND % "oleh")
    until(lambda: len(to()) > 1)
    assert to() == ["amina@satama.example", "oleh@satama.example"]
    assert workers(server.process) != [first]

    assert server.stop() == 0
    assert workers(server.process) == []


BEGIN = """
import os, subprocess, sys
subprocess.run([sys.executable, "-m", "satama", "work", f"--beside={os.getpid()}"])
"""


def test_the_worker_ends_when_who_began_it_is_killed(begin):
    server = begin()
    first = subprocess.Popen([sys.executable, "-c", BEGIN], cwd=ROOT, env=server.environment)
    until(lambda: workers(first))

    first.kill()
    first.wait()

    until(lambda: not workers(first))
