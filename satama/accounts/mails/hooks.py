"""The page among the reports, for administrators."""

from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks

from satama.web.staff import Entrance

from . import views


@hooks.register("register_reports_menu_item")
def among_the_reports() -> Entrance:
    where = reverse_lazy(views.LIST)
    return Entrance(views.TITLE, where, views.may_see, name="mails", icon="mail", order=900)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("reports/mails/", views.mails, name=views.LIST),
        path("reports/mails/<uuid:pk>/again/", views.again, name=views.AGAIN),
        path("reports/mails/<uuid:pk>/delete/", views.delete, name=views.DELETE),
    ]
