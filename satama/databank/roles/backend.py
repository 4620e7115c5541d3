"""Django asks here what a person may do: rights of memberships, and those of groups on one row."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from .rights import RIGHTS
from .scope import WHERE, memberships, scope


class Roles(BaseBackend):
    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        return {right for member in memberships(user_obj) for right in RIGHTS[member.role]}

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if obj is None:
            return perm in self.get_all_permissions(user_obj)
        return type(obj) in WHERE and scope(user_obj, perm).covers(obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(
            right.startswith(f"{app_label}.") for right in self.get_all_permissions(user_obj)
        )
