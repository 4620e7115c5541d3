"""What goes into the engine and what comes out."""

from dataclasses import dataclass
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


def primary(language: str) -> str:
    """zh-Hans and zh-hant are read together, fi-simple with fi."""
    return language.replace("_", "-").split("-")[0].lower()
