"""Counts that tell of no single person: small ones are shown together alone. No database."""

from collections.abc import Mapping

FEW = 5

Counts = list[tuple[str, int]]
REST = ""  # what is shown together


def protected(counts: Mapping[str, int]) -> Counts:
    """The largest first. What is below five stands together as the rest; so that nobody can work it
    out from the sum, the rest is five or more, or there is none to break down."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shown = [one for one in ordered if one[1] >= FEW]
    rest = sum(number for _name, number in ordered[len(shown) :])
    while 0 < rest < FEW and shown:
        rest += shown.pop()[1]
    if not rest:
        return shown
    return [*shown, (REST, rest)]
