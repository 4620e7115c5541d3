"""A limit for each client address. The address is used for nothing else; it is kept only as a keyed
hash, and no longer than the minute."""

import hmac
import math
import secrets
import time
from functools import lru_cache

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

A_MINUTE = 60  # requests
KEY = "api-limit-key"


class Limit(BaseThrottle):
    """Counts in the cache that all processes share, by minutes of the clock."""

    def allow_request(self, request: HttpRequest) -> bool:
        address = get_adapter().get_client_ip(request)  # the rule for proxies is that of sign-in
        key = minute_key(int(time.time() // 60))
        name = "api-limit-" + hmac.digest(key, address.encode(), "sha256").hex()
        count = cache.get(name, 0)
        if count < A_MINUTE:
            cache.set(name, count + 1, self.wait())
        return count < A_MINUTE

    def wait(self) -> int:
        """Seconds until the next minute begins."""
        return math.ceil(60 - time.time() % 60)


@lru_cache(maxsize=1)
def minute_key(minute: int) -> bytes:
    """A random key that all processes share for a minute. The next one is written over it: the
    cache may tidy away late, but then nobody can tell whose hash it holds."""
    known, key = cache.get(KEY, (0, b""))
    if known != minute:
        key = secrets.token_bytes(32)
        cache.set(KEY, (minute, key), 60)
    return key
