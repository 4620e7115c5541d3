"""How a form offers rows of each noun: few by name, many by key with a dialog to choose from."""

from typing import Any

from django.db.models import ForeignKey
from django.forms import Select
from wagtail.admin.forms.models import register_form_field_override

from ..models import Entry, Fact, Municipality, Organisation, Place, Region, Topic
from .fields import TYPES, ByKey


def offer_by_name() -> None:
    for noun in (Region, Organisation, Place, Topic, Municipality):
        register_form_field_override(ForeignKey, to=noun, override={"widget": Select})

    def fact(field: ForeignKey) -> dict[str, Any]:
        noun = field.name if field.name in TYPES else "facts"
        return {"form_class": ByKey, "noun": noun, "to_field_name": "key"}

    entry = {"form_class": ByKey, "noun": "entries", "to_field_name": "slug"}
    register_form_field_override(ForeignKey, to=Fact, override=fact)
    register_form_field_override(ForeignKey, to=Entry, override=entry)
