from django.apps import AppConfig


class Base(AppConfig):
    name = "satama.base"
    label = "base"
