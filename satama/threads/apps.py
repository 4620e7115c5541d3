from django.apps import AppConfig


class Threads(AppConfig):
    name = "satama.threads"
    label = "threads"
