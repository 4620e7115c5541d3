"""Mail: the one door out. `send` puts it into the outbox with whatever else its transaction does;
`deliver` hands what waits to the server: never lost, never twice.

Nobody can know whether a server took a mail when the line broke between our last word and its
answer. Such a mail is `unsure`: it stays for a while, and a person decides (RFC 5321 4.1.1.4 asks
senders to repeat it; a person who gets an answer twice trusts it less than one who waits).
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from .models import Mail
from .secret import Unreadable, read

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # a server may answer slowly; RFC 5321 4.5.3.2.6 allows as much
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]  # then it has failed
SECRETS = (
    "to",
    "subject",
    "text",
    "html",
)  # read when it is sent: one that no key opens stops no other
STAYED = ("unsure", "failed")
KEPT = timedelta(days=30)  # of what stayed, for a person to decide


def send(*, to: str, subject: str, text: str, html: str = "", about: str = "") -> Mail:
    """Into the outbox; it leaves after the transaction that it is part of."""
    line = " ".join(subject.split())[:200]
    return Mail.objects.create(to=to, subject=line, text=text, html=html, about=about)


def erase(about: str) -> None:
    """What was not sent yet and belongs to this."""
    Mail.objects.filter(about=about).delete()


def deliver() -> int:
    """Hand over what is due, one after the other; how many left."""
    _wake()
    sent = 0
    connection = None
    try:
        while mail := _take():
            connection = connection or get_connection()
            if not _try(mail, connection):
                connection = None  # the next one gets a fresh line
            else:
                sent += 1
    finally:
        if connection:
            _quietly(connection.close)
    return sent


def stayed() -> QuerySet[Mail]:
    """What did not leave, for a person to decide; the newest first, without its words."""
    found = Mail.objects.filter(state__in=STAYED).defer(*SECRETS)
    return found.annotate(closed=Cast("to", TextField())).order_by("-made", "pk")


def address(mail: Mail) -> str:
    """Of one that stayed; nothing when no key opens it."""
    closed: str = mail.closed  # type: ignore[attr-defined]
    try:
        return read(closed)
    except Unreadable:
        return ""


def again(mail: Mail) -> bool:
    """A person wants it sent (again); whether it still stayed."""
    stays = Mail.objects.filter(pk=mail.pk, state__in=STAYED)
    return bool(stays.update(state="waiting", due=timezone.now(), tries=0, said=""))


def let_be(mail: Mail) -> bool:
    """A person wants it gone; whether it still stayed."""
    return bool(Mail.objects.filter(pk=mail.pk, state__in=STAYED).delete()[0])


def _wake() -> None:
    """Senders that died: one that had not begun to hand over begins anew, the other is unsure."""
    late = Mail.objects.filter(due__lte=timezone.now())
    late.filter(state="sending").update(state="waiting")
    late.filter(state="handed").update(state="unsure", said="The sender was ended meanwhile.")
    Mail.objects.filter(state__in=STAYED, made__lte=timezone.now() - KEPT).delete()


@transaction.atomic
def _take() -> Mail | None:
    now = timezone.now()
    waiting = Mail.objects.filter(state="waiting", due__lte=now).order_by("due", "made")
    mail = waiting.defer(*SECRETS).select_for_update(skip_locked=True).first()
    if mail:
        mail.state, mail.due, mail.tries = "sending", now + LEASE, mail.tries + 1
        mail.save(update_fields=["state", "due", "tries"])
    return mail


def _try(mail: Mail, connection: Any) -> bool:
    """Whether it left."""
    try:
        connected = False
        connection.open()
        connected = True
        _hand_over(mail, connection)
    except smtplib.SMTPResponseException as refusal:
        code = refusal.smtp_code if connected else 400  # our own password is no fault of the mail
        _refused(mail, code, refusal.smtp_error)
    except OSError as fault:  # smtplib's errors are OSErrors too
        if mail.state == "handed":
            _keep(mail, "unsure", type(fault).__name__)
        else:
            _refused(mail, 400, type(fault).__name__)
    except Unreadable:
        _keep(mail, "failed", "Closed with a key that is gone.")
    except ValueError as fault:  # an address or a line that no mail can have
        _refused(mail, 500, type(fault).__name__)
    else:
        mail.delete()
        return True
    _quietly(connection.close)
    return False


def _hand_over(mail: Mail, connection: Any) -> None:
    message = as_message(mail)

    def last_word() -> None:
        _keep(mail, "handed")

    smtp = getattr(connection, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):  # printed, or kept by a test
        last_word()
        connection.send_messages([message])
        return
    letter: Any = message.message()  # Django's own knows line ends; its types do not
    smtp.ehlo_or_helo_if_needed()
    _ask(smtp.mail(message.from_email))
    _ask(smtp.rcpt(mail.to))
    last_word()
    _ask(smtp.data(letter.as_bytes(linesep="\r\n")))


def as_message(mail: Mail) -> EmailMultiAlternatives:
    """The same name each time it is tried; and nobody's machine answers it."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _ask(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, said)


def _refused(mail: Mail, code: int, said: bytes | str) -> None:
    """A code of 500 and more is for good; the others are tried again, later and later."""
    told = said.decode(errors="replace") if isinstance(said, bytes) else said
    words = told.replace(mail.to, "…")  # an address that the server repeats is not kept
    if code >= 500 or mail.tries > len(WAITS):
        log.error("A mail could not be sent: the server answered %s.", code)
        _keep(mail, "failed", f"{code} {words}")
        return
    mail.due = timezone.now() + WAITS[mail.tries - 1]
    _keep(mail, "waiting", f"{code} {words}")


def _keep(mail: Mail, state: str, said: str = "") -> None:
    mail.state, mail.said = state, said[:200]
    mail.save(update_fields=["state", "said", "due"])


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except OSError:
        log.info("The mail server ended the line first.")
