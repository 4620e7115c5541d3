"""PO files: the one door of Babel's reader and writer. What comes in may be anything so named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_string
from io import BytesIO
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po
from django.utils.translation import gettext as _

from satama.databank.sheets.files import LARGEST
from satama.databank.sheets.table import Refused

MOST = 20_000  # items
LINE = re.compile(
    r'#.*|(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) +)?"[^"\\]*(?:\\.[^"\\]*)*"|'
)
MARK = re.compile(r"([a-z0-9-]+)/([a-z]+)/([A-Za-z0-9-]+)/([0-9a-f]{16})/([0-9a-f]{16}|-)")
HEAD = """\
msgid ""
msgstr ""
"Project-Id-Version: Satama\\n"
"Language: {}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


class Mark(NamedTuple):
    """Which field of which entry an item is, in which language its source is, and the beginnings
    of two digests: of what the source said (`of`), and the text itself (`seen`; - for none)."""

    entry: str
    field: str
    language: str
    of: str
    seen: str

    def __str__(self) -> str:
        return "/".join(self)


@dataclass(frozen=True)
class Item:
    """A field of a text as a file has it; `sure` when it is not marked as fuzzy."""

    mark: Mark
    source: str
    words: str
    sure: bool = True
    line: int = 0
    comments: tuple[str, ...] = ()


@dataclass
class Catalogue:
    """What a file has, in which language, and what is wrong with it."""

    language: str
    items: list[Item] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def write(language: str, items: Iterable[Item]) -> bytes:
    """The items as a file that every PO program opens."""
    catalog = Catalog()
    for item in items:
        message = catalog.add(
            item.source,
            item.words,
            flags=() if item.sure else ("fuzzy",),
            auto_comments=item.comments,
            context=str(item.mark),
        )
        message.flags &= {"fuzzy"}  # “5 % d…” is no format of Python's
    file = BytesIO()
    write_po(file, catalog, omit_header=True)
    return HEAD.format(language.replace("-", "_")).encode() + file.getvalue()


def read(data: bytes) -> Catalogue:
    """The items of a file. Raises Refused when it cannot be read at all."""
    messages = _messages(_lines(data))
    heads = [one for one in messages if one.id == "" and one.context is None]
    language = message_from_string(str(heads[0].string))["Language"] if len(heads) == 1 else ""
    if not language:
        raise Refused(_("The file does not say its language: the line “Language:” is missing."))
    if len(messages) > MOST:
        raise Refused(_("The file has more than %(most)s items. Divide it.") % {"most": MOST})
    found = Catalogue(re.sub("[_@]", "-", language.strip()))
    for message in messages:
        if message is not heads[0]:
            _take(message, found)
    if not found.items and not found.faults:
        raise Refused(_("There is no item in the file."))
    return found


def _take(message: Message, found: Catalogue) -> None:
    mark = MARK.fullmatch(message.context or "")
    line = message.lineno or 0
    if not mark or not isinstance(message.id, str) or not isinstance(message.string, str):
        found.faults.append(
            _("Line %(line)s: the item is not one of ours, or its msgctxt was changed.")
            % {"line": line}
        )
        return
    found.items.append(
        Item(Mark(*mark.groups()), message.id, message.string, not message.fuzzy, line)
    )


def _lines(data: bytes) -> list[str]:
    """The lines of a text that looks like a PO file: Babel would take half a word for a whole."""
    if len(data) > LARGEST:
        raise Refused(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The file is not text in UTF-8. Save it as UTF-8.")) from None
    if "\0" in text:
        raise Refused(_("The file is not a PO file, whatever its name says."))
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    keywords = []
    for number, line in enumerate(lines, 1):
        if not (known := LINE.fullmatch(line)):
            raise Refused(_("Line %(line)s is not of a PO file.") % {"line": number})
        keywords.append(known[1])
    if keywords.count("msgstr") != keywords.count("msgid"):
        raise Refused(_("The file is broken: an item has no msgstr, or two."))
    return lines


class _Every(Catalog):
    """Keeps each message as it comes: a catalogue would join two of the same name without a
    word."""

    def __init__(self) -> None:
        super().__init__()
        self.every: list[Message] = []

    def __setitem__(self, id: Any, message: Message) -> None:
        self.every.append(message)


def _messages(lines: list[str]) -> list[Message]:
    catalog = _Every()
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(lines)
    except PoFileError as error:
        line = error.lineno + 1
        raise Refused(_("The file is broken near line %(line)s.") % {"line": line}) from error
    except Exception as error:
        # A file made to harm fails anywhere in the reading, in ways nobody can list.
        raise Refused(_("The file is broken: it cannot be read as a PO file.")) from error
    return catalog.every
