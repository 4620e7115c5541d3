"""Closing among Wagtail's pages: one press from the menu."""

from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks

from satama.web.staff import Entrance

from .views import PAGE, TITLE, closures, may_shut, open_again


@hooks.register("register_admin_menu_item")
def in_the_menu() -> Entrance:
    return Entrance(TITLE, reverse_lazy(PAGE), may_shut, name="closures", icon="lock", order=150)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("closures/", closures, name=PAGE),
        path("closures/<int:pk>/open/", open_again, name=f"{PAGE}_open"),
    ]
