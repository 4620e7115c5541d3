"""Where a partner is reached: facts and places, made when there is none that says so. Nobody sees
a new one before something public names it."""

from datetime import date

from django.db.models import Model, QuerySet
from django.utils.text import slugify

from ..models import Fact, FactValue, Organisation, Place
from ..models.shared import in_force


def free(rows: QuerySet, field: str, wanted: str) -> str:
    """The wanted slug, or with a number behind it; taken are those of all regions."""
    taken = set(rows.filter(**{f"{field}__startswith": wanted}).values_list(field, flat=True))
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug


def slug_for(model: type[Model], words: str, otherwise: str) -> str:
    """A slug of the words; of words without Latin letters nothing is left."""
    wanted = slugify(words)[:40].strip("-_").replace("_", "-") or otherwise
    return free(model._default_manager.all(), "slug", wanted)


def fact_for(organisation: Organisation, type: str, value: str, on: date) -> Fact | None:
    """The organisation's fact that says this today; another value is another fact, because the old
    one may stand on public pages."""
    if not value:
        return None
    there = FactValue.objects.filter(
        in_force(on), value=value, fact__type=type, fact__owner=organisation
    )
    if found := there.select_related("fact").first():
        return found.fact
    key = free(Fact.objects.all(), "key", f"{organisation.slug}-{type}")
    fact = Fact.objects.create(region=organisation.region, key=key, type=type, owner=organisation)
    FactValue.objects.create(fact=fact, value=value, source=organisation.url, checked=on)
    return fact


def place_for(organisation: Organisation, address: str, language: str) -> Place:
    """A place by its address alone. It is of no organisation: theirs stand on public pages."""
    names = {language: address}
    region = organisation.region
    found = Place.objects.filter(region=region, organisation=None, names=names).first()
    slug = slug_for(Place, address, f"{organisation.slug}-place")
    return found or Place.objects.create(region=region, slug=slug, names=names)
