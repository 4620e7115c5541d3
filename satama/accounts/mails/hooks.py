"""The page among the reports, for administrators."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views


class Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_see(request.user)


@hooks.register("register_reports_menu_item")
def among_the_reports() -> MenuItem:
    where = reverse_lazy(views.LIST)
    return Item(views.TITLE, where, name="mails", icon_name="mail", order=900)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("reports/mails/", views.mails, name=views.LIST),
        path("reports/mails/<uuid:pk>/again/", views.again, name=views.AGAIN),
        path("reports/mails/<uuid:pk>/delete/", views.delete, name=views.DELETE),
    ]
