"""What is done with accounts: the first administrator, the link that signs in, an address that
changes."""

import secrets
from datetime import timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from satama.base import mail

from .models import User

FIRST_LINK_LASTS = timedelta(hours=24)
LINK_LASTS = timedelta(minutes=30)
LINK = "satama.accounts.link"


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


class LinkRefused(Exception):
    """The link was used, is too old, or is none of ours: the page does not say which."""


def link(user: User, *, then: str = "") -> str:
    """The address of a page that signs this person in: once, within half an hour."""
    token = signing.dumps([user.pk, _state(user), then], salt=LINK)
    return settings.PUBLIC_URL + reverse("accounts_link_opened", args=[token])


def _state(user: User) -> str:
    """Another one after every sign-in, and when address or password change."""
    now = f"{user.pk} {user.last_login} {user.email} {user.password}"
    return salted_hmac(LINK, now).hexdigest()[:20]


@transaction.atomic
def mail_link(*, email: str, then: str) -> None:
    """Written for anybody, so that the time it takes tells nothing."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    someone = user or User(pk=0)
    with translation.override(someone.language or translation.get_language()):
        words = {"link": link(someone, then=then), "site": settings.WAGTAIL_SITE_NAME}
        subject = _("Sign in to %(site)s") % words
        body = render_to_string("accounts/email/link.txt", words)
    written = mail.send(to=someone.email or "nobody@invalid", subject=subject, text=body)
    if user is None:
        written.delete()


@transaction.atomic
def read_link(token: str) -> tuple[User, str]:
    """Whom a link signs in, and where it leads then."""
    try:
        pk, state, then = signing.loads(token, salt=LINK, max_age=LINK_LASTS)
    except BadSignature as refusal:
        raise LinkRefused from refusal
    user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(_state(user), state):
        raise LinkRefused
    return user, then


@transaction.atomic
def sign_in_by_link(request: HttpRequest, *, token: str) -> HttpResponse:
    """Sign in, or on to the second factor; of two who try at once, the second is refused."""
    user, then = read_link(token)
    record_authentication(request, user, method="link")
    return perform_login(request, user, redirect_url=then or None)


def forget_old_addresses(user: User) -> None:
    """Only the present address signs in and gets the mail that sets a new password."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
