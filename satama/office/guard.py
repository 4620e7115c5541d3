"""Against machines that send: no puzzles, no third party, nobody refused for good. Whoever looks
like a machine sees the form once more, with everything in it, and presses the button again.

Asking needs no cookie, so these forms carry no token against forgery (there is nothing to forge:
whoever asks is nobody). One that comes from a page of another site is doubtful like the others."""

import re
import secrets
from collections.abc import Mapping

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from satama.web.limit import Window, address

FAST = 3  # seconds in which nobody writes a question
DAY = 24 * 60 * 60
MOST = 30  # from one network address in a window: a class asks together
SENDING = Window("office-sent", 600)
LINK = re.compile(r"(?:https?://|www\.)\S+")
TRAP = "website"  # a field that people do not see

_slips = TimestampSigner(salt="office.slip")
_again = Signer(salt="office.again")


def slip() -> str:
    return _slips.sign(secrets.token_urlsafe(16))


def read(text: str, *, max_age: int = DAY) -> str:
    """The token of a slip of ours that is not older; else empty."""
    try:
        return _slips.unsign(text, max_age=max_age)
    except BadSignature:
        return ""


def seal(text: str) -> str:
    """That the form with this slip was shown a second time."""
    return _again.signature(text)


def doubtful(request: HttpRequest, text: str) -> bool:
    """Whether the sender is asked to press once more."""
    sent: Mapping[str, str] = request.POST
    slip = sent.get("slip", "")
    if not read(slip) or sent.get(TRAP) or _from_elsewhere(request):
        return True
    if constant_time_compare(sent.get("again", ""), seal(slip)):
        return False
    return bool(read(slip, max_age=FAST)) or only_links(text)


def only_links(text: str) -> bool:
    """More links than words around them."""
    links = LINK.findall(text)
    words = LINK.sub(" ", text).split()
    return bool(links) and len(words) < 3 * len(links)


def minutes_to_wait(request: HttpRequest) -> int:
    """0, or how long until this network may send again."""
    if SENDING.take(address(request), MOST):
        return 0
    return -(-SENDING.wait() // 60)


def _from_elsewhere(request: HttpRequest) -> bool:
    """As browsers say; those that say nothing are believed."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
