"""A limit for each client address (web/limit.py counts)."""

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from satama.web.limit import Window, address

A_MINUTE = 60  # requests
MINUTE = Window("api-limit", 60)


class Limit(BaseThrottle):
    def allow_request(self, request: HttpRequest) -> bool:
        return MINUTE.take(address(request), A_MINUTE)

    def wait(self) -> int:
        return MINUTE.wait()
