"""One request to one address: never into the own network, never for long, nothing of the body read.

`http.client` asks; the name is looked up here, and only an address that was found public is
connected to, so that a name which changes in between leads nowhere else.
"""

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

QUIET = 10.0  # seconds that a server may say nothing
DEADLINE = 20.0  # seconds for everything, also when it says a little all the time
ADDRESSES = 4  # of one name, tried in turn
TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: an IPv4 address in the last 32 bits (RFC 6052)
SAFE = "/%:@!$&'()*+,;=~?"
# A chain without its middle is mended by browsers, and looks the same when our own roots are old.
UNKNOWN_ISSUER = {20, 21}


class OwnNetwork(OSError):
    """The name leads to an address that is not on the public internet."""


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or in `said` a word of judging.WORDS."""

    said: str
    location: str = ""
    retry_after: str = ""


def host_of(address: str) -> str:
    """The host of a web address as networks write it; empty for anything else."""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return ""
    return name if parts.scheme in ("http", "https") and len(name) <= 253 else ""


def is_public(number: str) -> bool:
    """Whether a network address is on the public internet, and of one machine."""
    ip = ip_address(number.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
        inner = ip.packed[-4:] if ip in TRANSLATED else None
        ip = ip.ipv4_mapped or (ip_address(inner) if inner else ip)
    if settings.LINKS_MAY_BE_LOOPBACK and ip.is_loopback:
        return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def request(method: str, address: str) -> Answer:
    """Ask once. No cookies, no credentials; what the address has of them is left out."""
    connection = None
    try:
        parts = urlsplit(address)
        connection = _Guarded(parts)
        return connection.ask(method, _target(parts))
    except Exception as fault:
        said = "timeout" if connection and connection.late else _fault(fault)
        if not said:
            raise
        return Answer(said)
    finally:
        if connection:
            connection.stop()


def agent() -> str:
    """Who asks, and where to find us."""
    return f"Satama link check (+{settings.PUBLIC_URL}/)"


class _Guarded(http.client.HTTPConnection):
    """A connection that looks where it goes, and ends at its deadline."""

    def __init__(self, parts: SplitResult) -> None:
        self.secure = parts.scheme.lower() == "https"
        self.default_port = 443 if self.secure else 80
        super().__init__(host_of(parts.geturl()), parts.port or self.default_port, timeout=QUIET)
        self.late = False
        self.wire: Any = None
        self.timer = threading.Timer(DEADLINE, self._give_up)
        self.timer.daemon = True

    def ask(self, method: str, target: str) -> Answer:
        self.timer.start()
        headers = {"User-Agent": agent(), "Accept": "*/*", "Connection": "close"}
        self.request(method, target, headers=headers)
        got = self.getresponse()
        if self.late:  # cut off, which looks like an end
            raise TimeoutError
        location = got.getheader("Location", "").encode("latin-1").decode(errors="replace")
        return Answer(str(got.status), location, got.getheader("Retry-After", ""))

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        allowed = [one for one in found if is_public(str(one[4][0]))]
        if not allowed:
            raise OwnNetwork
        self.sock = self.wire = self._reach(allowed[:ADDRESSES])
        if self.secure:
            self.sock = self.wire = ssl.create_default_context().wrap_socket(
                self.wire, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.wire.do_handshake()

    def _reach(self, found: list) -> socket.socket:
        fault: OSError = TimeoutError()
        for family, kind, protocol, _name, where in found:
            if self.late:
                break
            wire = socket.socket(family, kind, protocol)
            wire.settimeout(QUIET)
            try:
                wire.connect(where)
                return wire
            except OSError as error:
                fault = error
                wire.close()
        raise fault

    def _give_up(self) -> None:
        self.late = True
        if self.wire:
            try:
                socket.socket.shutdown(self.wire, socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself just now

    def stop(self) -> None:
        self.timer.cancel()
        self.close()
        if self.wire:
            self.wire.close()


def _target(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe=SAFE)


def _fault(fault: Exception) -> str:
    """What went wrong as a word; empty for a fault of our own."""
    match fault:
        case OwnNetwork():
            return "own-network"
        case socket.gaierror(errno=socket.EAI_NONAME):
            return "no-name"
        case ssl.SSLCertVerificationError(verify_code=code):
            return "no-chain" if code in UNKNOWN_ISSUER else "certificate"
        case TimeoutError():
            return "timeout"
        case ConnectionRefusedError():
            return "refused"
        case OSError():
            return "closed"
        case http.client.HTTPException() | ValueError():
            return "no-sense"
    return ""
