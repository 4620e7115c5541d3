"""What is secret at rest: the one door to encryption. `SATAMA_KEYS`, the first of which is used for
what is written now; the others still open what they closed."""

import base64
import hmac
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """Closed with a key that is not in SATAMA_KEYS any more."""


def _derived(key: str, purpose: str) -> bytes:
    return hmac.digest(key.encode(), purpose.encode(), "sha256")


@lru_cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(_derived(key, "satama at rest"))) for key in keys
    )


def close(text: str) -> str:
    return _fernet(tuple(settings.KEYS)).encrypt(text.encode()).decode()


def read(closed: str) -> str:
    try:
        return _fernet(tuple(settings.KEYS)).decrypt(closed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable from fault


def close_anew(closed: str) -> str:
    """The same, closed with the first key."""
    try:
        return _fernet(tuple(settings.KEYS)).rotate(closed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable from fault


def digests(text: str, purpose: str) -> list[str]:
    """Keyed hashes (HMAC-SHA256, hex), one for each key; what is stored is the first."""
    return [
        hmac.new(_derived(key, purpose), text.encode(), sha256).hexdigest() for key in settings.KEYS
    ]


class SecretText(models.TextField):
    """Closed in the database and its backups, plain in Python. Nothing can be looked up by it."""

    def from_db_value(self, value: str | None, *context: Any) -> str | None:
        return read(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return close(str(value)) if value else value

    def get_lookup(self, name: str) -> Any:
        if name in ("exact", "isnull"):  # whether it is empty
            return super().get_lookup(name)
        raise TypeError("A secret text cannot be searched.")
