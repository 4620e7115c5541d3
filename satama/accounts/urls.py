from django.urls import include, path
from wagtail.admin import urls as wagtail_urls
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("sign-in/", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
    path("documents/", include(document_urls)),
    path("", include(wagtail_urls)),
]
