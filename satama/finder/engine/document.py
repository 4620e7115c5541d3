"""What goes into the engine and what comes out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b


@dataclass(frozen=True)
class Document:
    """An entry's words in one language.

    keywords: one phrase a line, said twice to count more. place: a number to search within; the
    engine gives it no meaning.
    """

    key: int
    language: str
    title: str
    body: str
    keywords: str = ""
    place: int = 0

    def digest(self) -> int:
        """The same for the same words: 63 bits."""
        said = "\x00".join([self.language, self.title, self.body, self.keywords, str(self.place)])
        made = blake2b(said.encode(errors="surrogatepass"), digest_size=8).digest()
        return int.from_bytes(made) >> 1


@dataclass(frozen=True)
class Hit:
    """An entry found; the score is about 1 where all of the question is in it, 0 for nothing.

    language: the one, without script or variant, of the text that fits best.
    """

    key: int
    score: float
    language: str


def merged(documents: Iterable[Document]) -> dict[int, Document]:
    """One for each key: usual and easy words of a language, or two scripts, are read together."""
    found: dict[int, Document] = {}
    for one in documents:
        if (other := found.get(one.key)) is None:
            found[one.key] = one
            continue
        keywords = (
            other.keywords
            if one.keywords == other.keywords
            else (f"{other.keywords}\n{one.keywords}")
        )
        body = f"{other.body}\n{one.title}\n{one.body}".strip()
        found[one.key] = replace(other, body=body, keywords=keywords)
    return found


def primary(language: str) -> str:
    """zh-Hans and zh-hant are read together, fi-simple with fi."""
    return language.replace("_", "-").split("-")[0].lower()
