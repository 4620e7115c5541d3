"""Where a partner is reached: facts and places, made when there is none that says so. Nobody sees
a new one before something public names it."""

from datetime import date

from django.db.models import Model

from ..editing.naming import slug_of
from ..editing.near import free
from ..models import Fact, FactValue, Organisation, Place, Region
from ..models.shared import in_force


def slug_for(model: type[Model], words: str, otherwise: str, region: Region) -> str:
    """A slug of the words; of words without Latin letters nothing is left."""
    return free(model, slug_of(words, 40) or otherwise, region)


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
    key = free(Fact, f"{organisation.slug}-{type}", organisation.region)
    fact = Fact.objects.create(region=organisation.region, key=key, type=type, owner=organisation)
    FactValue.objects.create(fact=fact, value=value, source=organisation.url, checked=on)
    return fact


def place_for(organisation: Organisation, address: str, language: str) -> Place:
    """A place by its address alone. It is of no organisation: theirs stand on public pages."""
    names = {language: address}
    region = organisation.region
    found = Place.objects.filter(region=region, organisation=None, names=names).first()
    slug = slug_for(Place, address, f"{organisation.slug}-place", region)
    return found or Place.objects.create(region=region, slug=slug, names=names)
