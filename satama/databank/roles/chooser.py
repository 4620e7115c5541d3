"""Choosing a row that a form names: those of one's regions and of the regions above."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.snippets.views import chooser
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .policy import right_to_see
from .scope import in_sight


class InSight:
    request: HttpRequest
    model_class: Any

    def get_object_list(self) -> QuerySet:
        return nameable(self.request, self.model_class)


class ChooseView(InSight, chooser.ChooseView):
    pass


class ChooseResultsView(InSight, chooser.ChooseResultsView):
    pass


class NounChooser(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView

    def get_urlpatterns(self) -> list:
        """Without Wagtail's page that makes a new one: we give it no form."""
        found = [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
        return decorate_urlpatterns(found, self._guarded)

    def _guarded(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            given = {*request.GET.getlist("id"), *map(str, named.values())}
            wanted = {pk for pk in given if pk.isdecimal()}
            if given - wanted:
                raise Http404
            if nameable(request, self.model).filter(pk__in=wanted).count() < len(wanted):
                raise PermissionDenied
            return view(request, **named)

        return guarded


class NobodyChooses(NounChooser):
    """For a noun that no form names."""

    def get_urlpatterns(self) -> list:
        return []


def nameable(request: HttpRequest, model: Any) -> QuerySet:
    """The rows that the person may name; refuses those who may name none."""
    seen = in_sight(request.user, right_to_see(model))
    if not seen:
        raise PermissionDenied
    return seen.within(model._default_manager.all())
