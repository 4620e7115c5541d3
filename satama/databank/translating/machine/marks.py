"""Words as a machine may have them: facts, links and Markdown as marks that it keeps. No database.

A piece is one paragraph, heading, point or cell as XML: `<x id="0">XQ0Q</x>` stands for what must
come back as it is, `<g id="1">…</g>` is around words that are translated, such as those of a link.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from satama.base.html import ENDS_A_SENTENCE, ENTRY_LINK, PLACEHOLDER, WEB_ADDRESS, web_addresses

LINE_MARK = re.compile(r"\s*(?:(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)\s+)*")
CELL = re.compile(r"(?<!\\)(\|)")
LETTER = re.compile(r"[^\W\d_]")
TOKEN = re.compile(
    r"\[(?P<linked>(?:\[\[[a-z0-9-]+\]\]|[^\[\]])+)\]\((?P<target>(?:[^()\s]|\([^()\s]*\))+)\)"
    r"|\*\*(?P<bold>[^\s*](?:[^*]*[^\s*])?)\*\*"
    r"|(?<![\w*])(?P<star>[*_])(?P<weak>[^\s*_](?:[^*_]*[^\s*_])?)(?P=star)(?![\w*])"
    rf"|(?P<kept>{PLACEHOLDER.pattern}|{WEB_ADDRESS.pattern}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
MARK = re.compile(r"<(?P<end>/?)(?P<kind>[xg])\b(?P<said>[^<>]*?)(?P<empty>/?)>")
ID = re.compile(r'\bid="(\d{1,4})"')


class Torn(Exception):
    """The machine lost or made up marks: these words cannot be put together."""


@dataclass
class Piece:
    """`marked` goes to the machine; `marks` are what stands at the start and at the end of each."""

    marked: str
    marks: list[tuple[str, str]]

    def together(self, answer: str) -> str:
        """The machine's words with everything in its place. Raises Torn."""
        said, at = "", 0
        stack: list[tuple[str, int]] = []
        seen: set[int] = set()
        for found in [*MARK.finditer(answer), None]:
            if not (stack and stack[-1][0] == "x"):
                said += _plain(answer[at : found.start() if found else None])
            if found is None:
                break
            at = found.end()
            if not found["end"]:
                stack.append((found["kind"], self._number(found, seen)))
                said += self.marks[stack[-1][1]][0]
            if found["end"] or found["empty"]:
                if not stack or stack[-1][0] != found["kind"]:
                    raise Torn
                said += self.marks[stack.pop()[1]][1]
        if stack or len(seen) != len(self.marks):
            raise Torn
        return said.strip()

    def _number(self, found: re.Match[str], seen: set[int]) -> int:
        named = ID.search(found["said"])
        number = int(named[1]) if named else -1
        if number in seen or not 0 <= number < len(self.marks):
            raise Torn
        if (found["kind"] == "x") != (self.marks[number][1] == ""):
            raise Torn
        seen.add(number)
        return number


@dataclass
class Parts:
    """A text taken apart: what stays as it is, and pieces, in their order."""

    frame: list[str | Piece] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        return [one for one in self.frame if isinstance(one, Piece)]

    def together(self, answers: Iterator[str]) -> str:
        """The text with an answer for each piece. Raises Torn."""
        return "".join(
            one.together(next(answers)) if isinstance(one, Piece) else one for one in self.frame
        )


def take_apart(text: str) -> Parts:
    """A text in Markdown. Lines of one paragraph become one: a machine needs whole sentences."""
    parts = Parts()
    for before, words in _paragraphs(text):
        parts.frame.append(before)
        for cell in CELL.split(words) if words.startswith("|") else [words]:
            bare = cell.strip()
            if not LETTER.search(TOKEN.sub(_words, bare)):
                parts.frame.append(cell)
                continue
            lead, _bare, trail = cell.partition(bare)
            marks: list[tuple[str, str]] = []
            parts.frame += [lead, Piece(_marked(bare, marks), marks), trail]
    return parts


def same_tokens(before: str, after: str) -> bool:
    """Whether two texts name the same facts, entries and web addresses, as often."""
    return _tokens(before) == _tokens(after)


def _tokens(text: str) -> Counter[str]:
    entries = [slug for _words, slug in ENTRY_LINK.findall(text)]
    return Counter([*PLACEHOLDER.findall(text), *entries, *web_addresses(text)])


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """What stands before some words (line ends, marks of Markdown), and the words."""
    before, words, closed = "", "", True
    for number, line in enumerate(text.split("\n")):
        mark = LINE_MARK.match(line)
        start = mark[0] if mark else ""
        rest = line[len(start) :]
        table = rest.startswith("|")
        if words and rest and not start.strip() and not table and not closed:
            words = f"{words} {rest}"
        else:
            yield before, words
            before, words = ("\n" if number else "") + start, rest
        closed = table or "#" in start or rest.endswith(("  ", "\\"))
    yield before, words


def _words(found: re.Match[str]) -> str:
    return found["linked"] or found["bold"] or found["weak"] or ""


def _marked(text: str, marks: list[tuple[str, str]]) -> str:
    said, at = "", 0
    for found in TOKEN.finditer(text):
        said += escape(text[at : found.start()], quote=False)
        number, at = len(marks), found.end()
        if found["kept"]:
            kept = found[0] if found[0].startswith("[[") else found[0].rstrip(ENDS_A_SENTENCE)
            at = found.start() + len(kept)
            marks.append((kept, ""))
            said += f'<x id="{number}">XQ{number}Q</x>'
            continue
        star = "**" if found["bold"] else found["star"]
        marks.append(("[", f"]({found['target']})") if found["linked"] else (star, star))
        said += f'<g id="{number}">{_marked(_words(found), marks)}</g>'
    return said + escape(text[at:], quote=False)


def _plain(answer: str) -> str:
    if "<" in answer:  # a tag that we did not send
        raise Torn
    return re.sub(r"\s+", " ", unescape(answer))
