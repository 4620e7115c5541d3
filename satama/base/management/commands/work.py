"""`satama work`: sends mail and does what is due, until it is ended. It may be killed at any
moment, and run on every node."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from satama.base import jobs, mail

log = logging.getLogger(__name__)

PAUSE = 2  # seconds between two looks


class Command(BaseCommand):
    help = "Sends mail and does what is due, until it is ended; with --once, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--beside", type=int, help="Ends with this process, which began it.")

    def handle(self, *args: object, once: bool, beside: int | None, **options: object) -> None:
        if once:
            mail.deliver()
            do_due()
            return
        ended = threading.Event()
        for polite in (signal.SIGTERM, signal.SIGINT):
            signal.signal(polite, lambda *_: ended.set())
        # Long work must not keep mail waiting. A daemon: it ends with us, wherever it is.
        threading.Thread(target=keep_doing, args=[ended], daemon=True).start()
        while not ended.is_set() and (beside is None or os.getppid() == beside):
            ended.wait(PAUSE)
            guarded(mail.deliver)


def keep_doing(ended: threading.Event) -> None:
    while not ended.wait(PAUSE):
        guarded(do_due)


def guarded(act: Callable[[], object]) -> None:
    close_old_connections()
    try:
        act()
    except DatabaseError as fault:  # it comes back
        log.warning("The database did not answer: %s", type(fault).__name__)


def do_due() -> None:
    every: timedelta
    for name, every in settings.JOBS.items():
        if jobs.take(name, every):
            do(name)


def do(name: str) -> None:
    """One that fails does not keep the others from being done; it is tried when it is due again."""
    try:
        call_command(name, verbosity=0)
    except (Exception, SystemExit):
        log.exception("%s failed.", name)
