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
# A web address as written in Markdown: brackets may stand within it in pairs.
WEB_ADDRESS = re.compile(r"https?://(?:[^\s<>()\[\]\"]|\([^\s<>()]*\))+", re.IGNORECASE)
ENDS_A_SENTENCE = ".,;:!?*'”»"

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


def web_addresses(text: str) -> list[str]:
    """The web addresses in a text, in order, as they are written, each once."""
    return list(dict.fromkeys(found.rstrip(ENDS_A_SENTENCE) for found in WEB_ADDRESS.findall(text)))


def readdressed(text: str, old: str, new: str) -> str:
    """The text with another web address where it had the old one; longer ones stay as they are."""
    safe = new.replace("(", "%28").replace(")", "%29")

    def put(found: re.Match[str]) -> str:
        address = found[0].rstrip(ENDS_A_SENTENCE)
        return safe + found[0][len(address) :] if address == old else found[0]

    return WEB_ADDRESS.sub(put, text)
