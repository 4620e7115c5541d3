"""Verbs of closures: shut something, open it again. Each is in the history."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from ..models import Closure


@transaction.atomic
def shut(closure: Closure, *, by: Any) -> Closure:
    """The region is that of what is shut."""
    held = closure.entry or closure.place
    assert held is not None
    closure.region, closure.by = held.region, by
    closure.save()
    log(closure, "wagtail.create", user=by, title=str(closure))
    return closure


@transaction.atomic
def open_again(closure: Closure, *, at: datetime, by: Any) -> None:
    """At once. What had not begun is as if it had never been said; what has ended stays so."""
    if closure.ends <= at:
        return
    log(closure, "wagtail.delete", user=by, title=str(closure))
    if closure.begins >= at:
        closure.delete()
    else:
        closure.ends = at
        closure.save(update_fields=["ends"])
