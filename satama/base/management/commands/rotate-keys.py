"""`satama rotate-keys`: closes every secret with the first of SATAMA_KEYS; then the others may go.
It may be stopped and begun again."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from satama.base import secret


class Command(BaseCommand):
    help = "Closes every secret with the first of SATAMA_KEYS."

    def handle(self, *args: object, **options: object) -> None:
        done = sum(rotate(model, name) for model, name in secret_fields())
        self.stdout.write(f"{done} texts are closed with the first key.")


def secret_fields() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, secret.SecretText):
                yield model, field.name


def rotate(model: type[models.Model], name: str) -> int:
    """As it is stored: the closed texts, never what they say. What somebody changes meanwhile they
    close with the first key themselves."""
    rows = model._base_manager.annotate(closed=Cast(name, TextField())).exclude(closed="")
    done = 0
    for pk, old in rows.values_list("pk", "closed").iterator(chunk_size=500):
        new = Value(secret.close_anew(old), output_field=TextField())
        done += rows.filter(pk=pk, closed=old).update(**{name: new})
    return done
