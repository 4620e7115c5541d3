"""Rights to pictures: Wagtail gives them by groups alone; our roles give them everywhere."""

from typing import Any

from wagtail.images import permissions
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    def _check_perm(self, user: Any, actions: Any, collection: Any = None) -> bool:
        return super()._check_perm(user, actions, collection) or self._by_role(user, actions)

    def _collections_with_perm(self, user: Any, actions: Any) -> Any:
        if self._by_role(user, actions):
            return Collection.objects.all()
        return super()._collections_with_perm(user, actions)

    def _by_role(self, user: Any, actions: Any) -> bool:
        return any(user.has_perm(f"wagtailimages.{action}_image") for action in actions)


def give_pictures_to_roles() -> None:
    """Before Wagtail's views take the policy that stands here."""
    permissions.permission_policy = PicturePolicy(
        permissions.get_image_model(),
        auth_model=permissions.Image,
        owner_field_name="uploaded_by_user",
    )
