"""What our pages among Wagtail's have in common."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem


class Entrance(MenuItem):
    """A line of Wagtail's menus, for those who `may` go where it leads."""

    def __init__(
        self, label: Any, url: Any, may: Callable[[Any], bool], *, icon: str, order: int, **how: Any
    ) -> None:
        super().__init__(label, url, icon_name=icon, order=order, **how)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(request.user)


def head(title: Any, *above: tuple[Any, str]) -> dict[str, Any]:
    """Wagtail's head of a page: its title, and the way to it by the pages (label, name of the
    address) above."""
    way = [{"url": reverse(name), "label": label} for label, name in above]
    return {"header_title": title, "breadcrumbs_items": [*way, {"url": "", "label": title}]}
