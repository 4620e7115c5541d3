"""LibreTranslate's protocol: POST /translate."""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from .wire import post

OURS = re.compile(r"(</?[xg]\b[^<>]*>)")


@dataclass(frozen=True)
class LibreTranslate:
    address: str
    key: str = field(repr=False)

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        said = {
            "q": [text.replace("<x ", '<x translate="no" ') for text in texts],
            "source": source,
            "target": target,
            "format": "html",
        }
        said |= {"api_key": self.key} if self.key else {}
        answer = post(f"{self.address}/translate", said, {})
        return [_as_sent(one) for one in answer["translatedText"]]


def _as_sent(answer: str) -> str:
    """It unescapes its answers: what is no tag is escaped again, as the interface wants it."""
    parts = OURS.split(answer)
    parts[::2] = [
        re.sub(r"&lt;(?=[a-zA-Z/!])", "<", escape(unescape(part), quote=False))
        for part in parts[::2]
    ]
    return "".join(parts)
