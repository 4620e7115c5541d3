"""Verbs of the tally."""

from typing import Any

from ..models import Contact


def count(contact: Contact) -> bool:
    """Once for each key; whether it was the first time."""
    said = {
        field.name: getattr(contact, field.name)
        for field in Contact._meta.concrete_fields
        if field.name not in ("id", "key")
    }
    return Contact.objects.get_or_create(key=contact.key, defaults=said)[1]


def undo(key: Any, *, within: Any) -> bool:
    """As if it had not been counted; whether there was one. `within`: a scope."""
    return bool(within.within(Contact.objects.filter(key=key)).delete()[0])
