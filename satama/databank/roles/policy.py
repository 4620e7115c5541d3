"""What a person may do in /staff/ with one row, as Wagtail asks for it. What somebody may do for an
organisation does not count here: that is for partners' own pages, which offer less."""

from typing import Any

from allauth.core import context as current
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.urls import reverse
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.permission_policies import ModelPermissionPolicy

from .scope import Scope, scope


class RolePolicy(ModelPermissionPolicy):
    """To view is to change: there are no pages for looking alone."""

    def where(self, user: Any, action: str) -> Scope:
        action = "change" if action == "view" else action
        return scope(user, self._get_permission_name(action)).of_regions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self.where(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.where(user, action).covers(instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        found = self.model._default_manager.none()
        for action in actions:
            found |= self.where(user, action).within(self.model._default_manager.all())
        return found


def is_locked(row: Any, user: Any) -> bool:
    """Whether another person keeps the row to themselves; without a user, anybody does."""
    return getattr(row, "locked", False) and (user is None or row.locked_by_id != user.pk)


def policy(row: Model) -> RolePolicy:
    return row.snippet_viewset.permission_policy  # type: ignore[attr-defined]  # Wagtail sets it


def right_to_see(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}"


def where_to_edit(row: Model) -> str:
    """A row's own page among Wagtail's, whoever asks."""
    return reverse(f"wagtailsnippets_databank_{row._meta.model_name}:edit", args=[row.pk])


class Finder(ModelAdminURLFinder):
    """Where to edit a row, for those who may. Wagtail's choosers forget to say who asks."""

    def __init__(self, user: Any = None) -> None:
        super().__init__(user or getattr(current.request, "user", None))
