"""Wagtail's acts on many at once begin and end here."""

from wagtail import hooks

from .staff import after_many, before_many

hooks.register("before_bulk_action", before_many)
hooks.register("after_bulk_action", after_many)
