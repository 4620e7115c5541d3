"""Make a content pack of a retrieval corpus, to search it through the whole service:
`python -m benchmarks.search.corpus_pack <corpus> <folder>`; the folder's name is the region's.

The texts are of other towns and of another year: for measuring, never to be shown as information.
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_SLUG = 90, 220, 80
TOPIC = "guides"
FIRST_CODE = 901  # no municipality of Finland has it


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path, help="a folder with corpus/<language>.jsonl")
    arguments.add_argument("folder", type=Path, help="the pack to write; its name is the region's")
    given = arguments.parse_args()
    documents = [
        json.loads(line)
        for file in sorted((given.corpus / "corpus").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").split("\n")
        if line
    ]
    write_pack(documents, given.folder)


def write_pack(documents: Iterable[dict], folder: Path) -> None:
    """The files of the pack; a page is an entry, its documents are its texts."""
    pages: dict[str, list[dict]] = {}
    for document in documents:
        pages.setdefault(document["page"], []).append(document)
    for name, content in _files(pages, folder.name):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, and leaves no text to be taken for something else.
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def slug(page: str) -> str:
    """What a page's id is called in the pack."""
    return re.sub("[^a-z0-9]+", "-", page.lower()).strip("-")[:LONGEST_SLUG].rstrip("-")


def _files(pages: dict[str, list[dict]], region: str) -> Iterator[tuple[str, Any]]:
    every = [document for these in pages.values() for document in these]
    languages = sorted({document["language"] for document in every})
    towns = sorted({document["city"] for document in every})
    yield (
        "pack.yaml",
        {"pack": region, "names": dict.fromkeys(languages, region), "languages": languages},
    )
    yield (
        "municipalities.yaml",
        {
            "municipalities": [
                {"slug": slug(town), "code": str(code), "names": dict.fromkeys(languages, town)}
                for code, town in enumerate(towns, FIRST_CODE)
            ]
        },
    )
    # One label for all: it makes no page easier to find than another.
    yield "topics.yaml", {"topics": [{"slug": TOPIC, "labels": {languages[0]: TOPIC}}]}
    for page, these in pages.items():
        yield f"entries/{slug(page)}.yaml", _entry(page, these)


def _entry(page: str, documents: list[dict]) -> dict[str, Any]:
    return {
        "slug": slug(page),
        "kind": "guide",
        "topics": [TOPIC],
        "municipalities": [slug(documents[0]["city"])],
        "texts": {document["language"]: _text(document) for document in documents},
    }


def _text(document: dict) -> dict[str, str]:
    """The summary is where the text begins, the body where it goes on: nothing is said twice."""
    title, text = _clean(document["title"]), _clean(document["text"])
    summary = text[:LONGEST_SUMMARY]
    if len(text) > LONGEST_SUMMARY:
        summary = re.sub(r"\s+\S*$", "", summary)  # no word is cut
    return {
        "made": "machine" if document["origin"] == "mt" else "person",
        "title": title[:LONGEST_TITLE],
        "summary": summary or title[:LONGEST_SUMMARY],
        "body": text[len(summary) :].strip(),
    }


def _clean(text: str) -> str:
    """Without what a pack refuses: control characters, and brackets that would name a fact."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return "".join(kept).replace("[[", "[").replace("](entry:", "] (").strip()


if __name__ == "__main__":
    main()
