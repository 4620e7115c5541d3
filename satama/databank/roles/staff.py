"""Wagtail's pages of a noun, each for those who have the right to that very row."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets
from wagtail.utils.urlpatterns import decorate_urlpatterns

from ..models.upkeep import Kept
from .chooser import NounChooser
from .forms import publishes
from .policy import Finder, RolePolicy, policy

View = Callable[..., HttpResponse]

# What a page asks for, by the name of its address; the others ask for the right to change.
# To approve in a workflow is to publish.
VERBS = {
    "delete": "delete",
    "unpublish": "publish",
    "revisions_unschedule": "publish",
    "workflow_action": "publish",
    "collect_workflow_action_data": "publish",
    "lock": "lock",
    "unlock": "unlock",
}


class OfRow:
    """Buttons for those who may use them on this row; Wagtail asks about the noun alone."""

    request: HttpRequest

    def user_has_permission(self, permission: str) -> bool:
        row = getattr(self, "live_object", None) or getattr(self, "object", None)
        return super().user_has_permission(permission) and (  # type: ignore[misc]
            not row
            or policy(row).user_has_permission_for_instance(self.request.user, permission, row)
        )


class EditView(OfRow, snippets.EditView):
    pass


class HistoryView(OfRow, snippets.HistoryView):
    pass


class OfferedRegions(WagtailFilterSet):
    """A filter by region offers those of which the list has rows."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if "region" in self.filters:
            model = self._meta.model
            where = RolePolicy(model).where(self.request.user, "change")
            self.filters["region"].queryset = where.within(self.filters["region"].queryset)


class IndexView(snippets.IndexView):
    base_filterset_class = OfferedRegions
    many = True

    @cached_property
    def columns(self) -> list:
        """With boxes to tick where something can be done to many at once."""
        found = super().columns
        acts = issubclass(self.model, Kept) or self.user_has_permission("delete")
        return found if self.many and acts else found[1:]

    def get_edit_url(self, instance: Model) -> str | None:
        return super().get_edit_url(instance) if self._may("change", instance) else None

    def get_delete_url(self, instance: Model) -> str | None:
        return super().get_delete_url(instance) if self._may("delete", instance) else None

    def _may(self, verb: str, row: Model) -> bool:
        return policy(row).user_has_permission_for_instance(self.request.user, verb, row)


class NounViewSet(snippets.SnippetViewSet):
    """Lists what the person may change, and lets nobody at another row."""

    index_view_class = IndexView
    edit_view_class = EditView
    history_view_class = HistoryView
    chooser_viewset_class = NounChooser
    copy_view_enabled = False  # it would write to the first row, past its lock

    @property
    def permission_policy(self) -> RolePolicy:
        return RolePolicy(self.model)

    @property
    def url_finder_class(self) -> type[Finder]:
        named = {
            "permission_policy": self.permission_policy,
            "edit_url_name": self.get_url_name("edit"),
        }
        return type("NounFinder", (Finder,), named)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(
            request.user, ["change", "delete"]
        )

    def get_urlpatterns(self) -> list:
        found = super().get_urlpatterns()
        for pattern in found:
            decorate_urlpatterns([pattern], self._guarded(VERBS.get(pattern.name, "change")))
        return found

    def _guarded(self, verb: str) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
                if "pk" in named:
                    row = self._row(named["pk"])
                    verbs = {verb, "publish"} if publishes(request.POST) else {verb}
                    may = self.permission_policy.user_has_permission_for_instance
                    if not all(may(request.user, one, row) for one in verbs):
                        raise PermissionDenied
                return view(request, *args, **named)

            return guarded

        return decorate

    def _row(self, pk: Any) -> Model:
        try:
            return self.model._default_manager.get(pk=unquote(str(pk)))
        except (self.model.DoesNotExist, ValueError):
            raise Http404 from None


class Delete(DeleteBulkAction):
    """Instead of Wagtail's, which asks about the noun alone."""

    def check_perm(self, snippet: Model) -> bool:
        many = snippet.snippet_viewset.index_view_class.many  # type: ignore[attr-defined]
        may = policy(snippet).user_has_permission_for_instance
        return many and may(self.request.user, "delete", snippet)
