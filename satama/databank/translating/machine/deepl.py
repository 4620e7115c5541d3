"""DeepL's protocol: POST /v2/translate."""

from dataclasses import dataclass, field

from .wire import post

# Where its names for languages are not ours in capitals.
TARGETS = {"en": "EN-GB", "pt": "PT-PT", "no": "NB"}
SOURCES = {"no": "NB"}


@dataclass(frozen=True)
class DeepL:
    address: str
    key: str = field(repr=False)

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        said = {
            "text": texts,
            "source_lang": SOURCES.get(source, source.partition("-")[0].upper()),
            "target_lang": TARGETS.get(target, target.upper()),
            "tag_handling": "xml",
            "ignore_tags": ["x"],
        }
        signed = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = post(f"{self.address}/v2/translate", said, signed)
        return [one["text"] for one in answer["translations"]]
