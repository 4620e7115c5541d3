from django.apps import AppConfig


class Databank(AppConfig):
    name = "satama.databank"
    label = "databank"

    def ready(self) -> None:
        from .roles.pictures import give_pictures_to_roles

        give_pictures_to_roles()
