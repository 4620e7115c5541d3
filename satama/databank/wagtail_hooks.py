"""The staff side of the databank: the nouns as Wagtail snippets, in one menu."""

from django.urls import path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .continuity import hooks as _continuity  # noqa: F401  asks after acts on many
from .continuity.staff import AddressViewSet, Redirects
from .forms import EntryForm, FactForm
from .links import hooks as _links  # noqa: F401  registers its report
from .models import Entry, Fact, Member, Municipality, Organisation, Place, Region, Topic
from .roles.staff import NounForm, NounViewSet
from .sheets import views as sheets
from .translating import hooks as _translating  # noqa: F401  registers the desk
from .views.rehearsal import TITLE, may_rehearse, rehearsal

SOURCE = MultiFieldPanel(
    [FieldPanel(name) for name in ("source", "source_date", "checked", "confirmed")], "Source"
)
DATES = MultiFieldPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], "Dates")


Entry.base_form_class = EntryForm  # Wagtail reads it off the model


class Entries(AddressViewSet):
    model = Entry
    icon = "doc-full"
    list_display = ["slug", "kind", "status", "checked", "confirmed"]
    list_filter = ["kind", "status", "region", "confirmed"]
    search_fields = ["slug", "texts__title"]
    panels = [
        *(
            FieldPanel(name)
            for name in ("region", "slug", "kind", "status", "organisation", "also")
        ),
        *(
            FieldPanel(name)
            for name in ("audiences", "languages_served", "charge", "municipalities")
        ),
        FieldPanel("source_language"),
        InlinePanel("texts", label="Text", heading="Text", min_num=1, max_num=1),
        InlinePanel("channels", label="Channel", heading="Channels"),
        InlinePanel("topic_rows", label="Topic", heading="Topics"),
        InlinePanel("links", label="Link", heading="Before and after"),
        DATES,
        SOURCE,
        FieldPanel("assured_by"),
        FieldPanel("keywords"),
        PublishingPanel(),
    ]


Fact.base_form_class = FactForm


class Facts(NounViewSet):
    model = Fact
    icon = "info-circle"
    list_display = ["key", "type", "owner"]
    list_filter = ["type", "region"]
    search_fields = ["key"]
    panels = [
        *(FieldPanel(name) for name in ("region", "key", "type", "owner")),
        InlinePanel("values", label="Value", heading="Values, one for each period"),
    ]


for noun in (Organisation, Place, Topic, Municipality, Region, Member):
    noun.base_form_class = NounForm


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


class Members(NounViewSet):
    model = Member
    icon = "user"
    list_display = ["user", "role", "region", "organisation", "since"]
    list_filter = ["role", "region"]
    search_fields = ["user__email"]


class ManyAtOnce(MenuItem):
    def __init__(self) -> None:
        super().__init__(sheets.TITLE, reverse_lazy(sheets.SHEETS), icon_name="table", order=99)

    def is_shown(self, request) -> bool:
        return sheets.may_use(request.user)


class Databank(SnippetViewSetGroup):
    menu_label = "Databank"
    menu_icon = "folder-open-inverse"
    items = (
        *(Entries, Facts, Organisations, Places, Topics, Municipalities),
        *(Regions, Redirects, Members),
    )

    def get_submenu_items(self):
        return [*super().get_submenu_items(), ManyAtOnce()]


register_snippet(Databank)


class Rehearsal(MenuItem):
    def is_shown(self, request):
        return may_rehearse(request.user)


@hooks.register("register_reports_menu_item")
def in_the_menu():
    return Rehearsal(TITLE, reverse("rehearsal"), name="rehearsal", icon_name="date", order=90)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("reports/rehearsal/", rehearsal, name="rehearsal"),
        path("sheets/", sheets.sheets, name=sheets.SHEETS),
        path("sheets/download/", sheets.download, name=f"{sheets.SHEETS}_download"),
        path("sheets/<str:reference>/", sheets.difference, name=f"{sheets.SHEETS}_difference"),
    ]
