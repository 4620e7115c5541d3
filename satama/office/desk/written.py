"""What an adviser writes: facts and entries by their names, as readers get them."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from django.db.models import Q
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe

from satama.base.html import ENDS_A_SENTENCE, ENTRY_LINK, PLACEHOLDER, WEB_ADDRESS, placeholders
from satama.databank import facts, shelf
from satama.databank.editing.naming import dead_ends
from satama.databank.models import Region, Text
from satama.databank.reading import Reader

LINK = re.compile(rf"{ENTRY_LINK.pattern}|({WEB_ADDRESS.pattern})", re.IGNORECASE)


def faults(text: str, region: Region) -> Iterator[str]:
    """A sentence for each fact and each link that leads nowhere."""
    return (sentence for _where, sentence in dead_ends({"": text}, region))


def settled(text: str, reader: Reader) -> str:
    """Facts as what they say today, linked to an entry that has them; an entry by its title in the
    reader's language, where its title in another stood for it."""
    keys = placeholders(text)
    known, homes = shelf.known_facts(reader, keys), _homes(keys, reader)

    def say(found: re.Match[str]) -> str:
        fact, home = known.get(found[1]), homes.get(found[1])
        if fact is None:
            return found[0]
        said = facts.html(fact, reader.language, reader.order, reader.on)
        words = re.sub(r"[\[\]]", "", unescape(strip_tags(said)))
        return f"[{words}](entry:{home})" if home else words

    titled = ENTRY_LINK.sub(_titles(text, reader), text)
    return PLACEHOLDER.sub(say, titled)


def _homes(keys: list[str], reader: Reader) -> dict[str, str]:
    """For each fact, an entry whose text has it: the one that is about it most. One query."""
    homes: dict[str, tuple[int, str]] = {}
    texts = Text.objects.filter(entry__in=shelf.lasting(reader)).select_related("entry")
    for text in texts.filter(_naming(keys)) if keys else ():
        named = placeholders(" ".join([text.summary, text.fees, text.body]))
        for key in {*keys} & {*named}:
            this = len(named), text.entry.slug
            homes[key] = min(homes.get(key, this), this)
    return {key: slug for key, (_many, slug) in homes.items()}


def _naming(keys: list[str]) -> Q:
    fields = ("summary", "fees", "body")
    return Q(
        *((f"{name}__contains", f"[[{key}]]") for key in keys for name in fields), _connector="OR"
    )


def _titles(text: str, reader: Reader) -> Callable[[re.Match[str]], str]:
    """What a link to an entry becomes."""
    slugs = {slug for _words, slug in ENTRY_LINK.findall(text)}
    found = shelf.with_heads(shelf.entries(reader).filter(slug__in=slugs)) if slugs else ()
    entries = {entry.slug: entry for entry in found}

    def say(link: re.Match[str]) -> str:
        entry = entries.get(link[2])
        titles = {head.title for head in entry.texts.all()} if entry else set()
        if entry is None or (link[1] and link[1] not in titles):
            return link[0]
        title = re.sub(r"[\[\]]", "", shelf.head_of(entry, reader).title)
        return f"[{title}](entry:{link[2]})"

    return say


def told(text: str, home: str) -> SafeString:
    """As its reader sees it: paragraphs, links to entries below `home`, web addresses. Nothing else
    is read as a mark."""
    parts, at = [], 0
    for found in LINK.finditer(text):
        if found[2]:
            address, words, end = f"{home}entries/{found[2]}", found[1] or found[2], found.end()
        else:
            address = words = found[3].rstrip(ENDS_A_SENTENCE)
            end = found.start() + len(address)
        parts += [
            escape(text[at : found.start()]),
            f'<a href="{escape(address)}">{escape(words)}</a>',
        ]
        at = end
    html = linebreaks("".join([*parts, escape(text[at:])]))
    return mark_safe(html)  # noqa: S308  escaped, and links of ours
