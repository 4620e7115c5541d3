"""Attacks that stand in the databank all the same are drawn as words on every page: nothing runs.

They are put past the doors that refuse them. The browser has no policy that would stop them."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from playwright.sync_api import sync_playwright

from satama.base.html import TAGS
from satama.base.tests.attacks import REFUSED, TRICKY
from satama.databank.models import Region
from satama.databank.tests import cast

from .conftest import launched

pytestmark = pytest.mark.django_db
# The database keeps no zero bytes.
ATTACKS = [attack for attack in [*REFUSED, *TRICKY] if "\0" not in attack]
HARMLESS = [f"Word {number}" for number in range(8)]
QUESTIONS = [
    f"find?q={n}" for n in ("%3Cscript%3Ealert(1)%3C/script%3E", "%22onfocus=alert(1)%20x=")
]
PAGES = [
    *("", "topics", "topics/top", "entries/all", "organisations/all", "emergency", "about", "find"),
    *QUESTIONS,
    "find?topic=top",
]
URLS = {"href", "src", "action", "formaction", "data", "poster", "ping", "cite", "srcset"}
OTHER_SCHEME = re.compile(r"[\s\x00-\x1f]*(?!(?:https?|mailto|tel):)[a-z][a-z0-9+.\-\s]*:", re.I)


@pytest.fixture(autouse=True)
def satamala_is_home(settings):
    settings.REGION = "satamala"
    settings.PUBLIC_URL = "https://satamala.example"


def harbour(words: list[str], slug: str = "satamala") -> None:
    """A region in which everything is called like these words."""
    region = cast.region(slug, names={"en": words[0][:80]})
    here = {"region": region}
    top = cast.topic("top", labels={"en": "Top"}, situation=True, **here)
    phone = cast.fact("phone", "phone", "112", **here)
    bearer = cast.organisation("all", names={"en": words[1]}, **here)
    for number, said in enumerate(words):
        labels = {said: "x", "en": said}
        below = cast.topic(f"t-{number}", labels=labels, hints=labels, parent=top, **here)
        named = {"names": {"en": said}, "part_of": bearer, "url": "javascript:alert(1)"}
        owner = cast.organisation(f"o-{number}", **named, **here)
        value = cast.dated({"en": said}, confirmed=number % 2 == 0)
        cast.fact(f"f-{number}", "text", value, owner=owner, **here)
        cast.fact(f"u-{number}", "url", "javascript:alert(1)", **here)
        head = {"title": said[:90], "summary": said[:220], "alt": said[:300]}
        head = {key: value if value.strip() else "x" for key, value in head.items()}
        ways = [("phone", phone)] if number < 5 else []
        source = {"source": "javascript:alert(1)", "source_date": said[:40]}
        cast.entry(f"e-{number}", {"en": head}, ways, [below], organisation=owner, **source, **here)
    text = "\n\n".join([*words, *(f"[[f-{n}]] [[u-{n}]]" for n in range(len(words)))])
    whole = {"body": text, "documents": words, "title": words[2], "summary": words[3]}
    whole |= dict.fromkeys(("eligibility", "fees", "application"), text)
    cast.entry("all", {"en": whole}, topics=[top], organisation=bearer, **here)
    Region.objects.filter(pk=region.pk).update(
        emergency=[f"e-{number}" for number in range(5)], brand={"sea": "red;}body{x:y"}
    )


def drawn(slug: str = "satamala") -> dict[str, str]:
    found = {path: Client().get(f"/{slug}/en/{path}") for path in PAGES}
    assert {path for path, answer in found.items() if answer.status_code != 200} == set()
    return {path: answer.content.decode() for path, answer in found.items()}


def parts(page: str) -> set[tuple[str, str]]:
    """Every mark of a page with each of its attributes."""
    soup = BeautifulSoup(page, "html.parser")
    return {(tag.name, name) for tag in soup.find_all() for name in ["", *tag.attrs]}


def leads(page: str) -> list[str]:
    soup = BeautifulSoup(page, "html.parser")
    found = (tag[name] for tag in soup.find_all() for name in URLS & tag.attrs.keys())
    return [address for address in found if OTHER_SCHEME.match(address)]


def test_no_style_sheet_has_words():
    harbour(HARMLESS)

    assert Client().get("/satamala/brand.css").content == (
        b"@media (prefers-color-scheme: light){:root{}}\n"
    )


def test_what_is_asked_comes_back_as_words():
    cast.entry()

    def asked(words: str) -> set[tuple[str, str]]:
        answer = Client().get("/satamala/en/find", {"q": words})
        assert answer.status_code == 200
        return parts(answer.content.decode())

    known = asked("tax card") | asked("zzzzz")
    for attack in [*REFUSED[::8], *TRICKY[::4]]:
        assert asked(attack) <= known, attack


@dataclass
class Heard:
    """What a browser did that no page of ours makes it do."""

    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


TOUCH = """() => {
    const found = [...document.querySelectorAll("*")];
    const names = ["mouseover", "pointerenter", "focus", "blur", "toggle", "load", "error"];
    found.forEach((one) => names.forEach((name) => one.dispatchEvent(new Event(name))));
    found.filter((one) => one.focus).forEach((one) => one.focus());
    const strange = found.flatMap((one) => one.getAttributeNames())
        .filter((name) => name.startsWith("on") || name === "style" || name === "srcdoc");
    const leads = [...document.links, ...document.forms].map((one) => one.protocol || "http:")
        .filter((protocol) => !["http:", "https:", "mailto:", "tel:"].includes(protocol));
    const foreign = found.filter((one) => !one.matches(".qr") &&
        ["IFRAME", "OBJECT", "EMBED", "STYLE", "BASE", "IMG", "VIDEO", "AUDIO", "MATH"]
            .includes(one.tagName.toUpperCase())).map((one) => one.outerHTML);
    return [...strange, ...leads, ...foreign, ...(window.ran ? ["ran"] : [])];
}"""


def test_nothing_runs_on_any_page_in_a_browser_without_a_policy():
    harbour(HARMLESS, "toinen")
    harbour(ATTACKS)
    known = set().union(*(parts(page) for page in drawn("toinen").values()))
    known |= {(tag, "") for tag in (*TAGS, "mark")} | {("a", "href"), ("a", "rel"), ("ol", "start")}

    pages = drawn()

    for path, page in pages.items():
        assert parts(page) - known == set(), path
        assert leads(page) == [], path
    with ThreadPoolExecutor(1) as beside:  # a browser's loop and Django's database keep apart
        assert beside.submit(opened, pages).result() == Heard()


def test_the_browser_would_tell():
    page = "<img src=//x.example/x onerror=window.ran=1><svg onload=alert(1)>"

    with ThreadPoolExecutor(1) as beside:
        heard = beside.submit(opened, {"": page}).result()

    assert heard.dialogs and heard.asked == ["http://x.example/x"]
    assert {"onerror", "onload", "ran"} < set(heard.strange)


def opened(pages: dict[str, str]) -> Heard:
    """Open each page as it is, without its headers, and touch everything on it."""
    heard, home = Heard(), "http://satamala.example/satamala/en/"

    def serve(route) -> None:
        path = route.request.url.removeprefix(home)
        if path in pages:
            return route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        if not route.request.url.startswith("http://satamala.example/"):
            heard.asked.append(route.request.url)
        return route.abort()

    with sync_playwright() as playwright:
        browser = launched(playwright)
        tab = browser.new_page()
        tab.on("dialog", lambda dialog: (heard.dialogs.append(dialog.message), dialog.dismiss()))
        tab.route("**/*", serve)
        for path in pages:
            tab.goto(home + path)
            heard.strange += tab.evaluate(TOUCH)
        browser.close()
    return heard
