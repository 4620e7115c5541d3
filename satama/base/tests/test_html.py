"""What is written in Markdown becomes clean HTML, whatever is written."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from satama.base.html import TAGS, fill, from_markdown, placeholders, readdressed, web_addresses

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


BAD = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<script\x20type='text/javascript'>alert(1)</script>",
    "<script\x0a>alert(1)</script>",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    '<img """><script>alert(1)</script>">',
    "<img src=javascript:alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<style>@import '//x.example/x.css';</style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//x.example/>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<select onfocus=alert(1) autofocus></select>",
    "<textarea onfocus=alert(1) autofocus></textarea>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=javascript:alert(1)>",
    "<div style=width:expression(alert(1))>x</div>",
    "<p onclick=alert(1)>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//x.example 'onmouseover=alert(1)')",
    '[x](https://x.example "onmouseover=alert(1)")',
    '[x](https://x.example/"onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://x.example/x.png)",
    '![x" onerror="alert(1)](x)',
    "[x](entry:../../staff)",
    '[x](entry:tax-card"onclick=alert(1))',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "[[fee]]<script>alert(1)</script>",
    "x" * 100 + "[" * 500,
]


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
    assert len(BAD) == len(set(BAD)) >= 50


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
