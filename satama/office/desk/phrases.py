"""Phrases among Wagtail's nouns: coordinators write what advisers say."""

from satama.databank.editing.forms import RowForm
from satama.databank.roles.chooser import NobodyChooses
from satama.databank.roles.staff import NounViewSet

from ..models import Phrase


class PhraseForm(RowForm):
    """Words in each language of the region; nobody keeps a phrase."""


Phrase.base_form_class = PhraseForm  # type: ignore[attr-defined]  # Wagtail reads it off the model


class Phrases(NounViewSet):
    model = Phrase
    icon = "openquote"
    add_to_admin_menu = True
    menu_order = 95
    list_display = ["name", "kind", "region"]
    list_filter = ["kind", "region"]
    search_fields = ["name"]
    chooser_viewset_class = NobodyChooses
