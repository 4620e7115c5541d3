"""Clean HTML: the one door for all that is written, by staff, packs, sheets or machines. On the way
in `faults` says in words what is refused; on the way out nothing unsafe goes through, whoever wrote
it."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import nh3
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
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

SCHEMES = {"http", "https", "mailto", "tel"}
# What a browser would read as a mark; addresses in angle brackets are Markdown.
MARK = re.compile(
    r"<(?!(?:https?://|mailto:|tel:)[^\s<>]*>|[^\s<>/\"'=:]+@[\w.-]+>)[a-z/!?][^\s>]*", re.I
)
CODE = re.compile(r"&(?:#x?[0-9a-f]+;?|[a-z][a-z0-9]*;)", re.I)
TARGET = re.compile(r"\]\(\s*(<[^>\n]*|[^)]*)|^[ \t]*\[[^\]\n]+\]:\s*(\S+)", re.M)
# Of control characters only line ends and tabs. Overrides make words run the wrong way; isolates,
# joiners and marks are what careful writers of other scripts use.
UNSEEN = re.compile(
    "[^\t\n\r -~\u00a0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U000dffff]"
)

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_cleaner = nh3.Cleaner(
    tags=TAGS,
    # No title or lang either: a fact that is put within quotes would break out of them.
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
)


def faults(text: str) -> Iterator[str]:
    """What may not be written, each in a sentence for who wrote it."""
    if found := UNSEEN.search(text):
        character = f"U+{ord(found[0]):04X}"
        yield _("There is a character here that nobody can see (%s). Delete it.") % character
    codes = (code for code in CODE.finditer(text) if unescape(code[0]) != code[0])
    if found := MARK.search(text) or next(codes, None):
        yield _("Write this without HTML: %s") % found[0][:40]
    if "![" in text:
        yield _("Write this without a picture: ![")
    for found in TARGET.finditer(text):
        target = found[1] or found[2] or ""
        if "[[" in target:
            yield _("A fact cannot stand within the address of a link: %s") % target[:80]
        elif not _may_lead(target):
            yield (
                _("A link leads to https://, mailto:, tel: or entry:name, not to %s") % target[:80]
            )


def _may_lead(target: str) -> bool:
    """As a browser would read it: without blanks and backslashes, codes as what they stand for."""
    plain = re.sub(r"[\s\\<\x00-\x1f]", "", unescape(target))
    scheme, colon, rest = re.split(r"[/?#]", plain, maxsplit=1)[0].partition(":")
    if scheme == "entry":
        return bool(re.fullmatch(r"[a-z0-9-]+", rest))
    return scheme.lower() in SCHEMES if colon else not plain.startswith("//")


def web_address(address: str) -> str:
    """The address when it leads to a web page; nothing when it would do something else."""
    return address if re.match("https?://", address, re.I) else ""


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


def words(html: str) -> str:
    """Clean HTML without its marks, on one line."""
    return " ".join(unescape(strip_tags(html)).split())


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
