from django.apps import AppConfig


class Office(AppConfig):
    name = "satama.office"
    label = "office"

    def ready(self) -> None:
        from satama.accounts.folders.parts import Part, hang
        from satama.databank.roles.scope import OF_REGION, WHERE

        from .models import Phrase, WrongDesk
        from .shown import talks

        hang(Part(10, "office/parts/talks.html", talks))
        WHERE.update({Phrase: OF_REGION, WrongDesk: OF_REGION})
