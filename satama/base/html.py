"""Clean HTML: the one door for everything written in Markdown. Nothing unsafe goes through it."""

import re
from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "table", "thead", "tbody"} | {
    "tr",
    "th",
    "td",
    "blockquote",
}
ENTRY_LINK = re.compile(r"\[([^\[\]]{0,300})\]\(entry:([a-z0-9-]+)\)")
PLACEHOLDER = re.compile(r"\[\[([a-z0-9-]+)\]\]")

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_cleaner = nh3.Cleaner(
    tags=TAGS,
    # No title or lang either: a fact that is put within quotes would break out of them.
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)


def placeholders(text: str) -> list[str]:
    """The keys of the facts that a text names, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def from_markdown(text: str, entry_url: Callable[[str], str]) -> str:
    """Markdown to clean HTML; `entry:slug` links lead to the entry's address."""
    linked = ENTRY_LINK.sub(lambda m: f"[{m[1]}]({entry_url(m[2])})", text)
    return _cleaner.clean(_markdown.render(linked))


def fill(html: str, value_of: Callable[[str], str]) -> str:
    """Put the facts in their places; `value_of` gives safe HTML for a key."""
    return PLACEHOLDER.sub(lambda m: value_of(m[1]), html)
