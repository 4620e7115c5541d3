"""Mail: one that waits to be sent. Job: work done again and again, by one node at a time."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .secret import SecretText

MAIL_STATES = ("waiting", "sending", "handed", "unsure", "failed")


class Mail(models.Model):
    """Gone when it was sent; until then its words are secret, and so are the links in them. `due`:
    when it is tried again; of one that is being sent, when its sender is thought dead. `about`:
    what it is erased with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = SecretText()
    subject = SecretText()
    text = SecretText()
    html = SecretText(blank=True)
    about = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=7, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField(db_default=Now())
    due = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        ordering = ["made"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MAIL_STATES), name="mail_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"


class Job(models.Model):
    """`began`: when somebody last took it up."""

    name = models.CharField(max_length=40, primary_key=True)
    began = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
