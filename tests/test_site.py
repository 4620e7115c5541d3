"""A walk through the whole site in every language, as a careful reader sees it."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

from .visit import LANGUAGES, ask, language_of, linked_data, sitemap

pytestmark = pytest.mark.xdist_group("server")

# schema.org, as far as the service speaks it: the properties that each type may carry here.
THING = {"@type", "name", "description", "url"}
SCHEMA = {
    "WebPage": THING | {"@context", "@id", "inLanguage", "isPartOf", "mainEntity", "dateModified"},
    "WebSite": THING | {"potentialAction"},
    "SearchAction": {"@type", "target", "query-input"},
    "Thing": THING,
    "Place": THING | {"telephone", "address"},
    "Course": THING | {"provider"},
    "GovernmentService": THING | {"provider"},
    "GovernmentOffice": THING
    | {"telephone", "email", "address", "knowsLanguage"}
    | {"openingHoursSpecification", "specialOpeningHoursSpecification"},
    "OpeningHoursSpecification": {"@type", "dayOfWeek", "opens", "closes"}
    | {"validFrom", "validThrough"},
    "Organization": THING,
    "GovernmentOrganization": THING,
}


def test_every_address_of_the_site_map_answers(walked):
    languages = {language_of(url) for url in walked}

    failed = {url: answer.status for url, answer in walked.items() if answer.status != 200}

    assert len(walked) > len(LANGUAGES) * 205
    assert languages == set(LANGUAGES)
    assert failed == {}


def test_every_page_tells_its_language_and_direction(soups):
    wrong = [
        url
        for url, soup in soups.items()
        if soup.html["lang"] != language_of(url)
        or soup.html["dir"] != ("rtl" if language_of(url) == "ar" else "ltr")
    ]

    assert wrong == []


def test_every_page_has_one_first_heading_and_a_title_that_says_it(soups):
    headings = {
        url: [tag.get_text(strip=True) for tag in soup("h1")] for url, soup in soups.items()
    }

    wrong = [
        url
        for url, found in headings.items()
        if len(found) != 1 or not found[0] or " – " not in soups[url].title.string
    ]

    assert wrong == []


def test_headings_go_down_one_level_at_a_time(soups):
    wrong = []
    for url, soup in soups.items():
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
        wrong += [url] if any(b - a > 1 for a, b in pairwise(levels)) else []

    assert wrong == []


def test_pages_of_one_kind_and_language_can_be_told_apart_by_their_titles(soups):
    titles = [(url.rsplit("/", 1)[0], soup.title.string) for url, soup in soups.items()]

    twice = {title for title in titles if titles.count(title) > 1}

    assert twice == set()


def test_every_page_names_its_own_address_and_that_of_all_its_languages(soups):
    wrong = []
    for url, soup in soups.items():
        canonical = [tag["href"] for tag in soup("link", rel="canonical")]
        others = {tag["hreflang"]: tag["href"] for tag in soup("link", rel="alternate")}
        mine = f"/{language_of(url)}/"
        expected = {code: url.replace(mine, f"/{code}/", 1) for code in LANGUAGES}
        expected["x-default"] = expected["fi"]
        wrong += [url] if canonical != [url] or others != expected else []

    assert wrong == []


def test_structured_data_uses_only_words_that_schema_org_has(soups):
    wrong = set()

    def look(thing, url):
        if isinstance(thing, dict):
            unknown = thing.keys() - SCHEMA.get(thing.get("@type"), set())
            wrong.update((url, thing.get("@type"), name) for name in unknown)
            for inner in thing.values():
                look(inner, url)
        assert thing not in (None, "", [])

    for url, soup in soups.items():
        for data in linked_data(soup):
            look(data, url)

    assert wrong == set()


def test_structured_data_says_what_the_page_itself_says(soups):
    entries = {url: soup for url, soup in soups.items() if "/entries/" in url}

    wrong = [
        url
        for url, soup in entries.items()
        for data in linked_data(soup)
        if data["@id"] != url
        or data["inLanguage"] != language_of(url)
        or data["mainEntity"]["name"] != soup.h1.get_text(strip=True).replace("\u00ad", "")
    ]

    assert wrong == []
    assert all(len(linked_data(soup)) == 1 for soup in entries.values())


def test_no_fact_or_mark_is_left_unfilled(soups):
    marks = re.compile(r"\[\[|\]\]|\{\{|\{%|%\(\w+\)|\bentry:[a-z]|\*\*\w")

    wrong = {
        url: found.group() for url, s in soups.items() if (found := marks.search(s.get_text()))
    }

    assert wrong == {}


def test_no_page_holds_script_or_style_that_the_policy_would_refuse(soups):
    wrong = []
    for url, soup in soups.items():
        inline = [tag for tag in soup("script") if not tag.get("src")]
        bad = [tag for tag in inline if tag.get("type") != "application/ld+json"] + soup("style")
        bad += [tag for tag in soup(True) if any(n == "style" or n[:2] == "on" for n in tag.attrs)]
        wrong += [url] if bad else []

    assert wrong == []


def test_no_page_sets_a_cookie(walked):
    assert [url for url, answer in walked.items() if "set-cookie" in answer.headers] == []


def test_every_link_within_the_site_leads_somewhere(server, walked, soups):
    """Of what the site map leaves out (lists, filters) two languages are enough."""
    others = [f"/{code}/" for code in LANGUAGES if code not in ("en", "ar")]
    seen, failed = set(walked), {}
    waiting = {link for url, soup in soups.items() for link in inner_links(server, url, soup)}
    while waiting := {
        link for link in waiting - seen if not any(other in link for other in others)
    }:
        assert len(seen) < 5000
        seen |= waiting
        with ThreadPoolExecutor(8) as pool:
            answers = dict(zip(waiting, pool.map(ask, waiting), strict=True))
        failed |= {url: a.status for url, a in answers.items() if a.status not in (200, 302)}
        waiting = {
            link
            for url, answer in answers.items()
            if answer.headers["content-type"].startswith("text/html") and answer.status == 200
            for link in inner_links(server, url, answer.soup)
        }

    assert failed == {}
    assert any("/organisations/" in url for url in seen)


def inner_links(server, url: str, soup: BeautifulSoup) -> set[str]:
    tags = soup(True)
    named = [tag["href"] for tag in tags if tag.name in ("a", "link") and tag.has_attr("href")]
    named += [tag["src"] for tag in tags if tag.has_attr("src")]
    full = {urldefrag(urljoin(url, link)).url for link in named}
    # Asking about each page is one form; it is asked for once.
    full = {re.sub(r"/(ask|feedback)\?.*", r"/\1", link) for link in full}
    return {link for link in full if link.startswith(server.url) and "/staff/" not in link}


def test_links_within_a_page_have_a_target(soups):
    wrong = []
    for url, soup in soups.items():
        links = {tag["href"] for tag in soup("a") if tag.get("href", "").startswith("#")}
        if lost := links - {f"#{tag['id']}" for tag in soup(True) if tag.has_attr("id")}:
            wrong.append((url, lost))

    assert wrong == []


def test_the_site_map_and_the_robots_file_agree(server):
    robots = ask(f"{server.url}/robots.txt")
    addresses = sitemap(server)
    spoken: dict[str, set[str]] = {}
    for url in addresses:
        rest = url.split(f"/{language_of(url)}/", 1)[1]
        spoken.setdefault(rest, set()).add(language_of(url))

    assert robots.status == 200
    assert f"Sitemap: {server.url}/sitemap.xml" in robots.text
    assert "Disallow: /staff/" in robots.text
    assert not any("/staff/" in url or "?" in url for url in addresses)
    assert all(languages == set(LANGUAGES) for languages in spoken.values())
