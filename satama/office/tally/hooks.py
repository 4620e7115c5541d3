"""The tally among Wagtail's pages."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from satama.web.staff import Entrance

from . import views


@hooks.register("register_admin_menu_item")
def in_the_menu() -> Entrance:
    return Entrance(
        _("Tally"), reverse_lazy("tally"), views.may_count, name="tally", icon="tasks", order=140
    )


@hooks.register("register_reports_menu_item")
def among_the_reports() -> Entrance:
    where = reverse_lazy("tally_figures")
    return Entrance(views.FIGURES, where, views.may_see, name="contacts", icon="tasks", order=120)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("tally/", views.tally, name="tally"),
        path("tally/undo/", views.undo, name="tally_undo"),
        path("tally/token/", views.token, name="tally_token"),
        path("tally/worker.js", views.worker, name="tally_worker"),
        path("contacts/", views.figures, name="tally_figures"),
        path("contacts/file/", views.file, name="tally_file"),
    ]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="office", codename__in=["add_contact", "view_contact"]
    )
