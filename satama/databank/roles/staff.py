"""Wagtail's pages of a noun, each for those who have the right to that very row."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .scope import scope

# What a page asks for, by the name of its address; the others ask for the right to change.
VERBS = {"delete": "delete", "unpublish": "publish", "lock": "lock", "unlock": "unlock"}


class RolePolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return user.has_perm(self._get_permission_name(action), instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: Model
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, one, instance) for one in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        found = self.model._default_manager.none()
        for action in actions:
            rows = self.model._default_manager.all()
            found |= scope(user, self._get_permission_name(action)).within(rows)
        return found


class NounViewSet(SnippetViewSet):
    """Lists what the person may change, and lets nobody at another row."""

    @property
    def permission_policy(self) -> RolePolicy:
        return RolePolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(
            request.user, ["change", "delete"]
        )

    def get_urlpatterns(self) -> list:
        found = super().get_urlpatterns()
        for pattern in found:
            decorate_urlpatterns([pattern], self._guarded(VERBS.get(pattern.name, "change")))
        return found

    def _guarded(self, verb: str) -> Callable:
        def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            @wraps(view)
            def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
                if "pk" in named:
                    row = get_object_or_404(self.model, pk=unquote(str(named["pk"])))
                    verbs = {verb} | ({"publish"} if "action-publish" in request.POST else set())
                    may = self.permission_policy.user_has_permission_for_instance
                    if not all(may(request.user, one, row) for one in verbs):
                        raise PermissionDenied
                return view(request, *args, **named)

            return guarded

        return decorate


class NounForm(WagtailAdminModelForm):
    """Nobody moves a row out of what they may change, or makes one elsewhere."""

    def _post_clean(self) -> None:
        super()._post_clean()
        verb = "change" if self.instance.pk else "add"
        right = f"{self.instance._meta.app_label}.{verb}_{self.instance._meta.model_name}"
        user = self.for_user
        if not self.errors and user and not user.has_perm(right, self.instance):
            where = "region" if "region" in self.fields else None
            self.add_error(
                where, ValidationError(_("You may not do this here. Choose your own region."))
            )
