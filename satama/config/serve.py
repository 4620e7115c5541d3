"""`satama serve`: from nothing to a running service; each thing that can go wrong says one clear
sentence."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

ENOUGH_DISK = 300_000_000  # bytes: an empty database takes 60 MB, content and logs need room


def serve() -> None:
    """Check, prepare, and run until Ctrl-C; everything started here ends here."""
    hear_the_end()
    try:
        _serve()
    except KeyboardInterrupt:
        say("Stopped.")
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            stop("The disk is full. Free some space and start again; nothing is lost.")
        raise


def hear_the_end() -> None:
    """In the background of a shell, Python would not hear Ctrl-C. A polite end is one too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _serve() -> None:
    from .environment import Environment

    environment = Environment()
    address, port = environment.text("SATAMA_ADDRESS"), environment.number("PORT", 1, 65535)
    check_port(address, port)
    check_disk(Path(environment.text("DATA")).expanduser().resolve())
    if not environment.text("DATABASE_URL"):
        say("Starting the database ...")
    settings = start_django()
    os.environ["DATABASE_URL"] = settings.DATABASE_URL  # the server's processes use the same one
    check_version()
    prepare()
    greet(settings.PUBLIC_URL)
    with working(environment.flag("SATAMA_WORK")):
        run(address, port, settings.WORKERS)


def say(words: str) -> None:
    print(words, flush=True)  # the person who starts the service reads this


def stop(words: str) -> NoReturn:
    sys.exit(f"Satama could not start. {words}")


def check_port(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            stop(f"Port {port} needs more rights. Choose one above 1023: make run PORT=8000")
        except OSError as fault:
            if fault.errno != errno.EADDRINUSE:
                stop(f"SATAMA_ADDRESS is {address}: this computer has no such network address.")
            stop(
                f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
            )


def check_disk(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError
        free = shutil.disk_usage(folder).free
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise
        stop(f"The data folder {folder} cannot be written. Choose another: make run DATA=folder")
    if free < ENOUGH_DISK:
        stop(f"The disk of {folder} is full: {free // 1_000_000} MB are free, 300 are needed.")


def start_django() -> Any:
    """Settings, with a clear sentence when the database cannot be reached."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satama.config.settings")
    import django
    from django.conf import settings
    from django.db import OperationalError, connection

    try:
        django.setup()
        connection.ensure_connection()
    except OperationalError as fault:
        stop(f"The database does not answer: {str(fault).splitlines()[0]} Check DATABASE_URL.")
    return settings


def check_version() -> None:
    """A database that a newer Satama has changed must not be written by an older one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    newer = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps
        and (app, name) not in loader.disk_migrations
        and (app, name) not in loader.replacements
    )
    if newer:
        stop(
            f"The database was made by a newer version ({newer[-1]}). "
            "Install that version, or a newer one."
        )


def prepare() -> None:
    """Migrations, static files and, on the first start, the content packs."""
    from django.core.management import CommandError, call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    collect_static()
    from satama.databank.models import Region

    if not Region.objects.exists():
        try:
            call_command("load")
        except CommandError as fault:
            stop(str(fault))
    from satama.finder import library

    library.index()  # made now, so that no visitor waits for it
    library.forget()


def collect_static() -> None:
    """Once for each version of the files: a second start must not wait for it."""
    from django.conf import settings
    from django.core.management import call_command

    from satama import __version__

    newest = max(file.stat().st_mtime for file in settings.PACKAGE.glob("*/static/**/*"))
    stamp, mark = settings.STATIC_ROOT / ".made", f"{__version__} {newest}"
    if stamp.exists() and stamp.read_text() == mark:
        return
    say("Preparing styles and scripts ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark)


def greet(url: str) -> None:
    from satama.accounts.actions import first_link
    from satama.accounts.models import User

    say(f"\n  Satama is ready: {url}")
    if not User.objects.exists():
        say(f"  Create the first administrator (once, within a day): {first_link(url)}")
    say("  Stop with Ctrl-C.\n")
    from django.db import connections

    connections.close_all()


@contextmanager
def working(wanted: bool) -> Iterator[None]:
    """`satama work` beside the server; begun again if it should end."""
    ended = threading.Event()
    keeper = threading.Thread(target=keep_working, args=[ended])
    if wanted:
        keeper.start()
    try:
        yield
    finally:
        ended.set()
        if wanted:
            keeper.join()


def keep_working(ended: threading.Event) -> None:
    beside = f"--beside={os.getpid()}"  # so that it does not outlive us, however we end
    while not ended.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "satama", "work", beside])  # noqa: S603
        while worker.poll() is None and not ended.wait(0.5):
            pass
        ended.wait(5)  # Ctrl-C reaches it before us; and one that fails must not fail at once again
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(10)
        except subprocess.TimeoutExpired:
            worker.kill()


def run(address: str, port: int, workers: int) -> None:
    """Until it is asked to end. Granian gives up when one process ends twice within seconds, as
    when memory is short; people should find us again all the same."""
    while not serve_until_end(address, port, workers):
        hear_the_end()
        time.sleep(1)


def serve_until_end(address: str, port: int, workers: int) -> bool:
    """Whether it was asked to end."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "satama.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a process asked to end while it still starts may not hear it
    )
    with suppress(SystemExit):  # so it gives up
        server.serve()
    return bool(server.interrupt_signal)
