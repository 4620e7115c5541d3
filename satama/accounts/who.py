"""Who may pass the door of the staff pages."""

from typing import Any


def may_enter(user: Any) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
