from django.apps import AppConfig


class Finder(AppConfig):
    name = "satama.finder"
    label = "finder"

    def ready(self) -> None:
        from . import gaps  # noqa: F401  its page stands beside those of wagtail_hooks
