"""The office's staff side: the Desk and how entries grow of it, the tally, outreach places and
their posters, what was changed."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .changes.staff import Changes
from .desk import hooks as _desk  # noqa: F401  registers its pages
from .growing import hooks as _growing  # noqa: F401
from .outreach.staff import OutreachPlaces
from .outreach.views import poster
from .tally import hooks as _tally  # noqa: F401


class WelcomeOffice(SnippetViewSetGroup):
    menu_label = _("Welcome Office")
    menu_icon = "group"
    menu_order = 160
    items = (OutreachPlaces, Changes)


register_snippet(WelcomeOffice)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("outreach/<int:pk>/poster/", poster, name="outreach_poster")]
