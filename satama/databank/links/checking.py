"""One round of asking: what is due, each host in its turn. Many processes may do it at once.

A process takes a link, and for each request its host, by moving a date in the row ahead; nothing
is held while it asks. Killed at any moment it leaves only these dates, and what it had taken is
asked when they have passed.
"""

import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ..models import Link, LinkHost
from .asking import Act, ask
from .judging import after, wait
from .network import Answer

LINK_TAKEN = timedelta(minutes=15)  # longer than the longest asking with all its redirects
HOST_TAKEN = timedelta(minutes=2)  # longer than one request
PATIENCE = timedelta(minutes=2)  # a host that wants to wait longer is left for another round
A_MOMENT = timedelta(seconds=0.1)


class Clock:
    """The time; tests bring one that does not take any."""

    def now(self) -> datetime:
        return timezone.now()

    def sleep(self, time_to_wait: timedelta) -> None:
        time.sleep(time_to_wait.total_seconds())


class HostIsBusy(Exception):
    """A host may not be asked before `until`, and that is too long to wait for."""

    def __init__(self, until: datetime) -> None:
        self.until = until


def check(limit: int | None = None, clock: Clock | None = None) -> Counter[str]:
    """Ask what is due now and stop; how many links are in which state after it."""
    clock = clock or Clock()
    start, counted, turns = clock.now(), Counter[str](), Turns(clock)
    while limit is None or counted.total() < limit:
        link = _take(start, clock.now())
        if link is None:
            pause = _until_one_is_free(start, clock.now())
            if pause is None or pause > PATIENCE:
                break
            _rest(clock, pause)
            continue
        try:
            changes = after(link, ask(link.address, turns), clock.now())
            counted[changes["state"]] += 1
        except HostIsBusy as busy:
            changes = {"due": busy.until}
        Link.objects.filter(pk=link.pk).update(**changes)
    return counted


@transaction.atomic
def _take(start: datetime, now: datetime) -> Link | None:
    """A link that was due at the start and that nobody else has taken."""
    due = Link.objects.filter(due__lte=start, host__free_at__lte=now).order_by("due", "pk")
    link = due.select_for_update(of=("self",), skip_locked=True).first()
    if link:
        Link.objects.filter(pk=link.pk).update(due=now + LINK_TAKEN)
    return link


def _until_one_is_free(start: datetime, now: datetime) -> timedelta | None:
    """How long until the first host with something due may be asked."""
    free = LinkHost.objects.filter(links__due__lte=start).aggregate(first=Min("free_at"))["first"]
    return free - now if free else None


def _rest(clock: Clock, pause: timedelta) -> None:
    """In bits: who has taken the host may be done with it long before its time."""
    clock.sleep(max(min(pause, settings.LINK_PAUSE), A_MOMENT))


class Turns:
    """One request at a time to a host, a pause after each, longer when the host wants it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def __call__(self, host: str, act: Act) -> Answer:
        while (pause := self._pause(host)) is not None:
            _rest(self.clock, pause)
        answer = act()
        now = self.clock.now()
        rest = max(settings.LINK_PAUSE, wait(answer.said, answer.retry_after, now))
        LinkHost.objects.filter(name=host).update(free_at=now + rest)
        return answer

    def _pause(self, host: str) -> timedelta | None:
        """Nothing when the host is taken now, for us; otherwise how long it is not free."""
        now = self.clock.now()
        row, _made = LinkHost.objects.get_or_create(name=host, defaults={"free_at": now})
        free = LinkHost.objects.filter(name=host, free_at__lte=now)
        if free.update(free_at=now + HOST_TAKEN):
            return None
        if row.free_at - now > PATIENCE:
            raise HostIsBusy(row.free_at)
        return row.free_at - now
