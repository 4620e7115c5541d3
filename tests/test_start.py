"""`satama serve`: one clear sentence when something is wrong, nothing left behind at the end."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import ROOT, Server, copy, free_port
from .visit import ask, python

pytestmark = pytest.mark.xdist_group("start")

SAFE = {
    "SATAMA_PRODUCTION": "yes",
    "SATAMA_SECRET_KEY": "x" * 50,
    "SATAMA_URL": "https://satama.example",
}


def refusal(folder: Path, **settings: str) -> str:
    """What `satama serve` says when it does not start: one sentence or two, never a traceback."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("SATAMA_")}
    kept.pop("DATABASE_URL", None)
    basic = {"PORT": str(free_port()), "DATA": str(folder / "var")}
    done = subprocess.run(
        [sys.executable, "-m", "satama", "serve"],
        cwd=ROOT,
        env={**kept, **basic, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = [line for line in done.stderr.splitlines() if "XDG_RUNTIME_DIR" not in line]
    said = [line for line in said if not line.startswith("  return Path(")]
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(said) == 1, done.stderr
    assert said[0].endswith((".", "folder")) or "make run" in said[0]
    return said[0]


def left_behind(folder: Path) -> list[str]:
    """The programs that still run in this folder or name it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if str(folder) in words or os.readlink(process / "cwd").startswith(str(folder)):
                found.append(words)
        except OSError:
            continue  # it ended meanwhile, or is none of ours
    return found


@pytest.fixture(scope="module")
def folder(loaded, tmp_path_factory) -> Path:
    """A data folder that was served from, and stopped with Ctrl-C."""
    folder = tmp_path_factory.mktemp("start")
    copy(loaded, folder)
    server = Server(folder, SATAMA_WORKERS="2").wait()
    assert any("postgres" in words for words in left_behind(folder))
    assert server.stop() == 0
    return folder


def test_a_port_that_is_taken_is_named_and_another_proposed(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = refusal(tmp_path, PORT=str(port))

    assert f"Port {port} is taken" in said
    assert f"PORT={port + 1}" in said
    assert not (tmp_path / "var").exists()


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "var").write_text("no folder")

    said = refusal(tmp_path)

    assert f"{tmp_path / 'var'} cannot be written" in said


def test_a_data_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "var").mkdir(mode=0o500)
    closed = "/proc/satama" if os.geteuid() == 0 else str(tmp_path / "var")

    said = refusal(tmp_path, DATA=closed)

    assert f"{closed} cannot be written" in said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/satama",
        "postgresql://nobody@no-such-host.invalid/satama",
        "mysql://root@127.0.0.1/satama",
        "postgresql://127.0.0.1:port/satama",
        "postgresql://127.0.0.1",
        "postgresql://[::1/satama",
        "satama",
    ],
)
def test_a_wrong_database_address_is_told(tmp_path, url):
    assert "DATABASE_URL" in refusal(tmp_path, DATABASE_URL=url)


@pytest.mark.parametrize(
    "setting",
    [
        {"SATAMA_COLOUR": "blue"},
        {"SATAMA_PRODUCTION": "maybe"},
        {"SATAMA_WORKERS": "0"},
        {"SATAMA_WORKERS": "many"},
        {"PORT": "0"},
        {"PORT": "99999"},
        {"PORT": "http"},
        {"SATAMA_ADDRESS": "not an address"},
        {"SATAMA_CONTENT": "/no/such/folder"},
    ],
    ids=lambda setting: "-".join(*setting.items()),
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, setting):
    assert next(iter(setting)) in refusal(tmp_path, **setting)


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"SATAMA_DEBUG": "yes"}, "SATAMA_DEBUG"),
        ({"SATAMA_SECRET_KEY": ""}, "SATAMA_SECRET_KEY"),
        ({"SATAMA_SECRET_KEY": "short"}, "SATAMA_SECRET_KEY"),
        ({"SATAMA_URL": ""}, "SATAMA_URL"),
        ({"SATAMA_URL": "http://satama.example"}, "SATAMA_URL"),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path, unsafe, named):
    said = refusal(tmp_path, **{**SAFE, **unsafe})

    assert named in said
    assert "short" not in said


def test_ctrl_c_ends_everything_that_was_started(folder):
    until = time.monotonic() + 5
    while left_behind(folder) and time.monotonic() < until:
        time.sleep(0.1)

    assert left_behind(folder) == []
    assert "Traceback" not in (folder / "log.txt").read_text()


def test_a_second_start_prepares_nothing_and_has_everything(folder):
    server = Server(folder).wait()

    pages = [ask(f"{server.url}/kokkola/{path}") for path in ("fi/", "ar/entries/tax-card")]
    said = server.log.read_text()
    ended = server.stop()

    assert [page.status for page in pages] == [200, 200]
    assert "Preparing" not in said and "created" not in said
    assert ended == 0


def test_a_polite_end_from_outside_leaves_nothing_behind(folder):
    server = Server(folder).wait()

    server.process.terminate()  # what systemd and containers send
    server.process.wait(30)
    time.sleep(1)

    assert left_behind(folder) == []


def test_a_database_of_a_newer_version_is_left_alone(folder):
    server = Server(folder).wait()
    applied = "from django.db.migrations.recorder import MigrationRecorder as Recorder"
    python(server, applied, "Recorder.Migration.objects.create(app='databank', name='9999_later')")
    server.stop()

    said = refusal(folder)
    after = left_behind(folder)

    assert "newer version (databank.9999_later)" in said
    assert after == []
