"""Any number of texts in the real vocabulary, and what is asked of them: the same in every run.

Each text is eight real sentences whose words were exchanged with those of other texts at the same
place: word frequencies are those of our content, sense there is none.
"""

import json
import random
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from satama.finder.engine.document import Document

LANGUAGES = ("en", "fi")
SEED = 20261122
SENTENCES = 8
TOGETHER = 100  # texts that exchange words
PLACES = 300
LONGEST_PREFIX = 8
PREFIXES = 16  # of each length and language

Asked = tuple[str, str]  # words and their language


class Said(NamedTuple):
    """What our content says in one language; `topics` are their labels and everyday synonyms."""

    sentences: list[str]
    titles: list[str]
    topics: list[list[str]]


def read() -> dict[str, Said]:
    """The packs that we ship."""
    from ruamel.yaml import YAML

    from satama.finder.tests import test_queries as packs

    yaml = YAML(typ="safe")
    files = (file for pack in packs.PACKS for file in sorted(pack.glob("entries/*.yaml")))
    entries = [yaml.load(file) for file in files]
    topics = packs.records("topics").values()
    said = {}
    for language in LANGUAGES:
        texts = [entry["texts"][language] for entry in entries if language in entry["texts"]]
        bodies = "\n".join(packs.plain(text) for text in texts)
        sentences = [
            re.sub(r"^\s*(?:-|\d+\.)\s", "", line).strip()
            for line in re.split(r"\n|(?<=[^\d\s][.!?])\s", bodies)
        ]
        named = [
            [topic["labels"][language], *topic.get("synonyms", {}).get(language, [])]
            for topic in topics
        ]
        said[language] = Said([s for s in sentences if s], [t["title"] for t in texts], named)
    return said


def keep(file: Path) -> None:
    """For processes that measure: they have no packs and no tests to read, only what these say."""
    said, draw = read(), random.Random(SEED)
    told = {"said": said, "questions": questions(draw), "prefixes": prefixes(said, draw)}
    file.write_text(json.dumps(told), encoding="utf-8")


def kept(file: Path) -> tuple[dict[str, Said], list[Asked], list[Asked]]:
    """What `keep` wrote: what was said, questions, prefixes."""
    told = json.loads(file.read_text(encoding="utf-8"))
    said = {language: Said(*parts) for language, parts in told["said"].items()}
    return said, told["questions"], told["prefixes"]


def texts(said: dict[str, Said], number: int) -> Iterator[Document]:
    """Every language in turn; fewer texts are the first of more."""
    keys = count()
    each = [_of_language(said[language], language, keys) for language in LANGUAGES]
    return islice((one for together in zip(*each, strict=True) for one in together), number)


def questions(draw: random.Random) -> list[Asked]:
    """Those that are judged for quality, as they are and with a slip."""
    from satama.finder.tests.test_queries import queries

    clean = [(q["query"], q["language"]) for q in queries() if q["language"] in LANGUAGES]
    return [*clean, *((slip(text, draw), language) for text, language in clean)]


def prefixes(said: dict[str, Said], draw: random.Random) -> list[Asked]:
    """The first letters of titles and synonyms, as they are typed."""
    found = []
    for language, (_, titles, topics) in said.items():
        phrases = [*titles, *(phrase for topic in topics for phrase in topic)]
        for length in range(1, LONGEST_PREFIX + 1):
            found += [(draw.choice(phrases)[:length], language) for _ in range(PREFIXES)]
    return found


def slip(text: str, draw: random.Random) -> str:
    """One letter of one of the longer words is left out, doubled, another one, or swapped."""
    words = text.split()
    place = draw.choice([n for n, word in enumerate(words) if len(word) > 3] or [0])
    word = words[place]
    at = draw.randrange(len(word) - 1)
    kinds = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + draw.choice("aeinrst") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    words[place] = draw.choice([other for other in kinds if other != word])
    return " ".join(words)


def _of_language(said: Said, language: str, keys: Iterator[int]) -> Iterator[Document]:
    draw = random.Random(f"{SEED} {language}")
    sentences = [sentence.split() for sentence in said.sentences]
    titles = [title.split() for title in said.titles]
    topics = ["\n".join(topic) for topic in said.topics]
    while True:
        for body in _exchanged(
            [draw.choices(sentences, k=SENTENCES) for _ in range(TOGETHER)], draw
        ):
            one, other = draw.choices(titles, k=2)
            title = " ".join([*one[: -(-len(one) // 2)], *other[-(-len(other) // 2) :]])
            keywords, place = draw.choice(topics), draw.randrange(PLACES)
            yield Document(next(keys), language, title, body, keywords, place)


def _exchanged(many: list[list[list[str]]], draw: random.Random) -> list[str]:
    """The words of all first sentences are shuffled together, of all second ones, and so on."""
    lines: list[list[str]] = [[] for _ in many]
    for place in range(SENTENCES):
        words = [word for text in many for word in text[place]]
        draw.shuffle(words)
        shuffled = iter(words)
        for text, said in zip(many, lines, strict=True):
            said.append(" ".join(islice(shuffled, len(text[place]))))
    return ["\n".join(said) for said in lines]
