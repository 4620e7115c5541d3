from django.apps import AppConfig


class Office(AppConfig):
    name = "satama.office"
    label = "office"

    def ready(self) -> None:
        from satama.accounts.folders.parts import Part, hang
        from satama.databank.roles.scope import OF_REGION, WHERE

        from . import models
        from .shown import talks

        hang(Part(10, "office/parts/talks.html", talks))
        ours = ("Change", "Contact", "OutreachPlace", "Phrase", "WrongDesk")
        WHERE.update({getattr(models, name): OF_REGION for name in ours})
