from django.apps import AppConfig


class Databank(AppConfig):
    name = "satama.databank"
    label = "databank"

    def ready(self) -> None:
        from .roles.pictures import put_in_place

        put_in_place()
