"""Pictures are shared: who may add one may choose any. To change one takes the right to every entry
that shows it; to delete it, nobody may show it."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from ..models import Entry
from .scope import scope

Actions = set[str] | list[str] | tuple[str, ...]


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Beside what Wagtail's groups allow in its collections."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, action) or self._by_role(user, [action])

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Actions, instance: Model
    ) -> bool:
        rows = self.instances_user_has_any_permission_for(user, actions)
        return rows.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Actions) -> QuerySet:
        found = super().instances_user_has_any_permission_for(user, actions)
        everything = self.model._default_manager.all()
        shown = Entry.objects.exclude(image=None)
        if "choose" in actions and self._by_role(user, ["choose"]):
            found = everything
        elif {"change", "delete"} & {*actions} and self._by_role(user, ["change"]):
            ours = scope(user, "databank.change_entry").of_regions.within(shown).values("pk")
            own = Q(pk__in=shown.filter(pk__in=ours).values("image")) | Q(uploaded_by_user=user)
            strange = shown.exclude(pk__in=ours).values("image")
            found |= everything.filter(own & ~Q(pk__in=strange))
        return found.exclude(pk__in=shown.values("image")) if {*actions} == {"delete"} else found

    def collections_user_has_any_permission_for(self, user: Any, actions: Actions) -> QuerySet:
        if self._by_role(user, actions):
            return Collection.objects.all()
        return super().collections_user_has_any_permission_for(user, actions)

    def _by_role(self, user: Any, actions: Actions) -> bool:
        changes = {"delete": "change"}
        names = (self._get_permission_name(changes.get(one, one)) for one in actions)
        return any(user.has_perm(name) for name in names)


def put_in_place() -> None:
    """Where Wagtail's views of images take it from when they are first imported."""
    from wagtail.images import permissions
    from wagtail.images.models import Image

    permissions.permission_policy = PicturePolicy(
        get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user"
    )
