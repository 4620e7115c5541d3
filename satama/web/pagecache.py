"""The page cache: whole public pages, kept by path and declared parameters, in front of Django.

A page says that it may be kept, and which parameters change it, with the header `X-Page-Params`
(web.pages.cacheable), and by which name its openings are counted with `X-Page-Counted`
(web.pages.counted). Neither leaves the house. Nothing else is part of the key: no cookie, no
unknown parameter. A kept page lives for one content version and at most `LIFE` seconds. What Django
answers uncached is compressed here too, so there is one place for it.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli

from .robots import is_opening

LIFE = 30.0  # seconds: "open now" is told to the half minute
ROOM = 64_000_000  # bytes that one process keeps
SMALL = 300  # bytes below which compressing is no gain
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/ld+json",
    "image/svg+xml",
    "application/xml",
)
MOST_PARAMS = 50  # no page of ours has more; not worth reading
LASTING = ("200", "301")  # pages, and where those that moved have gone
OWN = frozenset({"X-Page-Params", "X-Page-Counted"})  # headers between Django and us
PRIVATE = frozenset({"on"})  # staff look at another day: never kept

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """One body in one encoding with the headers that go with it."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str


@dataclass
class Kept:
    """A page in every encoding that was asked for, when it goes stale, and its name if its
    openings are counted."""

    version: int
    until: float
    plain: Answer
    encoded: dict[str, Answer]
    counted: str


class PageCache:
    """WSGI application around another one; `version` gives the content version, cheaply, and
    `opened` takes the name of a counted page that a person opened."""

    def __init__(
        self,
        app: App,
        version: Callable[[], int],
        opened: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.app, self.version, self.opened = app, version, opened
        self.pages: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self.params: dict[str, tuple[str, ...]] = {}
        self.size = 0
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_HX_REQUEST" in environ:
            return self.pass_on(environ, start, version=None)
        version = self.version()
        key = self.key(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        kept = self.pages.get(key) if key else None
        if kept and kept.until > time.monotonic() and kept.version == version:
            return self.answer(environ, start, kept)
        return self.pass_on(environ, start, version)

    def key(self, path: str, query: str) -> tuple[str, str] | None:
        """The path and its declared parameters in one order; None when the page may not be kept."""
        if not query:
            return path, ""
        if query.count("&") >= MOST_PARAMS:
            return None
        # With blanks: of `topic=tax&topic=` the page sees the last, which is none.
        pairs = parse_qsl(query, keep_blank_values=True)
        if any(name in PRIVATE for name, _ in pairs):
            return None
        declared = self.params.get(path)
        if declared is None:
            return None
        said = {name: value for name, value in dict(pairs).items() if name in declared and value}
        return path, urlencode(sorted(said.items()))

    def pass_on(
        self, environ: dict[str, Any], start: Start, version: int | None
    ) -> Iterable[bytes]:
        """Ask Django, compress the answer, and keep the page if it says so and has a version."""
        said: list[Any] = []
        parts = self.app(environ, lambda status, headers, _=None: said.extend((status, headers)))
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, headers = said[0], list(said[1])
        own = {name: value for name, value in headers if name in OWN}
        params = own.get("X-Page-Params")
        headers = [pair for pair in headers if pair[0] not in OWN]
        if environ["REQUEST_METHOD"] == "HEAD" and not body:
            start(status, headers)
            return [b""]  # its length is the one that GET would tell
        headers = [pair for pair in headers if pair[0] != "Content-Length"]
        personal = any(name.lower() == "set-cookie" for name, _ in headers)
        if params is None or personal or not status.startswith(LASTING):
            leads = status.startswith("302") and not personal  # it differs by reader: not kept
            if leads and "X-Page-Counted" in own and is_opening(environ):
                self.opened(own["X-Page-Counted"])
            answer = encode(plain(status, headers, body), coding(environ), quality=4)
            return send(environ, start, answer)
        headers.append(("Cache-Control", "public, max-age=0, must-revalidate"))
        until, page = time.monotonic() + LIFE, plain(status, headers, body)
        kept = Kept(version or 0, until, page, {}, own.get("X-Page-Counted", ""))
        if version is not None:
            self.keep(environ, tuple(params.split(",")), kept)
        return self.answer(environ, start, kept)

    def keep(self, environ: dict[str, Any], params: tuple[str, ...], kept: Kept) -> None:
        path = environ["PATH_INFO"]
        if len(self.params) > 50_000:
            self.params.clear()
        self.params[path] = params
        key = self.key(path, environ.get("QUERY_STRING", ""))
        if key is None:
            return
        with self.lock:
            self.forget(key)
            self.pages[key] = kept
            self.size += len(kept.plain.body) * 2
            while self.size > ROOM:
                self.forget(next(iter(self.pages)))

    def forget(self, key: tuple[str, str]) -> None:
        old = self.pages.pop(key, None)
        if old:
            self.size -= len(old.plain.body) * 2

    def answer(self, environ: dict[str, Any], start: Start, kept: Kept) -> Iterable[bytes]:
        if kept.counted and is_opening(environ):
            self.opened(kept.counted)  # also when it is the same as before (304): it is read again
        wanted = coding(environ)
        answer = kept.encoded.get(wanted)
        if answer is None:
            answer = kept.encoded[wanted] = encode(kept.plain, wanted, quality=6)
        return send(environ, start, answer)


def coding(environ: dict[str, Any]) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def plain(status: str, headers: list[tuple[str, str]], body: bytes) -> Answer:
    return Answer(status, headers, body, hashlib.blake2b(body, digest_size=12).hexdigest())


def encode(answer: Answer, wanted: str, *, quality: int) -> Answer:
    """The answer in the wanted encoding, with its length and tag."""
    headers, body = list(answer.headers), answer.body
    names = {name.lower(): value for name, value in headers}
    text = names.get("content-type", "").startswith(COMPRESSIBLE)
    if wanted and text and len(body) > SMALL and "content-encoding" not in names:
        body = (
            brotli.compress(body, quality=quality)
            if wanted == "br"
            else gzip.compress(body, quality)
        )
        headers.append(("Content-Encoding", wanted))
    if text:
        headers = [pair for pair in headers if pair[0].lower() != "vary"]
        headers.append(("Vary", ", ".join(filter(None, [names.get("vary"), "Accept-Encoding"]))))
    etag = f'"{answer.etag}{"-" + wanted if wanted else ""}"'
    if "etag" not in names and answer.status.startswith("200"):
        headers.append(("ETag", etag))
    headers.append(("Content-Length", str(len(body))))
    return Answer(answer.status, headers, body, etag)


def send(environ: dict[str, Any], start: Start, answer: Answer) -> Iterable[bytes]:
    if answer.etag in environ.get("HTTP_IF_NONE_MATCH", "") and answer.status.startswith("200"):
        dropped = ("Content-Length", "Content-Encoding", "Content-Type")
        start("304 Not Modified", [pair for pair in answer.headers if pair[0] not in dropped])
        return [b""]
    start(answer.status, answer.headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]
