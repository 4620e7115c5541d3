"""What was changed, among Wagtail's nouns."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from satama.databank.editing.forms import RowForm
from satama.databank.roles.chooser import NobodyChooses
from satama.databank.roles.staff import NounViewSet

from ..models import Change

Change.base_form_class = RowForm  # type: ignore[attr-defined]  # Wagtail reads it


class Changes(NounViewSet):
    model = Change
    icon = "check"
    list_display = ["__str__", "day", "entry"]
    list_filter = ["region"]
    chooser_viewset_class = NobodyChooses
    panels = [FieldPanel(name) for name in ("region", "day", "texts", "entry")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("entry", "region")
