from django.apps import AppConfig


class Finder(AppConfig):
    name = "satama.finder"
    label = "finder"
