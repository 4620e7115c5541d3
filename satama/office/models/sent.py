"""Sent: that a form was sent, so that it is not done twice."""

from django.db import models
from django.db.models import Q

from satama.accounts.models import Folder
from satama.base.secret import SecretText
from satama.threads.models import Thread

HASH = "^[0-9a-f]{64}$"


class Sent(models.Model):
    """A form that was sent: what came of it. Sent again, by a double click or after a broken line,
    it leads to the same. `code`: of a new folder, closed, until its owner has it; at most a day."""

    token = models.CharField(max_length=64, unique=True)
    folder = models.ForeignKey(Folder, models.CASCADE, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    code = SecretText(blank=True)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(token__regex=HASH), name="sent_token_is_a_hash"),
            models.CheckConstraint(
                condition=Q(code="") | Q(folder__isnull=False), name="sent_code_has_a_folder"
            ),
        ]

    def __str__(self) -> str:
        return f"sent {self.pk}"
