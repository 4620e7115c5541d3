"""Plain HTTP as a visitor's browser speaks it, and the addresses of every kind of public page."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup

LANGUAGES = ["fi", "fi-simple", "sv", "en", "uk", "ru", "ar"]
# One address for each kind of public page, below /kokkola/<language>/.
KINDS = {
    "home": "",
    "find": "find",
    "results": "find?q=tax+card",
    "filtered": "find?topic=tax",
    "no result": "find?q=zzqqxxyy",
    "topics": "topics",
    "topic": "topics/tax",
    "entry": "entries/tax-card",
    "office": "office",
    "changes": "feedback/changes",
    "office's entry": "entries/welcome-office",
    "unconfirmed entry": "entries/soite-dental",
    "organisation": "organisations/kela",
    "emergency": "emergency",
    "about": "about",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "not found": "no-such-page",
    "refused": "about?on=2027-01-01",
}


def language_of(url: str) -> str:
    return urlsplit(url).path.split("/")[2]


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, the raw body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")


def ask(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request, nothing followed, nothing unpacked. `if_none_match=…` is the header's name."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body, named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read())
    finally:
        connection.close()


def linked_data(soup: BeautifulSoup) -> list[dict]:
    return [json.loads(tag.string) for tag in soup("script", type="application/ld+json")]


def sitemap(server) -> list[str]:
    """Every address that the service tells search engines."""
    tree = ElementTree.fromstring(ask(f"{server.url}/sitemap.xml").text)
    return [tag.text for tag in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def python(server, *lines: str) -> str:
    """Run lines in the server's own shell, where the models are known; what they print."""
    code = "\n".join(lines)
    return server.shell.run(code) if server.shell else server.command("shell", "-v0", "-c", code)
