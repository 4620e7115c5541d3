"""What is done with staff accounts: the first administrator, and an address that changes."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import connection, transaction
from django.urls import reverse

from .models import User

FIRST_LINK_LASTS = timedelta(hours=24)


class FirstLinkRefused(Exception):
    """The link that makes the first administrator does not work; the page says why."""

    status = 410


class FirstLinkForged(FirstLinkRefused):
    """We did not make this link, or a letter of it was lost on the way."""

    status = 404


class FirstLinkExpired(FirstLinkRefused):
    """The link is older than a day."""


class FirstLinkUsed(FirstLinkRefused):
    """There is an administrator already."""


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="satama.accounts.first", sep=".")


def first_link(base_url: str) -> str:
    """A link that makes the first administrator: once, within a day, while there is no account."""
    if User.objects.exists():
        raise FirstLinkUsed
    token = _signer().sign(secrets.token_urlsafe(16))
    return base_url.rstrip("/") + reverse("accounts_first", args=[token])


def check_first_link(*, token: str) -> None:
    """Refuse a link that does not work; only a real link learns whether there is an account."""
    try:
        _signer().unsign(token)
    except BadSignature as refusal:
        raise FirstLinkForged from refusal
    if User.objects.exists():
        raise FirstLinkUsed
    try:
        _signer().unsign(token, max_age=FIRST_LINK_LASTS)
    except SignatureExpired as refusal:
        raise FirstLinkExpired from refusal


@transaction.atomic
def make_first_administrator(*, token: str, email: str, password: str) -> User:
    """Make the first administrator; of two who try at once, the second is refused."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(User._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    check_first_link(token=token)
    return User.objects.create_superuser(email, password)


def forget_old_addresses(user: User) -> None:
    """Only the present address signs in and gets the mail that sets a new password."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
