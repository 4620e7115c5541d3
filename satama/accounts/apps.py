from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class Accounts(AppConfig):
    name = "satama.accounts"
    label = "accounts"
    default = True


class WagtailUsers(WagtailUsersAppConfig):
    """Wagtail's user pages, with forms for users who have an e-mail address and no user name."""

    user_viewset = "satama.accounts.wagtail_users.StaffUsers"
    default = False
