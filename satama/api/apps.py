from django.apps import AppConfig


class Api(AppConfig):
    name = "satama.api"
    label = "api"
