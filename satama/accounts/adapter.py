"""What django-allauth may do here: staff sign in; nobody signs up by themselves."""

import logging
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

log = logging.getLogger(__name__)


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send beside the answer: neither its time nor a failure may tell who has an account."""
        words = {"request": current.request, "email": email, "site": settings.WAGTAIL_SITE_NAME}
        message = self.render_mail(template_prefix, email, words | context)
        Thread(target=deliver, args=[message]).start()


def deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:  # smtplib's errors too; the address stays out of the log
        log.error("A mail to staff could not be sent. Check SATAMA_MAIL_URL.")
