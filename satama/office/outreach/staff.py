"""Outreach places among Wagtail's nouns, each with its poster."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column

from satama.databank.editing.forms import RowForm
from satama.databank.roles.chooser import NobodyChooses
from satama.databank.roles.staff import NounViewSet

from ..models import OutreachPlace

OutreachPlace.base_form_class = RowForm  # type: ignore[attr-defined]  # Wagtail reads it


class Poster(Column):
    cell_template_name = "office/staff/poster_cell.html"


class OutreachPlaces(NounViewSet):
    model = OutreachPlace
    icon = "site"
    list_display = ["name", "kind", "municipality", "code", Poster("poster", label=_("Poster"))]
    list_filter = ["kind", "region"]
    search_fields = ["name"]
    chooser_viewset_class = NobodyChooses
    panels = [FieldPanel(name) for name in ("region", "name", "kind", "municipality")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality", "region")
