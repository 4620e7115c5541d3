"""The link of the weekly mail: it says who asks to confirm, for two weeks, and nothing else."""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

LASTS = timedelta(days=14)


class LinkRefused(Exception):
    """The link does not work; the page says why."""

    status = 404


class LinkForged(LinkRefused):
    """We did not make it, or a letter of it was lost on the way."""


class LinkExpired(LinkRefused):
    """It is older than two weeks."""

    status = 410


class NobodyThere(LinkRefused):
    """The person is active no more."""

    status = 410


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="satama.databank.still-true", sep=".")


def token_for(person: int) -> str:
    return _signer().sign(str(person))


def person_of(token: str) -> int:
    """The primary key of the person whom the link was made for. Raises LinkRefused."""
    try:
        return int(_signer().unsign(token, max_age=LASTS))
    except SignatureExpired:
        raise LinkExpired from None
    except (BadSignature, ValueError):
        raise LinkForged from None
