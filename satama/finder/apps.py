from django.apps import AppConfig


class Finder(AppConfig):
    name = "satama.finder"
    label = "finder"

    def ready(self) -> None:
        from satama.databank.roles.scope import OF_REGION, WHERE

        from .coverage import report  # noqa: F401  its page stands beside those of wagtail_hooks
        from .models import Coverage

        WHERE[Coverage] = OF_REGION
