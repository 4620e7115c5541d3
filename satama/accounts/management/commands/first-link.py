"""`satama first-link`: the way in for the first administrator."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from satama.accounts import actions


class Command(BaseCommand):
    help = "Print a link that makes the first administrator. It works once, within 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(actions.first_link(settings.PUBLIC_URL))
        except actions.FirstLinkUsed as refusal:
            raise CommandError(
                "There is an administrator already. Others are added at "
                f"{settings.PUBLIC_URL}/staff/users/."
            ) from refusal
