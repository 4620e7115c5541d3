"""How often something was done lately, from one network address or by all together. An address is
used for nothing else; it is kept only as a keyed hash, and no longer than the window."""

import hmac
import math
import secrets
import time
from dataclasses import dataclass
from functools import lru_cache

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Whose request it is; the rule for proxies is that of sign-in."""
    return str(get_adapter().get_client_ip(request))


@dataclass(frozen=True)
class Window:
    """Counts in the cache that all processes share, by windows of the clock."""

    name: str
    seconds: int

    def count(self, who: str) -> int:
        return int(cache.get(self._key(who), 0))

    def add(self, who: str) -> None:
        self._set(who, self.count(who) + 1)

    def take(self, who: str, most: int) -> bool:
        """Whether there is room for one more, which is then counted."""
        counted = self.count(who)
        if counted < most:
            self._set(who, counted + 1)
        return counted < most

    def _set(self, who: str, counted: int) -> None:
        cache.set(self._key(who), counted, self.wait())

    def wait(self) -> int:
        """Seconds until the next window begins."""
        return math.ceil(self.seconds - time.time() % self.seconds)

    def _key(self, who: str) -> str:
        key = window_key(f"{self.name}-key", int(time.time() // self.seconds), self.seconds)
        return f"{self.name}-{hmac.digest(key, who.encode(), 'sha256').hex()}"


@lru_cache(maxsize=16)
def window_key(name: str, window: int, seconds: int) -> bytes:
    """A random key that all processes share for a window. The next one is written over it: the
    cache may tidy away late, but then nobody can tell whose hash it holds."""
    known, key = cache.get(name, (0, b""))
    if known != window:
        key = secrets.token_bytes(32)
        cache.set(name, (window, key), seconds)
    return key
