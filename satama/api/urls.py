from django.urls import path

from . import views
from .door import api

urlpatterns = [
    path("", views.page, name="api"),
    path("openapi.json", views.document, name="openapi"),
    path("", api.urls),
    path("<path:address>", views.nothing),
]
