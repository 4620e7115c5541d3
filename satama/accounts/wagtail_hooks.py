"""The staff side without Wagtail's pages and documents (ours are others), and with the way to
one's own locks."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem

from .mails import hooks as _mails  # noqa: F401  registers its page
from .wagtail_users import MailsPanel, OwnName

NOT_OURS = (PagesSummaryItem, DocumentsSummaryItem)
NameEmailSettingsPanel.form_class = OwnName


@hooks.register("construct_main_menu")
def hide_pages(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in ("explorer", "documents")]


@hooks.register("construct_search")
def hide_document_search(request, search_areas):
    search_areas[:] = [area for area in search_areas if area.name != "documents"]


@hooks.register("construct_homepage_summary_items", order=100)  # after Wagtail has added it
def hide_page_count(request, summary_items):
    summary_items[:] = [item for item in summary_items if not isinstance(item, NOT_OURS)]


hooks.register("register_account_settings_panel", MailsPanel)


@hooks.register("register_account_menu_item")
def second_factor(request):
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("A code from your phone when you sign in, and recovery codes."),
    }


@hooks.register("register_account_menu_item")
def password(request):
    return {
        "url": reverse("account_change_password"),
        "label": _("Change password"),
        "help_text": _("At least 12 characters."),
    }
