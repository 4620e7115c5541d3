"""What Wagtail asks about a row outside the pages of its noun."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.admin.search import SearchArea

from ..models import Entry
from .policy import RolePolicy, policy
from .staff import Delete

hooks.register("register_bulk_action", Delete, order=10)  # after Wagtail's own, in its place


class Entries(SearchArea):
    def is_shown(self, request: HttpRequest) -> bool:
        return RolePolicy(Entry).user_has_permission(request.user, "change")


@hooks.register("register_admin_search_area")
def search() -> SearchArea:
    """What the box in the side bar searches: the first of all there are."""
    where = reverse("wagtailsnippets_databank_entry:list")
    return Entries(capfirst(Entry._meta.verbose_name_plural), where, name="entries", order=10)


@hooks.register("construct_snippet_action_menu")
def no_dead_buttons(items: list, request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail shows them to whoever may publish anywhere."""
    row = context.get("instance")
    if row and not policy(row).user_has_permission_for_instance(request.user, "publish", row):
        items[:] = [
            item for item in items if item.name not in ("action-publish", "action-unpublish")
        ]
