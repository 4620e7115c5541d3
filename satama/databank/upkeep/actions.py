"""Verbs of upkeep: confirm, doubt, close, hand over, retopic. All of the rows or none, each with a
line in its history; a draft of an entry keeps step."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ..models import Entry, EntryTopic, Fact, FactValue, Topic
from ..models.shared import in_force
from ..reading import lineage, region_of
from ..roles.policy import is_locked
from .drafts import in_step
from .people import DOUBT

CONFIRM, CLOSE, HAND_OVER, RETOPIC = (
    f"databank.{verb}" for verb in ("confirm", "close", "hand_over", "retopic")
)
CHANGE, PUBLISH = ("change",), ("change", "publish")
CLOSED = ("active", "closed", "ended")


class NotDone(Exception):
    """Nothing has changed. `rows`: those that stand in the way."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows = list(rows)
        super().__init__(", ".join(map(str, self.rows)))


class NotAllowed(NotDone):
    """The person may not do this to these, or another person has locked them."""


class NothingHolds(NotDone):
    """These facts have no value today that could be confirmed."""


class EndsBeforeItBegins(NotDone):
    """The last day is before the first of these."""


class KeeperMayNot(NotDone):
    """The new keeper may not change these."""


class FromElsewhere(NotDone):
    """The topic is not one of the regions of these."""


def may(user: Any, row: Any, verbs: Iterable[str] = CHANGE) -> bool:
    """Whether a person may do this to a row. Asks no query for each row."""
    noun = row._meta.model_name
    allowed = all(user.has_perm(f"databank.{verb}_{noun}", row) for verb in verbs)
    return allowed and not is_locked(row, user)


@transaction.atomic
def confirm(rows: Iterable[Any], *, by: Any, on: date) -> None:
    """They are still true, in all languages: no word changes. Raises NotAllowed, NothingHolds."""
    _look(rows, by, on, checked=on, confirmed=True)
    _log(rows, CONFIRM, by)


@transaction.atomic
def doubt(row: Any, *, note: str, by: Any, on: date) -> None:
    """It is no longer true, or needs a change: readers are told, and editors read the note. Raises
    NotAllowed, NothingHolds."""
    _look([row], by, on, confirmed=False)
    _log([row], DOUBT, by, note=note)


def _look(rows: Iterable[Any], by: Any, on: date, **found: Any) -> None:
    for model, those in _held(rows, by, CHANGE):
        keys = [row.pk for row in those]
        if model is not Fact:
            model.objects.filter(pk__in=keys).update(**found)
            continue
        values = FactValue.objects.filter(in_force(on), fact__in=keys)
        if lacking := set(keys) - set(values.values_list("fact", flat=True)):
            raise NothingHolds(row for row in those if row.pk in lacking)
        values.update(**found)
    _put(rows, **found)


@transaction.atomic
def close(entries: Iterable[Entry], *, status: str, last: date | None, by: Any) -> None:
    """They are closed for now, have ended, or are open again; `last`: their last day, if it is to
    change. Raises NotAllowed, EndsBeforeItBegins."""
    assert status in CLOSED
    found = {"status": status} | ({"valid_until": last} if last else {})
    for model, those in _held(entries, by, PUBLISH):
        late = [row for row in those if last and row.valid_from and last < row.valid_from]
        if late:
            raise EndsBeforeItBegins(late)
        model.objects.filter(pk__in=[row.pk for row in those]).update(**found)
    _put(entries, **found)
    _log(entries, CLOSE, by, status=status, last=last.isoformat() if last else "")


@transaction.atomic
def hand_over(rows: Iterable[Any], *, to: Any, by: Any) -> None:
    """Another person keeps them. Raises NotAllowed, KeeperMayNot."""
    if unable := [row for row in rows if not may(to, row)]:
        raise KeeperMayNot(unable)
    for model, those in _held(rows, by, CHANGE):
        model.objects.filter(pk__in=[row.pk for row in those]).update(keeper=to)
    _put(rows, keeper=to.pk)
    _log(rows, HAND_OVER, by, to=to.pk)


