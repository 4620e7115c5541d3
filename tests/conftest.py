"""The real thing for whole journeys: the server as `make run` starts it, with all content, and
Chromium."""

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .visit import Answer, ask, sitemap

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ROUNDS = """
import os, sys, traceback
for line in sys.stdin:
    copy = os.fork()
    if copy == 0:
        fault = 0
        try:
            exec(eval(line), dict(globals()))
        except BaseException:
            print(traceback.format_exc())
            fault = 1
        sys.stdout.flush()
        os._exit(fault)
    print(chr(0), os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
"""


class Shell:
    """`satama shell`, started once: that takes a second of a processor. What is told runs in a copy
    of it, so that nothing of one thing is left for the next."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "satama", "shell", "-v0", "-c", ROUNDS],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> str:
        """What the code prints."""
        self.process.stdin.write(f"{code!r}\n")
        self.process.stdin.flush()
        said = ""
        while "\0" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        told, fault = said.split("\0")
        assert int(fault) == 0, told
        return told

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class Server:
    """A running Satama: its address, its environment, and what it printed."""

    shell: Shell | None = None  # kept by the one that many tests share

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATAMA_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        ours = {"PORT": str(self.port), "DATA": str(folder / "var"), "SATAMA_WORK": "no"}
        self.environment = {**kept, **ours, **settings}
        self.log = folder / "log.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "satama", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self, seconds: float = 300) -> "Server":
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2).close()
                return self
            except (urllib.error.URLError, OSError) as fault:
                if isinstance(fault, urllib.error.HTTPError):
                    fault.close()  # it answers, but is not ready
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def command(self, *words: str) -> str:
        """What a `satama` command says beside the running server."""
        done = subprocess.run(
            [sys.executable, "-m", "satama", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> int:
        self.process.send_signal(2)
        return self.process.wait(30)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, worker_id) -> Path:
    """A data folder with all content, made once for all workers: a copy of it starts in seconds."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "loaded"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            assert Server(folder).wait().stop() == 0
            (folder / "done").touch()
    return folder / "var"


def copy(loaded: Path, folder: Path) -> None:
    # With its owners: PostgreSQL never runs as root.
    subprocess.run(["cp", "-a", str(loaded), str(folder / "var")], check=True)


@pytest.fixture
def begin(loaded, tmp_path):
    """Starts a server of one's own with all content, by settings."""
    started = []

    def start(**settings: str) -> Server:
        if not started:
            copy(loaded, tmp_path)
        started.append(Server(tmp_path, **settings).wait())
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def server(loaded, tmp_path_factory):
    """One server with two processes and all content, for all browser tests of a worker."""
    folder = tmp_path_factory.mktemp("satama")
    copy(loaded, folder)
    running = Server(folder, SATAMA_WORKERS="2").wait()
    running.shell = Shell(running.environment)
    yield running
    running.shell.end()
    running.stop()


@pytest.fixture(scope="session")
def walked(server) -> dict[str, Answer]:
    """Every address of the site map with its answer."""
    addresses = sitemap(server)
    with ThreadPoolExecutor(8) as pool:
        return dict(zip(addresses, pool.map(ask, addresses), strict=True))


@pytest.fixture(scope="session")
def soups(walked) -> dict[str, BeautifulSoup]:
    return {url: answer.soup for url, answer in walked.items()}


def launched(playwright):
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    # Its loop runs in this thread as long as the browser; Django would refuse its other tests here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page of its own; anything that the browser complains of fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "the server responded with a status of" not in said.text
            else None
        ),
    )
    yield tab
    context.close()
    assert complaints == []
