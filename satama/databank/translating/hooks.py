"""The desk in Wagtail's menu, who may sit at it, and what its history says."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from satama.accounts import typed
from satama.base import languages
from satama.web.staff import Entrance

from .files.views import FILE, difference, download, file
from .forms import TextForm
from .machine.views import DRAFT, draft
from .views import LIST, ONE, STEP, TITLE, may_translate, one, step, the_list

typed.FORMS[ONE] = lambda **_: TextForm


@hooks.register("register_admin_menu_item")
def in_the_menu() -> Entrance:
    return Entrance(
        TITLE, reverse_lazy(LIST), may_translate, name="translating", icon="globe", order=150
    )


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("translating/", the_list, name=LIST),
        path("translating/file/", file, name=FILE),
        path("translating/file/download/", download, name=f"{FILE}_download"),
        path("translating/file/<str:reference>/", difference, name=f"{FILE}_difference"),
        path("translating/<int:pk>/<str:language>/", one, name=ONE),
        path("translating/<int:pk>/<str:language>/draft/", draft, name=DRAFT),
        *(
            path(f"translating/<int:pk>/<str:language>/{way}/", step, {"way": way}, f"{STEP}_{way}")
            for way in ("previous", "next")
        ),
    ]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="databank", codename="change_text")


@hooks.register("register_log_actions")
def histories(actions: LogActionRegistry) -> None:
    @actions.register_action("databank.text")
    class Wrote(LogFormatter):
        label = gettext_lazy("Write a translation")

        def format_message(self, log_entry: Any) -> str:
            language = languages.own_name(log_entry.data["language"])
            return _("Wrote the text in %(language)s") % {"language": language}
