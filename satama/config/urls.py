"""The table of contents: every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("satama.accounts.urls")),
    path("", include("satama.databank.urls")),
    path("", include("satama.finder.urls")),
]


handler400 = "satama.databank.views.errors.malformed"
handler403 = "satama.databank.views.errors.refused"
handler404 = "satama.databank.views.errors.not_found"
handler500 = "satama.web.views.broken"
