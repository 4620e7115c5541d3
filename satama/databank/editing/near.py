"""What belongs together along the tree of regions, and what a form offers of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model, Q

from ..models import Region
from ..reading import lineage, regions


def tree(region: Region) -> list[int]:
    """The region, what is above it and what is below: a slug means one thing in all of them."""
    below = [other.pk for other in regions().values() if region.pk in lineage(other)]
    return list(dict.fromkeys([*lineage(region), *below]))


def taken(model: type[Model], slug: str, region: Region, but: Any = None) -> str:
    """The name of the region in which a slug or key is used already; empty: it is free."""
    field = "key" if hasattr(model, "key") else "slug"
    rows = model._default_manager.filter(**{field: slug}, region__in=tree(region))
    found = rows.exclude(pk=but).select_related("region").first()
    return str(found.region) if found else ""  # type: ignore[attr-defined]


def free(model: type[Model], slug: str, region: Region) -> str:
    """The slug, or with a number behind it when it is taken."""
    number, proposed = 1, slug
    while taken(model, proposed, region):
        number += 1
        proposed = f"{slug}-{number}"
    return proposed


def home_first(found: Iterable[Region]) -> list[Region]:
    """The region of the bare address before the others."""
    return sorted(found, key=lambda region: region.slug != settings.REGION)


def narrow(fields: Iterable[forms.Field], region: Region | None, held: Iterable[Any] = ()) -> None:
    """Offer rows that are visible in the region, and what the form has already."""
    if region is None:
        return
    near = Q(region__in=lineage(region)) | Q(pk__in=list(held))
    for field in fields:
        rows = getattr(field, "queryset", None)
        if rows is not None and any(f.name == "region" for f in rows.model._meta.get_fields()):
            field.queryset = rows.filter(near)  # type: ignore[attr-defined]
