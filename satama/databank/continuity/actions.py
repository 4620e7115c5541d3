"""Acts after which no reader stands before a closed door: they stop, or lead readers on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ..models import Redirect, Region
from ..models.redirect import PATH
from .losses import parts


class Lost(Exception):
    """Readers would lose these addresses; nothing has changed."""

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(
            _("Readers would lose %(addresses)s. Give a redirect first.")
            % {"addresses": ", ".join(addresses)}
        )
        self.addresses = addresses


@contextmanager
def nothing_lost() -> Iterator[None]:
    """What happens within is one transaction; raises Lost, and then none of it happened."""
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.constraint_name != "address_stays":
            raise
        raise Lost(told.message_detail.splitlines()) from error


def settle(to: str = "") -> None:
    """At the end of an act, within its transaction: whoever would lose an address is led to another
    one, if it is given. Raises Lost."""
    led: set[str] = set()
    while True:  # the database names the addresses of one row at a time
        try:
            with nothing_lost():
                return
        except Lost as lost:
            itself = any(address.endswith(f"/{to}") for address in lost.addresses)
            if itself or not re.match(PATH, to) or led.issuperset(lost.addresses):
                raise
            lead(lost.addresses, to=to)
            led.update(lost.addresses)


@transaction.atomic
def lead(addresses: list[str], *, to: str) -> None:
    """Redirects for addresses such as `/kokkola/uk/entries/tax-card`: one for all languages where
    all are lost, at the region that is above the others."""
    lost: dict[str, dict[str, set[str]]] = {}
    for address in addresses:
        region, language, path = parts(address)
        lost.setdefault(path, {}).setdefault(region, set()).add(language)
    for path, spoken in lost.items():
        losing = list(Region.objects.filter(slug__in=spoken).select_related("parent"))
        every = all(spoken[home.slug] == set(home.languages) for home in losing)
        for home in losing:
            if home.parent and home.parent.slug in spoken:
                continue
            for language in [""] if every else set().union(*spoken.values()):
                Redirect.objects.update_or_create(
                    region=home, path=path, language=language, defaults={"to": to}
                )
