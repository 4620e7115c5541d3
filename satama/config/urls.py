"""The table of contents: every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("satama.accounts.urls")),
    path("", include("satama.web.urls")),
    path("", include("satama.databank.urls")),
    path("", include("satama.finder.urls")),
]



