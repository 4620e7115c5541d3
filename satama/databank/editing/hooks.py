"""The dialogs' addresses, and our script and styles in Wagtail's pages."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from . import picking


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("editing/choose/<slug:noun>/", picking.choose, name="editing_choose"),
        path("editing/now/", picking.now, name="editing_now"),
        path("editing/make/", picking.make, name="editing_make"),
    ]


@hooks.register("insert_editor_js")
def script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("databank/editing.js"))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("databank/editing.css"))
