"""What must hold between the records of a file and all others around them. No database."""

from collections.abc import Iterator

from satama.databank.packs import prose
from satama.databank.packs.files import Fault
from satama.databank.packs.reading import Item
from satama.databank.packs.rules import CIRCLES, check_item, circles

from .held import Held, Key


def check(items: list[Item], held: Held, named: set[Key]) -> Iterator[Fault]:
    """The rules of content packs, and that nothing else breaks by the change. What is `named` in
    the file counts as there, also if its own row has faults."""
    changed = {(item.kind, item.slug): item for item in items}
    unread = {key: Item(*key, {}, "", 0) for key in named}
    known = unread | held.known(held.region.pk) | changed
    for item in items:
        if other := held.elsewhere(item.kind, item.slug):
            yield Fault(item.file, item.line, f"{item.slug} is in the region {other} already")
        yield from check_item(item, known)
        yield from prose.check_texts(item, known)
    for kind, fields in CIRCLES.items():
        others = [item for item in held.own(kind) if (kind, item.slug) not in changed]
        ours = [item for item in items if item.kind == kind]
        for field in fields:
            found = circles([*ours, *others], field)
            yield from (fault for fault in found if fault.file != held.file)
    yield from _broken(changed, held)


def _broken(changed: dict[tuple[str, str], Item], held: Held) -> Iterator[Fault]:
    """Faults of records that are not in the file, which they did not have before."""
    for region in held.lineages if changed else ():
        before = held.known(region)
        after = before | changed
        for key, item in held.shelves[region].items():
            if key not in changed:
                for fault in {*check_item(item, after)} - {*check_item(item, before)}:
                    yield Fault("", 0, f"{item.kind} {item.slug} would break: {fault.reason}")
