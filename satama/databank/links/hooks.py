"""The report among Wagtail's, and who may read it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from wagtail import hooks

from satama.web.staff import Entrance

from .views import REPORT, TITLE, Report, replace_everywhere


def may_see(user: Any) -> bool:
    return user.has_perm("databank.view_link")


@hooks.register("register_reports_menu_item")
def in_the_menu() -> Entrance:
    return Entrance(TITLE, reverse(REPORT), may_see, name="links", icon="link", order=110)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("reports/links/", Report.as_view(), name=REPORT),
        path("reports/links/results/", Report.as_view(results_only=True), name=f"{REPORT}_results"),
        path("reports/links/<int:pk>/replace/", replace_everywhere, name=f"{REPORT}_replace"),
    ]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="databank", codename="view_link")