@transaction.atomic
def retopic(entries: Iterable[Entry], *, topic: Topic, instead: Topic | None, by: Any) -> None:
    """They have this topic: in the place of another, where they have that, or after the others.
    Raises NotAllowed, FromElsewhere."""
    if strange := [
        row for row in entries if topic.region_id not in lineage(region_of(row.region_id))
    ]:
        raise FromElsewhere(strange)
    changed = []
    for _model, those in _held(entries, by, PUBLISH):
        changed = [row.pk for row in those]
    rows = EntryTopic.objects.filter(entry__in=changed)
    if instead:
        changed = list(rows.filter(topic=instead).values_list("entry", flat=True))
        rows = rows.filter(entry__in=changed)
    there = set(rows.filter(topic=topic).values_list("entry", flat=True))
    _replace(rows, set(changed) - there, topic, instead)
    made = dict(EntryTopic.objects.filter(topic=topic).values_list("entry", "pk"))
    in_step(changed, lambda key, said: _retopic_draft(said, key, made.get(key), topic, instead))
    _log((row for row in entries if row.pk in changed), RETOPIC, by, topic=topic.slug)


def _replace(rows: Any, lacking: set[int], topic: Topic, instead: Topic | None) -> None:
    if instead:
        rows.filter(topic=instead, entry__in=lacking).update(topic=topic)
        rows.filter(topic=instead).delete()
        return
    last = dict(
        EntryTopic.objects.filter(entry__in=lacking)
        .order_by()
        .values_list("entry")
        .annotate(last=Max("position"))
    )
    EntryTopic.objects.bulk_create(
        EntryTopic(entry_id=key, topic=topic, position=last.get(key, -1) + 1)
        for key in sorted(lacking)
    )


def _retopic_draft(
    said: dict[str, Any], entry: int, made: int | None, topic: Topic, instead: Topic | None
) -> None:
    rows = said.get("topic_rows", [])
    have = {row["topic"] for row in rows}
    if instead and instead.pk not in have:
        return
    if instead:
        rows = [row for row in rows if row["topic"] != instead.pk or topic.pk not in have]
        for row in rows:
            row["topic"] = topic.pk if row["topic"] == instead.pk else row["topic"]
    elif topic.pk not in have:
        place = max((row["position"] for row in rows), default=-1) + 1
        rows = [*rows, {"pk": made, "entry": entry, "topic": topic.pk, "position": place}]
    said["topic_rows"] = rows


def _held(rows: Iterable[Any], by: Any, verbs: Iterable[str]) -> Iterator[tuple[Any, list[Any]]]:
    """The rows by their model, as they are now, held until the transaction ends. NotAllowed."""
    of_model: dict[Any, list[int]] = {}
    for row in rows:
        of_model.setdefault(type(row), []).append(row.pk)
    for model in sorted(of_model, key=lambda one: str(one._meta.model_name)):
        found = model.objects.filter(pk__in=of_model[model]).order_by("pk")
        now = list(found.select_for_update(of=("self",)))
        if refused := [row for row in now if not may(by, row, verbs)]:
            raise NotAllowed(refused)
        yield model, now


def _put(rows: Iterable[Any], **found: Any) -> None:
    """Into the drafts of those that are entries."""
    said = {key: one.isoformat() if isinstance(one, date) else one for key, one in found.items()}
    in_step([r.pk for r in rows if isinstance(r, Entry)], lambda _key, draft: draft.update(said))


def _log(rows: Iterable[Any], action: str, by: Any, **data: Any) -> None:
    """A line in the history of each; Wagtail's own way asks a query for each row."""
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            label=str(row),
            action=action,
            user=by,
            data=data,
            timestamp=timezone.now(),
        )
        for row in rows
    )
