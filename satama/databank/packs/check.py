"""Read packs and the packs they build on, and find every fault before anything is written.

Three weights: a fault stops a load; a warning is for an editor; `stale` comes with the calendar.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from . import prose, redirects, style
from .files import Fault, Node, Unreadable, read_file
from .gaps import gaps_of_entry, gaps_of_facts, gaps_of_topics, gaps_of_values, stale
from .glossary import Glossary, read_glossary
from .reading import Item, read_item
from .rules import CIRCLES, Known, check_item, circles, doubles
from .shapes import KEYS, SHAPES

LISTS = {
    "municipalities.yaml": ("municipalities", "municipality"),
    "topics.yaml": ("topics", "topic"),
    "organisations.yaml": ("organisations", "organisation"),
    "places.yaml": ("places", "place"),
    "redirects.yaml": ("redirects", "redirect"),
}
FOLDERS = {"facts", "entries"}
# Rooms above the databank keep their own files in a pack and read them themselves.
OF_OTHER_ROOMS = {"flows"}


@dataclass
class Pack:
    """One folder of content, read. `items` are its records in the order of its files."""

    slug: str
    folder: Path
    parent: "Pack | None" = None
    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    stale: list[Fault] = field(default_factory=list)

    def of(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def known(self) -> dict[tuple[str, str], Item]:
        """What its texts may name: its own records and those of the packs it builds on."""
        above = self.parent.known() if self.parent else {}
        return above | {(item.kind, item.slug): item for item in self.items if item.slug}


def all_packs(library: Path) -> list[Path]:
    """The folders of a content folder, in order of name; `locale` holds words of the service."""
    if not library.is_dir():
        return []
    folders = (path for path in library.iterdir() if path.is_dir() and path.name != "locale")
    return sorted(path for path in folders if path.name[0] not in "._")


def read_packs(folders: Iterable[Path], library: Path) -> list[Pack]:
    """The packs and those they build on, parents first, each with its faults and warnings."""
    packs: dict[str, Pack] = {}
    for folder in folders:
        _read_with_parents(folder.resolve(), library, packs, ())
    for pack in packs.values():
        pack.faults = sorted({*pack.faults, *_check(pack)})
    for pack in packs.values():
        for fact in pack.of("fact"):
            # As the databank orders them. Only now, because faults are told by the file's order.
            fact.record.get("values", []).sort(key=lambda value: value.get("valid_from", ""))
    return list(packs.values())


def review(packs: list[Pack], library: Path, today: date) -> Glossary:
    """Fill in the warnings and what is stale; the glossary tells its own faults."""
    glossary = read_glossary(library)
    items = [item for pack in packs for item in pack.items]
    for pack in packs:
        gaps = [*gaps_of_topics(pack.of("topic"), items), *gaps_of_facts(pack.of("fact"), items)]
        pack.warnings = sorted({*_warn(pack, glossary), *gaps})
        pack.stale = sorted({fault for item in pack.items for fault in stale(item, today)})
    return glossary


def _read_with_parents(
    folder: Path, library: Path, packs: dict[str, Pack], below: tuple[str, ...]
) -> Pack:
    known = packs.get(folder.name)
    if known:
        if known.folder != folder:
            reason = f"two packs have this name: also {known.folder}"
            known.faults.append(Fault(f"{folder.name}/pack.yaml", 1, reason))
        return known
    pack = _read_pack(folder)
    region = pack.items[0] if pack.items else None
    parent = region.record.get("parent") if region else None
    if region and parent in (*below, pack.slug):
        pack.faults.append(region.fault("parent", "the packs build on each other in a circle"))
    elif region and parent:
        homes = [
            at / parent for at in (folder.parent, library) if (at / parent / "pack.yaml").exists()
        ]
        if not homes:
            pack.faults.append(region.fault("parent", f"unknown pack {parent!r}"))
        else:
            above = homes[0].resolve()
            pack.parent = _read_with_parents(above, library, packs, (*below, pack.slug))
    packs[pack.slug] = pack
    return pack


def _read_pack(folder: Path) -> Pack:
    pack = Pack(folder.name, folder)
    if not (folder / "pack.yaml").is_file():
        reason = "pack.yaml is missing" if folder.is_dir() else f"no such folder: {folder}"
        pack.faults.append(Fault(f"{folder.name}/pack.yaml", 1, reason))
        return pack
    for path in sorted(folder.rglob("*"), key=_reading_order):
        place = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in place)
        if hidden or place[0] in OF_OTHER_ROOMS or (path.is_dir() and not path.is_symlink()):
            continue
        _read_one(pack, path)
    return pack


def _reading_order(path: Path) -> tuple[bool, str]:
    return path.name != "pack.yaml", path.as_posix()


def _read_one(pack: Pack, path: Path) -> None:
    place = path.relative_to(pack.folder)
    file = f"{pack.slug}/{place.as_posix()}"
    kind, key = _expected(place)
    if not kind:
        if path.suffix.lower() in {".yaml", ".yml", ".json"} or path.is_symlink():
            reason = "no file of a pack has this name (docs/content-packs.md)"
            pack.faults.append(Fault(file, 1, reason))
        return
    try:
        root = read_file(path, pack.folder)
    except Unreadable as error:
        pack.faults.append(Fault(file, error.line, error.reason))
        return
    for position, node in enumerate(_nodes(pack, root, file, key)):
        item, faults = read_item(kind, node, file, KEYS[kind])
        if kind == "topic":
            item.record["position"] = position
        if kind == "redirect":
            item.slug = redirects.name_of(item.record)
        pack.items.append(item)
        pack.faults.extend(faults)


def _expected(place: Path) -> tuple[str, str]:
    """The kind of the records in a file, and the key under which it lists them."""
    if place.as_posix() == "pack.yaml":
        return "region", ""
    if place.as_posix() in LISTS:
        key, kind = LISTS[place.as_posix()]
        return kind, key
    if len(place.parts) == 2 and place.parts[0] in FOLDERS and place.suffix == ".yaml":
        return ("fact", "facts") if place.parts[0] == "facts" else ("entry", "")
    return "", ""


def _nodes(pack: Pack, root: Node, file: str, key: str) -> list[Node]:
    if not key:
        return [root]
    if not isinstance(root.value, dict) or list(root.value) != [key]:
        reason = f"the file must have one key, {key!r}, and a list"
        pack.faults.append(Fault(file, root.line, reason))
        return []
    for name, line in root.twice:
        pack.faults.append(Fault(file, line, f"the key {name!r} is written twice"))
    nodes = root.value[key].value
    if not isinstance(nodes, list):
        pack.faults.append(Fault(file, root.line, f"{key}: expected a list"))
        return []
    return nodes


def _check(pack: Pack) -> Iterator[Fault]:
    above: Known = pack.parent.known() if pack.parent else {}
    known = pack.known()
    yield from doubles(pack.items, above)
    for item in pack.items:
        yield from check_item(item, known)
        yield from prose.check_texts(item, known)
        if item.kind == "region" and item.slug and item.slug != pack.slug:
            yield item.fault("pack", f"the pack {item.slug!r} is in a folder called {pack.slug!r}")
        if item.kind == "entry" and item.slug and not item.file.endswith(f"/{item.slug}.yaml"):
            yield item.fault("slug", f"the file of {item.slug!r} must be called {item.slug}.yaml")
    for kind, names in CIRCLES.items():
        for name in names:
            yield from circles(pack.of(kind), name)


def _warn(pack: Pack, glossary: Glossary) -> Iterator[Fault]:
    languages = pack.items[0].record.get("languages", []) if pack.items else []
    for item in pack.of("entry"):
        yield from style.warnings(item, glossary)
        yield from gaps_of_entry(item, languages)
    for item in pack.of("fact"):
        yield from gaps_of_values(item, languages)


def counts(pack: Pack) -> str:
    """`61 entries, 1 fact …` for people."""
    plurals = {"entry": "entries", "municipality": "municipalities"}
    parts = ((kind, len(pack.of(kind))) for kind in reversed(SHAPES) if kind != "region")
    return ", ".join(
        f"{number} {kind if number == 1 else plurals.get(kind, f'{kind}s')}"
        for kind, number in parts
        if number
    )
