"""The table of contents: every address of the house."""

from django.urls import include, path

from satama.api.door import api
from satama.finder.api import router as search

api.add_router("/v1", search)

urlpatterns = [
    path("api/", include("satama.api.urls")),
    path("staff/", include("satama.accounts.urls")),
    path("", include("satama.databank.urls")),
    path("", include("satama.office.urls")),
    path("", include("satama.finder.urls")),
]


handler400 = "satama.databank.views.errors.malformed"
handler403 = "satama.databank.views.errors.refused"
handler404 = "satama.databank.views.errors.not_found"
handler500 = "satama.web.views.broken"
