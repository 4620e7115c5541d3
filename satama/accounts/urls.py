"""Addresses under /staff/: the doors, then Wagtail behind them."""

from django.urls import include, path
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import views

urlpatterns = [
    path("first/<str:token>/", views.first, name="accounts_first"),
    # Ways in that we do not offer; what stands first is what answers.
    path("login/", views.sign_in),
    path("sign-in/", views.sign_in),
    path("sign-in/link/", views.ask_link, name="accounts_link"),
    path("sign-in/link/sent/", views.link_sent, name="accounts_link_sent"),
    path("sign-in/link/<str:token>/", views.use_link, name="accounts_link_opened"),
    path("sign-in/email/", views.closed),
    path("sign-in/confirm-email/", views.closed),
    path("sign-in/confirm-email/<path:key>/", views.closed),
    path("sign-in/password/set/", views.closed),
    path("sign-in/login/code/confirm/", views.closed),
    path("documents/", views.closed),
    path("documents/<path:rest>", views.closed),
    path("sign-in/", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
    path("test404/", views.closed),
    path("failwhale/", views.closed),
    path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, views.for_staff))),
]
