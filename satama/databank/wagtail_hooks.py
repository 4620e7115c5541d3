"""The staff side of the databank: the nouns as Wagtail snippets, in one menu."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from satama.web.staff import Entrance

from .board import hooks as _board  # noqa: F401  registers what waits
from .closures import hooks as _closures  # noqa: F401  registers the page of closures
from .continuity import hooks as _continuity  # noqa: F401  asks after acts on many
from .continuity.staff import AddressViewSet, Redirects
from .editing import hooks as _editing  # noqa: F401  registers the picker
from .editing import lists, panels
from .editing.forms import EntryForm, FactForm, RegionForm, RowForm
from .editing.offered import offer_by_name
from .editing.views import EditEntry, NewEntry
from .links import hooks as _links  # noqa: F401  registers its report
from .models import Entry, Fact, Municipality, Organisation, Place, Region, Topic
from .partners import hooks as _partners  # noqa: F401  registers what waits for release
from .roles import hooks as _roles  # noqa: F401  registers what Wagtail asks beside the pages
from .roles.members import Members
from .roles.staff import NounViewSet
from .sheets import views as sheets
from .translating import hooks as _translating  # noqa: F401  registers the desk
from .upkeep import hooks as _upkeep  # noqa: F401  registers the report and acts on many
from .views.rehearsal import TITLE, may_rehearse, rehearsal

Entry.base_form_class = EntryForm  # Wagtail reads it off the model


class Entries(AddressViewSet):
    model = Entry
    icon = "doc-full"
    list_display = lists.ENTRY_COLUMNS
    list_filter = ["kind", "status", "region", "organisation", "live", "confirmed"]
    search_fields = ["slug"]
    index_view_class = lists.EntryList
    add_view_class = NewEntry
    edit_view_class = EditEntry
    edit_handler = panels.ENTRY

    def get_queryset(self, request):
        return lists.headed(super().get_queryset(request))


Fact.base_form_class = FactForm


class Facts(NounViewSet):
    model = Fact
    icon = "info-circle"
    list_display = lists.FACT_COLUMNS
    list_filter = ["type", "region", "owner"]
    search_fields = ["key", "owner__names", "values__value"]
    panels = panels.FACT

    def get_queryset(self, request):
        return lists.valued(super().get_queryset(request))


Region.base_form_class = RegionForm
for noun in (Organisation, Place, Topic, Municipality):
    noun.base_form_class = RowForm


class Organisations(AddressViewSet):
    model = Organisation
    icon = "group"
    list_display = ["__str__", "kind", "checked", "confirmed"]
    list_filter = ["kind", "region"]
    search_fields = ["slug", "names"]


class Places(NounViewSet):
    model = Place
    icon = "site"
    list_display = ["__str__", "kind", "municipality", "checked"]
    search_fields = ["slug", "names"]


class Topics(AddressViewSet):
    model = Topic
    icon = "tag"
    list_display = ["__str__", "parent", "situation"]
    search_fields = ["slug", "labels", "synonyms"]


class Municipalities(NounViewSet):
    model = Municipality
    icon = "home"
    list_display = ["__str__", "code", "region", "member"]


class Regions(AddressViewSet):
    model = Region
    icon = "globe"
    list_display = ["__str__", "parent"]


class Databank(SnippetViewSetGroup):
    menu_label = _("Databank")
    menu_icon = "folder-open-inverse"
    items = (
        *(Entries, Facts, Organisations, Places, Topics, Municipalities),
        *(Regions, Redirects, Members),
    )

    def get_submenu_items(self):
        many, may = reverse_lazy(sheets.SHEETS), sheets.may_use
        own = Entrance(sheets.TITLE, many, may, icon="table", order=99)
        return [*super().get_submenu_items(), own]


register_snippet(Databank)
offer_by_name()  # after it: registering makes a chooser of each noun


@hooks.register("register_reports_menu_item")
def in_the_menu():
    return Entrance(
        TITLE, reverse("rehearsal"), may_rehearse, name="rehearsal", icon="date", order=90
    )


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("reports/rehearsal/", rehearsal, name="rehearsal"),
        path("sheets/", sheets.sheets, name=sheets.SHEETS),
        path("sheets/download/", sheets.download, name=f"{sheets.SHEETS}_download"),
        path("sheets/<str:reference>/", sheets.difference, name=f"{sheets.SHEETS}_difference"),
    ]
