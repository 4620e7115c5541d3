"""A language that nobody reads, made of words alone: a .po file, labels, texts.

Its letters are the full-width forms of A-Z, so anything else on a page was not translated.
"""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup

from satama.base.words import duration
from satama.databank.packs.check import all_packs, read_packs

from .conftest import ROOT, Server
from .visit import ask, sitemap

pytestmark = pytest.mark.xdist_group("seventh")

CODE = "eo"  # Esperanto gives it a name, dates and plurals; the words are ours
KEPT = re.compile(r"%\(\w+\)s|<[^>]*>|&\w+;|\[\[.*?\]\]|\]\(entry:[^)]*\)")
LETTERS = re.compile(r"[A-Za-zÀ-ÿŜŝĈĉĜĝĤĥĴĵŬŭ]{2,}")
WIDE = str.maketrans({chr(n): chr(n + 0xFEE0) for n in (*range(65, 91), *range(97, 123))})


def wide(text: str) -> str:
    """The text in full-width letters; placeholders, tags, facts and links as they are."""
    kept = KEPT.findall(text)
    parts = [part.translate(WIDE) for part in KEPT.split(text)]
    return "".join(a + b for a, b in zip(parts, [*kept, ""], strict=True))


def write_words(folder: Path) -> None:
    """The words of the service: every message of the Finnish file."""
    source = ROOT / "satama/locale/fi/LC_MESSAGES/django.po"
    with source.open("rb") as file:
        catalogue = read_po(file, locale=CODE)
    for message in catalogue:
        if message.id and message.pluralizable:
            message.string = tuple(wide(form) for form in message.id)
        elif message.id:
            message.string = wide(message.id)
    folder.mkdir(parents=True)
    with (folder / "django.po").open("wb") as po, (folder / "django.mo").open("wb") as mo:
        write_po(po, catalogue)
        write_mo(mo, catalogue)


def write_content(library: Path) -> None:
    """Our own content with one more language: its code, labels, and a text for each entry."""
    for pack in read_packs(all_packs(library), library):
        for item in pack.items:
            path = library / item.file
            if item.kind == "region":
                change(path, "languages: [", f"languages: [{CODE}, ")
                change(path, "names: {", f"names: {{{CODE}: {wide(item.record['names']['en'])}, ")
            elif item.kind == "topic":
                for key in ("labels", "hints"):
                    if words := item.record.get(key):
                        text = path.read_text()
                        place = text.index(f"{key}:\n", text.index(f"slug: {item.slug}\n"))
                        place += len(key) + 2
                        said = f"      {CODE}: {json.dumps(wide(words['en']))}\n"
                        path.write_text(text[:place] + said + text[place:])
            elif item.kind == "entry":
                english = item.record["texts"]["en"]
                said = {
                    key: [wide(one) for one in value] if isinstance(value, list) else wide(value)
                    for key, value in english.items()
                }
                path.write_text(path.read_text() + f"  {CODE}: {json.dumps(said)}\n")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.fixture(scope="module")
def soups(tmp_path_factory) -> dict[str, BeautifulSoup]:
    """Every page of the site map in the new language."""
    folder = tmp_path_factory.mktemp("seventh")
    library = folder / "content"
    shutil.copytree(ROOT / "content", library)
    write_words(library / "locale" / CODE / "LC_MESSAGES")
    write_content(library)
    server = Server(folder, SATAMA_CONTENT=str(library)).wait()
    try:
        addresses = [url for url in sitemap(server) if f"/{CODE}/" in url]
        with ThreadPoolExecutor(4) as pool:
            answers = dict(zip(addresses, pool.map(ask, addresses), strict=True))
        assert {answer.status for answer in answers.values()} == {200}
        return {url: answer.soup for url, answer in answers.items()}
    finally:
        server.stop()


def test_the_whole_site_speaks_a_language_that_is_only_words(soups):
    left = {}
    for url, soup in soups.items():
        for text, tag in own_texts(soup):
            words = set(LETTERS.findall(text)) - WORDS_OF_CLDR
            if words:
                left.setdefault(f"{text.strip()[:60]} in <{tag.name}>", url)

    assert left == {}
    assert len(soups) > 300


def test_it_is_offered_under_its_own_name_and_is_the_language_of_its_pages(soups):
    for soup in soups.values():
        assert soup.html["lang"] == CODE
        assert soup.select_one(f"nav a[lang={CODE}]").get_text() == "Esperanto"


def own_texts(soup: BeautifulSoup):
    """What a page says in its own words, seen or heard, with the element that says it."""
    for tag in soup(["script", "style"]):
        tag.decompose()
    for tag in soup(True):
        if said_elsewhere(tag):
            continue
        yield from ((text, tag) for text in tag.find_all(string=True, recursive=False))
        for name in ("aria-label", "placeholder", "alt", "title"):
            if tag.get(name):
                yield tag[name], tag


def said_elsewhere(tag) -> bool:
    """In another language and marked so; or a name, a number or an address, as every language
    has it."""
    for one in (tag, *tag.parents):
        if one.name in {"bdi", "html", "[document]"} or one.get("lang", CODE) != CODE:
            return one.name != "html" and one.name != "[document]"
        if one.name == "a" and one.get("href", "").startswith(("http", "mailto:", "tel:")):
            return True
    return False


def _words_of_cldr() -> set[str]:
    """The days, months, units and languages that Babel writes in this language."""
    locale = Locale.parse(CODE)
    said = [name for part in (locale.days, locale.months) for name in names(part)]
    said += [*names(locale.languages), *names(Locale("en").languages)]
    said += [duration(f"P{n}{unit}", CODE) for n in (1, 2) for unit in "YMWD"]
    said += [duration(f"PT{n}{unit}", CODE) for n in (1, 2) for unit in "HM"]
    said += [
        word for f in locale.date_formats.values() for word in re.findall(r"'(.*?)'", f.pattern)
    ]
    said += [name[:1].upper() + name[1:] for name in said]
    return {word for name in said for word in LETTERS.findall(name)}


def names(part) -> list[str]:
    """All words of a part of CLDR, however deep."""
    if isinstance(part, str):
        return [part]
    return [name for inner in part.values() for name in names(inner)]


WORDS_OF_CLDR = _words_of_cldr()
