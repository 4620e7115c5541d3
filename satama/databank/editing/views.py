"""Wagtail's pages of an entry, with its title above and a day to look at."""

from typing import Any

from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.snippets.views.snippets import CreateView

from ..continuity.staff import Edit

DAY = "databank/staff/preview.html"


class _OnADay:
    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()  # type: ignore[misc]
        for panel in panels:
            if isinstance(panel, PreviewSidePanel):
                panel.template_name = DAY
        return panels


class NewEntry(_OnADay, CreateView):
    pass


class EditEntry(_OnADay, Edit):
    def get_page_subtitle(self) -> str:
        first = self.object.source_of(self.object.texts.all())
        return first.title if first else str(self.object)
