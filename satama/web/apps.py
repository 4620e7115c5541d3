from django.apps import AppConfig


class Web(AppConfig):
    name = "satama.web"
    label = "web"
