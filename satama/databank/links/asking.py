"""How an address is asked: HEAD, GET where that is refused, redirects followed one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from ..models.link import LONGEST
from .network import Answer, host_of, request

HOPS = 8  # redirects
FOR_GOOD = {"301", "308"}
ELSEWHERE = FOR_GOOD | {"302", "303", "307"}

Act = Callable[[], Answer]
InTurn = Callable[[str, Act], Answer]  # runs one request when its host may be asked


@dataclass(frozen=True)
class Outcome:
    """What an address said in the end, and where it said that it moved for good."""

    said: str
    moved_to: str = ""

    @property
    def good(self) -> bool:
        return self.said.startswith("2")


def ask(address: str, in_turn: InTurn) -> Outcome:
    """Follow an address to its end. `moved_to` is as far as permanent redirects lead."""
    here, part = urldefrag(address)
    moved_to, for_good = "", True
    for _hop in range(HOPS + 1):
        answer = _answer(here, in_turn)
        if answer.said not in ELSEWHERE or not answer.location:
            return Outcome(answer.said, moved_to)
        here = _next(here, answer.location)
        if not here:
            return Outcome("no-sense")
        for_good = for_good and answer.said in FOR_GOOD
        moved_to = _with(here, part) if for_good else moved_to
    return Outcome("too-far")


def _answer(address: str, in_turn: InTurn) -> Answer:
    """Many servers answer HEAD wrongly: what it refuses is asked again as browsers do."""
    host = host_of(address)
    answer = in_turn(host, lambda: request("HEAD", address))
    refused = answer.said >= "400" and answer.said.isdigit() and answer.said != "429"
    if (refused and not answer.retry_after) or answer.said in ("closed", "no-sense"):
        return in_turn(host, lambda: request("GET", address))
    return answer


def _with(address: str, part: str) -> str:
    """The address with the part of the page that the old one named; none that is too long."""
    whole = f"{address}#{part}" if part else address
    return whole if len(whole) <= LONGEST else ""


def _next(here: str, location: str) -> str:
    """Where a redirect leads; nothing when it is no web address."""
    try:
        there = urldefrag(urljoin(here, location)).url
    except ValueError:
        return ""
    return there if host_of(there) and there.isprintable() else ""
