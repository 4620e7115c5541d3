"""The glossary of a content folder: one preferred word for each concept and language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .files import Fault, Node, Unreadable, read_file
from .reading import Reading
from .shapes import Field, Shape

FILE = "glossary.yaml"
TERM: Shape = {
    "concept": Field("slug", required=True, longest=50),
    "words": Field("words", required=True),
    "avoid": Field("word_lists"),
    "note": Field(),
}


@dataclass
class Glossary:
    """`avoid` holds by language what not to write (`kotipaik*`: however it ends) and the term."""

    avoid: dict[str, list[tuple[re.Pattern, str]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def avoided(self, text: str, language: str) -> Iterator[tuple[str, str]]:
        """Words that the text should not use, each with the one that it should."""
        for pattern, term in self.avoid.get(language, ()):
            if found := pattern.search(text):
                yield found[0], term


def read_glossary(library: Path) -> Glossary:
    """The glossary beside the packs; none is an empty one."""
    glossary = Glossary()
    path = library / FILE
    if not path.exists():
        return glossary
    try:
        root = read_file(path, library)
    except Unreadable as error:
        glossary.faults.append(Fault(FILE, error.line, error.reason))
        return glossary
    terms = root.value.get("terms") if isinstance(root.value, dict) else None
    if terms is None or not isinstance(terms.value, list):
        glossary.faults.append(Fault(FILE, 1, "the file must have one key, 'terms', and a list"))
        return glossary
    for node in terms.value:
        _learn(glossary, node)
    return glossary


def _learn(glossary: Glossary, node: Node) -> None:
    reading = Reading(FILE)
    record = reading.record(node, TERM)
    glossary.faults += reading.faults
    for language, words in record.get("avoid", {}).items():
        term = record.get("words", {}).get(language)
        if term is None:
            reason = f"avoid.{language}: say in `words` what to write instead"
            glossary.faults.append(Fault(FILE, node.line, reason))
            continue
        known = glossary.avoid.setdefault(language, [])
        known += [(_pattern(word), term) for word in words]


def _pattern(word: str) -> re.Pattern:
    spelt = re.escape(word).replace(r"\*", r"\w*")
    return re.compile(rf"(?<![\w-]){spelt}\b", re.IGNORECASE)
