"""One question to a translation service, and its answer as JSON. What fails is told in a sentence
for staff; neither words nor keys reach a log."""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

QUIET = 20.0  # seconds that a service may say nothing
DEADLINE = 40.0  # seconds for an answer, also when it comes a little at a time
PAUSE = 1.0  # seconds before the second and last try
LONGEST_PAUSE = 5.0  # that a service may ask for
LARGEST = 2_000_000  # bytes of an answer
BUSY = {429, 500, 502, 503, 504, 529}  # tried once more

NO_SENSE = _("The translation service answered something that we do not understand.")
NO_ANSWER = _("The translation service did not answer in time. Try again later.")
NOT_THERE = _("The translation service cannot be reached. Try again later.")
NOT_NOW = _("The translation service does not work right now. Try again later.")
NO_KEY = _("The translation service does not accept our key. Tell the people who run Satama.")
SAYS = {
    400: _("The translation service refuses these words, or does not know one of the languages."),
    401: NO_KEY,
    403: NO_KEY,
    413: _("The text is too long for the translation service."),
    429: _("The translation service has too much to do. Try again in some minutes."),
    456: _("Our share of the translation service is used up."),
}


class Refused(Exception):
    """No translation; the text says why. `spent`: the service may have counted the characters."""

    def __init__(self, sentence: Any, spent: bool = False) -> None:
        super().__init__(sentence)
        self.spent = spent


def post(address: str, said: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
    """Ask, once more when the service is busy or cannot be reached. Raises Refused."""
    body = json.dumps(said, ensure_ascii=False).encode()
    status, data, pause = _ask(address, body, headers)
    if status in BUSY or not status:
        time.sleep(pause)
        status, data, pause = _ask(address, body, headers)
    if not status:
        raise Refused(NOT_THERE)
    if status != 200:
        raise Refused(SAYS.get(status) or (NOT_NOW if status >= 500 else NO_SENSE))
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise Refused(NO_SENSE, spent=True) from None


def _ask(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, float]:
    """The status (0 when nobody is there), the answer, and how long to wait before another try."""
    connection = _connection(address)
    try:
        connection.connect()
    except OSError:
        return 0, b"", PAUSE
    late = threading.Event()
    timer = threading.Timer(DEADLINE, _give_up, [connection.sock, late])
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", urlsplit(address).path, body, _ours(headers))
        with connection.getresponse() as got:
            data = got.read(LARGEST + 1)
    except TimeoutError:
        raise Refused(NO_ANSWER, spent=True) from None
    except (OSError, http.client.HTTPException):
        raise Refused(NO_ANSWER if late.is_set() else NO_SENSE, spent=True) from None
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():  # cut off, which looks like an end
        raise Refused(NO_ANSWER, spent=True)
    if len(data) > LARGEST:
        raise Refused(NO_SENSE, spent=True)
    return got.status, data, _pause(got.getheader("Retry-After", ""))


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=QUIET, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=QUIET)


def _give_up(wire: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        socket.socket.shutdown(wire, socket.SHUT_RDWR)
    except OSError:
        return  # it ended by itself just now


def _ours(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": f"Satama (+{settings.PUBLIC_URL}/)",
        "Connection": "close",
        **headers,
    }


def _pause(wanted: str) -> float:
    return min(float(wanted), LONGEST_PAUSE) if wanted.isdecimal() else PAUSE
