"""What django-allauth may do here: people sign in; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.http import HttpRequest

from satama.base import mail

from .who import may_enter


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their workplace, partners to their own pages."""
        where = super().get_login_redirect_url(request)
        return where if may_enter(request.user) else settings.PARTNERS_URL

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox: neither a slow server nor a failure may tell who has an account."""
        words = {"request": current.request, "email": email, "site": settings.WAGTAIL_SITE_NAME}
        message = self.render_mail(template_prefix, email, words | context)
        mail.send(to=email, subject=message.subject, text=message.body)
