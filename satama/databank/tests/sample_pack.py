"""A small pack with everything that a pack can have, for tests to spoil."""

from pathlib import Path

PACK = """\
pack: harbour
names: {en: Harbour, fi: Satama}
languages: [fi, en, uk]
fallbacks: {fi: [en]}
brand: {accent: "#0a5c7a"}
host: harbour.example.org
office: office
emergency: [card]
"""
MUNICIPALITIES = """\
municipalities:
  - slug: kokkola
    code: 272
    names: {fi: Kokkola, sv: Karleby}
    latitude: 63.838
    longitude: 23.13
"""
TOPICS = """\
topics:
  - slug: tax
    parent: money
    labels: {en: Tax}
    synonyms: {en: [tax card, taxes]}
    service_classes: [P14.1]
  - slug: money
    situation: true
    labels: {en: Money}
"""
ORGANISATIONS = """\
organisations:
  - slug: vero
    kind: authority
    names: {en: Tax Administration}
    part_of: ministry
    phone: vero-phone
    identifiers: [{type: business-id, value: 0245458-3}]
    url: https://www.vero.fi
    confirmed: false
  - slug: ministry
    kind: authority
    names: {en: Ministry}
    valid_until: 2030-01-01
"""
PLACES = """\
places:
  - slug: library
    names: {en: Library}
    organisation: vero
    municipality: kokkola
    hours: vero-hours
    postal_code: 67100
"""
FACTS = """\
facts:
  - key: vero-phone
    type: phone
    owner: vero
    values:
      - {value: +358 29 497 050, source: https://www.vero.fi, checked: 2026-11-21}
  - key: vero-hours
    type: hours
    owner: vero
    values:
      - {value: "Mo-Fr 09:00-15:00; PH off", source: https://www.vero.fi, checked: 2026-11-21}
  - key: fee
    type: money
    owner: vero
    values:
      - value: 590 EUR
        valid_from: 2026-01-01
        source: https://www.vero.fi
        checked: 2026-11-21
      - value: 490 EUR
        valid_until: 2025-12-31
        source: https://www.vero.fi
        checked: 2026-11-21
        note: "the old one: kept"
  - key: start
    type: date
    owner: vero
    values: [{value: 2027-01-01, source: https://www.vero.fi, checked: 2026-11-21}]
"""
CARD = """\
slug: card
kind: guide
topics: [tax, money]
organisation: vero
also: [ministry]
municipalities: [kokkola]
audiences: [worker]
charge: free
channels:
  - {kind: phone, fact: vero-phone, hours: vero-hours, languages: [fi, ar]}
  - {kind: place, place: library}
next: [office]
source: https://www.vero.fi
checked: 2026-11-21
texts:
  en:
    title: Get a tax card
    summary: You need one for work.
    documents: [Passport, "? anything"]
    body: |
      It costs [[fee]].

      See [the office](entry:office).
  uk:
    made: machine
    title: Податкова картка
    summary: Потрібна для роботи.
keywords: {en: [first pay], zh-Hans: [税卡]}
"""
OFFICE = """\
slug: office
kind: office
topics: [money]
after: [card]
texts:
  en: {title: Welcome Office, summary: Advice in person.}
"""
FILES = {
    "pack.yaml": PACK,
    "municipalities.yaml": MUNICIPALITIES,
    "topics.yaml": TOPICS,
    "organisations.yaml": ORGANISATIONS,
    "places.yaml": PLACES,
    "facts/facts.yaml": FACTS,
    "entries/card.yaml": CARD,
    "entries/office.yaml": OFFICE,
}


def write_pack(library: Path, name: str = "harbour", files: dict[str, str] = FILES) -> Path:
    """A pack's folder with these files."""
    for file, text in files.items():
        path = library / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return library / name


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence of some words in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
