"""What a file does to the databank: first only told, then all that can go in, or nothing."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Left

from satama.databank.models import Entry, Region, Text, Wording

from ..actions import write
from ..desk import sources
from .compare import Change, Difference, Held, compare
from .out import SHORT
from .po import Catalogue


class NotTaken(Exception):
    """Nothing was changed; the difference says why."""

    def __init__(self, difference: Difference) -> None:
        super().__init__("Nothing was changed.")
        self.difference = difference


def foresee(file: Catalogue, region: Region) -> Difference:
    """What `take` would do now."""
    return compare(file, _hold(file, region))


@transaction.atomic
def take(file: Catalogue, region: Region, *, read: bool, by: Any) -> Difference:
    """Write the texts of a file, each as made from the source that the file was made from. `read`:
    its sender has read them and says that they are right. Raises NotTaken."""
    found = compare(file, _hold(file, region, lock=True))
    if found.faults:
        raise NotTaken(found)
    for change in [*found.new, *found.changed, *(found.same if read else [])]:
        _write(change, read, by)
    return found


def _write(change: Change, read: bool, by: Any) -> None:
    assert change.of
    write(
        change.text,
        seen=change.seen,
        of=change.of,
        checked=read and change.whole,
        by=by,
        remade=True,
    )


def _hold(file: Catalogue, region: Region, lock: bool = False) -> Held:
    """Of the entries that the file names; a fixed number of queries. `lock` keeps them as they are
    until the transaction ends."""
    slugs = {item.mark.entry for item in file.items}
    rows = Entry.objects.filter(region=region, slug__in=slugs).defer("keywords").order_by("pk")
    entries = list(rows.select_for_update() if lock else rows)
    for entry in entries:
        entry.region = region
    texts = Text.objects.filter(entry__in=entries, language=file.language)
    digests = {item.mark.of for item in file.items}
    kept = Wording.objects.annotate(begins=Left("digest", SHORT))
    return Held(
        language=file.language,
        entries={entry.slug: entry for entry in entries},
        sources=sources(entries),
        texts={text.entry_id: text for text in texts.select_related("made_from")},
        wordings={
            (row.entry_id, row.language, row.digest[:SHORT]): row
            for row in kept.filter(entry__in=entries, begins__in=digests)
        },
    )
