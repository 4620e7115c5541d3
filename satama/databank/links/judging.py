"""What an answer means for a link: few false alarms, and what is not sure is asked again. No
database."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Link
from .asking import Outcome

# On how many different days the same must be said before a link counts as broken. Everything else
# (refusals, errors of the server, silence) may be about us or about today, and never is proof.
PROOF = {"404": 1, "410": 1, "no-name": 2, "certificate": 3}
AGAIN = timedelta(days=7)
# After the first failure, the second …; the last one for all that follow.
PAUSES = [timedelta(hours=hours) for hours in (1, 6, 24, 48, 96, 168)]
TOO_MANY = timedelta(hours=1)  # for a host that says so without saying how long
LONGEST = timedelta(days=7)

WORDS = {
    "404": gettext_lazy("There is no such page."),
    "410": gettext_lazy("The page was removed for good."),
    "429": gettext_lazy("The site was asked too often."),
    "no-name": gettext_lazy("There is no site of this name."),
    "certificate": gettext_lazy("The site's certificate is wrong or too old."),
    "no-chain": gettext_lazy("The site's certificate could not be checked."),
    "timeout": gettext_lazy("The site did not answer in time."),
    "refused": gettext_lazy("The site lets nobody in."),
    "closed": gettext_lazy("The site broke off."),
    "too-far": gettext_lazy("The address leads on and on."),
    "own-network": gettext_lazy("The address leads into an internal network. It was not asked."),
    "no-sense": gettext_lazy("The answer made no sense."),
}


def in_words(said: str) -> str:
    """What the server said, for staff; with its number when it gave one."""
    if not said.isdigit():
        return str(WORDS.get(said, ""))
    words = WORDS.get(said) or _by_hundred(int(said) // 100)
    return f"{words} ({said})"


def _by_hundred(hundred: int) -> str:
    return {
        2: _("The page answered."),
        4: _("The site does not let our check in."),
        5: _("The site has an error."),
    }.get(hundred, _("The answer made no sense."))


def after(link: Link, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """The fields of a link that was asked just now."""
    seen = {"asked": now, "said": outcome.said, "days_said": _days(link, outcome, now)}
    judged = _good(link, outcome, now) if outcome.good else _failed(link, seen, now)
    return seen | judged


def _days(link: Link, outcome: Outcome, now: datetime) -> int:
    """On how many different days in a row of askings the same was said."""
    if link.asked is None or link.said != outcome.said:
        return 1
    return link.days_said + (timezone.localdate(link.asked) != timezone.localdate(now))


def _good(link: Link, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """It answers. A move counts when it was seen twice; the second look comes soon."""
    moved = bool(outcome.moved_to) and outcome.moved_to == link.moved_to
    since = (link.since if link.state == "moved" else timezone.localdate(now)) if moved else None
    first_look = bool(outcome.moved_to) and not moved
    return {
        "state": "moved" if moved else "good",
        "since": since,
        "good_at": now,
        "failures": 0,
        "moved_to": outcome.moved_to,
        "due": now + (PAUSES[2] if first_look else AGAIN),
    }


def _failed(link: Link, seen: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is broken stays so until it answers well."""
    failures = min(link.failures + 1, 1000)
    needed = PROOF.get(seen["said"])
    proven = needed is not None and seen["days_said"] >= needed
    return {
        "state": "broken" if proven or link.state == "broken" else "unsure",
        "since": link.since if link.failures else timezone.localdate(now),
        "failures": failures,
        "due": now + PAUSES[min(failures, len(PAUSES)) - 1],
    }


def wait(said: str, retry_after: str, now: datetime) -> timedelta:
    """How long a host wants to be left alone: `Retry-After` in seconds or as a date (RFC 9110)."""
    asked_for = TOO_MANY if said == "429" else timedelta(0)
    if retry_after.isascii() and retry_after.isdigit():
        asked_for = timedelta(seconds=min(int(retry_after[:9]), LONGEST.total_seconds()))
    elif retry_after:
        try:
            until = parsedate_to_datetime(retry_after)
            asked_for = (until if until.tzinfo else until.replace(tzinfo=now.tzinfo)) - now
        except (ValueError, OverflowError):
            return asked_for
    return max(timedelta(0), min(asked_for, LONGEST))
