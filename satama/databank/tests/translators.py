"""Translation services on this machine that speak the protocols, also as none should."""

import json
import re
from collections.abc import Callable
from html import unescape
from http.server import BaseHTTPRequestHandler
from typing import Any

from .misbehaving import Site


class Translator(Site):
    """`posted` is every question as it came: its path, its headers, its words."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        super().__init__()

    def _handler(site) -> type[BaseHTTPRequestHandler]:
        class Handler(super()._handler()):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                words = json.loads(self.rfile.read(size))
                site.posted.append((self.path, dict(self.headers.items()), words))
                self.words = words
                self.do_HEAD()

        return Handler


Change = Callable[[str], str]


def loud(text: str) -> str:
    """The words in capitals, tags and what `x` holds as they are."""
    return "".join(
        part if number % 2 else part.upper()
        for number, part in enumerate(re.split(r"(<x\b.*?</x>|<[^<>]*>)", text))
    )


def says(data: Any, code: int = 200) -> Callable[[BaseHTTPRequestHandler], None]:
    def act(handler: BaseHTTPRequestHandler) -> None:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        handler.send_response(code)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(body)

    return act


def libretranslate(change: Change = loud) -> Callable[[Any], None]:
    """As LibreTranslate does it for HTML: entities come back as characters."""

    def act(handler: Any) -> None:
        assert handler.words["format"] == "html"
        says({"translatedText": [unescape(change(one)) for one in handler.words["q"]]})(handler)

    return act


def deepl(change: Change = loud) -> Callable[[Any], None]:
    def act(handler: Any) -> None:
        source = handler.words["source_lang"]
        texts = [
            {"detected_source_language": source, "text": change(one)}
            for one in handler.words["text"]
        ]
        says({"translations": texts})(handler)

    return act


def bit_by_bit(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that comes a little at a time, and never ends."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not site.over.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return act


def silent(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda _handler: site.over.wait()
