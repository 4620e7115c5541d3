"""Make a fact of what stands in a text."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..models import Fact, FactValue


class Taken(Exception):
    """A fact of this key is there already."""


def make_fact(fact: Fact, value: FactValue, *, by: Any) -> Fact:
    """Save a new fact with its first value, read today by who made it. Raises Taken."""
    try:
        with transaction.atomic():
            fact.save()
            value.fact, value.checked = fact, timezone.localdate()
            value.save()
            log(fact, "wagtail.create", user=by)
    except IntegrityError:
        raise Taken from None
    return fact
