"""Closing among Wagtail's pages: one press from the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import PAGE, TITLE, closures, may_shut, open_again


class Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_shut(request.user)


@hooks.register("register_admin_menu_item")
def in_the_menu() -> MenuItem:
    return Item(TITLE, reverse_lazy(PAGE), name="closures", icon_name="lock", order=150)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("closures/", closures, name=PAGE),
        path("closures/<int:pk>/open/", open_again, name=f"{PAGE}_open"),
    ]
