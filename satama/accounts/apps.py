from django.apps import AppConfig


class Accounts(AppConfig):
    name = "satama.accounts"
    label = "accounts"
