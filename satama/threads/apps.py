from django.apps import AppConfig


class Threads(AppConfig):
    name = "satama.threads"
    label = "threads"

    def ready(self) -> None:
        from satama.databank.roles.scope import OF_REGION, WHERE

        from .models import Desk, Thread

        WHERE.update({Desk: OF_REGION, Thread: OF_REGION})
