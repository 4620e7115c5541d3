"""What is written in Markdown becomes clean HTML, whatever is written."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from satama.base.html import (
    TAGS,
    faults,
    fill,
    from_markdown,
    placeholders,
    readdressed,
    web_address,
    web_addresses,
)

from .attacks import REFUSED, TRICKY

SCHEME = re.compile(r"[\s\x00-\x1f]*[a-z][a-z0-9+.\-\s]*:")
SCHEMES = ("http:", "https:", "mailto:", "tel:")


def clean(text: str) -> str:
    return from_markdown(text, lambda slug: f"/satamala/en/entries/{slug}").strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello", "<p>Hello</p>"),
        ("## Bring", "<h2>Bring</h2>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("[c](tel:112)", '<p><a href="tel:112" rel="noopener">c</a></p>'),
        (
            "[Tax *card*](entry:tax-card)",
            '<p><a href="/satamala/en/entries/tax-card" rel="noopener">Tax <em>card</em></a></p>',
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_markdown(text, html):
    assert clean(text) == html


def test_a_table():
    soup = BeautifulSoup(clean("| a | b |\n|---|:-:|\n| 1 | 2 |"), "html.parser")

    assert [cell.text for cell in soup.select("th")] == ["a", "b"]
    assert [cell.attrs for cell in soup.select("td")] == [{}, {}]


BAD = [*REFUSED, *TRICKY]


def unsafe(html: str) -> list[str]:
    """What a clean page may not have."""
    soup = BeautifulSoup(html, "html.parser")
    found = [tag.name for tag in soup.find_all() if tag.name not in TAGS]
    for tag in soup.find_all():
        allowed = {"a": {"href", "rel"}, "ol": {"start"}}.get(tag.name, set())
        found += [f"{tag.name} {name}" for name in tag.attrs if name not in allowed]
        target = tag.get("href", "").lower()
        if SCHEME.match(target) and not target.startswith(SCHEMES):
            found.append(target)
    return found


def test_there_are_enough_bad_examples():
    assert len(BAD) == len(set(BAD))
    assert len(REFUSED) > 150


@pytest.mark.parametrize("words", REFUSED)
def test_what_attacks_is_refused_in_a_sentence(words):
    for sentence in list(faults(words)) or ["nothing"]:
        assert re.match("Write this without|There is a char|A link leads|A fact cannot", sentence)


@pytest.mark.parametrize(
    "words",
    [
        *TRICKY,
        "<https://a.example/b?x=1&y=2> and <mailto:a@b.example>, <tel:112>, <a@b.example>",
        "a < b & c, R&D; AT&T",
        "[a](https://a.example/(x)) [c](tel:112) [x](entry:tax-card) [y](/satamala/fi/find)",
        "ل\u200cا\u200d \u2066x\u2069 \u200f, 税卡, e\u0301, 😀, so\xadft",
        "## Bring\n\n1. *a*\n2. **b**  \nc\n\n> d",
    ],
)
def test_what_people_write_is_taken(words):
    assert list(faults(words)) == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/", "https://a.example/"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        (" https://a.example", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("", ""),
    ],
)
def test_an_address_leads_to_a_web_page_or_nowhere(address, kept):
    assert web_address(address) == kept


@pytest.mark.parametrize("bad", BAD)
def test_nothing_unsafe_goes_through(bad):
    assert unsafe(clean(bad)) == []


@given(st.text(max_size=300))
def test_nothing_unsafe_goes_through_whatever_is_written(text):
    assert unsafe(clean(text)) == []


@given(
    st.lists(st.sampled_from([*BAD, "[", "](", ")", "<", ">", '"', "\n", "entry:a"]), max_size=4)
)
def test_nothing_unsafe_goes_through_when_put_together(parts):
    assert unsafe(clean("".join(parts))) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[[fee]] and [[tax-phone]] and [[fee]]", ["fee", "tax-phone"]),
        ("[[Fee]] [[]] [[a b]] [fee] [[fee]", []),
        ("[[[fee]]]", ["fee"]),
        ("", []),
    ],
)
def test_the_facts_that_a_text_names(text, keys):
    assert placeholders(text) == keys


def test_facts_take_their_places():
    html = fill(clean("It costs [[fee]].\n\n- [[a]][[b]]"), lambda key: f"<b>{key}</b>")

    assert html == ("<p>It costs <b>fee</b>.</p>\n<ul>\n<li><b>a</b><b>b</b></li>\n</ul>")


def test_a_fact_s_value_names_no_other_fact():
    assert fill("[[a]]", lambda key: "[[b]]") == "[[b]]"


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://x.example/[[fee]])",
        "<https://x.example/[[fee]]>",
        "[x](<a [[fee]]>)",
        '[x](https://x.example "[[fee]]")',
    ],
)
def test_a_fact_never_lands_within_a_tag(text):
    html = fill(clean(text), lambda key: '" class="broken">')

    links = BeautifulSoup(html, "html.parser").select("a")
    assert len(links) == 1
    assert set(links[0].attrs) == {"href", "rel"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "**https://a.example/b**, https://a.example?",
            ["https://a.example/b", "https://a.example"],
        ),
        ("[https://a.example](https://a.example)", ["https://a.example"]),
        ("[a]: https://a.example/b?c=d&e=f#g\n", ["https://a.example/b?c=d&e=f#g"]),
        ("(https://fi.example/Meri_(vesi))", ["https://fi.example/Meri_(vesi)"]),
        ("entry:pier mailto:a@b.example //c.example", []),
    ],
)
def test_web_addresses_in_a_text(text, found):
    assert web_addresses(text) == found


def test_an_address_is_replaced_in_a_text_and_longer_ones_stay():
    text = "[a](http://a.example/), http://a.example/. http://a.example/b http://a.example"

    assert readdressed(text, "http://a.example/", "https://b.example/(c)") == (
        "[a](https://b.example/%28c%29), https://b.example/%28c%29. http://a.example/b "
        "http://a.example"
    )
