"""Mail: one that waits to be sent. Job: work done again and again, by one node at a time."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

MAIL_STATES = ("waiting", "sending", "handed", "unsure", "failed")


class Mail(models.Model):
    """Gone when it was sent. `due`: when it is tried again; of one that is being sent, when its
    sender is thought dead. `about`: what it is erased with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
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
            models.CheckConstraint(
                condition=Q(subject__regex=r"^[^\r\n]+$"), name="mail_subject_is_one_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"


class Job(models.Model):
    """`began`: when somebody last took it up."""

    name = models.CharField(max_length=40, primary_key=True)
    began = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
