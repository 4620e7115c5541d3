from django.apps import AppConfig


class Databank(AppConfig):
    name = "satama.databank"
    label = "databank"
