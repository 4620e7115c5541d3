from django.urls import path, re_path

from .partners.urls import urlpatterns as partners
from .upkeep import views as upkeep
from .views import about, doors, emergency, entry, organisation, parts, pictures, topic

page = "<slug:region>/<str:language>/"

FILE = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}"  # no folder, nothing hidden

urlpatterns = [
    path("", doors.front),
    path("healthz", doors.alive),
    path("readyz", doors.ready),
    path("favicon.ico", doors.icon),
    path("robots.txt", doors.robots),
    path("sitemap.xml", doors.sitemap),
    re_path(rf"^media/images/({FILE})$", pictures.picture),
    re_path(rf"^media/original_images/({FILE})$", pictures.original),
    path("<slug:region>/brand.css", doors.colours),
    path("<slug:region>/", doors.front),
    path(page + "topics", topic.topics, name="topics"),
    path(page + "topics/<slug:slug>", topic.topic, name="topic"),
    path(page + "entries/<slug:slug>", entry.entry, name="entry"),
    path(page + "entries/<slug:slug>/code.svg", entry.code, name="code"),
    path(page + "organisations/<slug:slug>", organisation.organisation, name="organisation"),
    path(page + "emergency", emergency.emergency, name="emergency"),
    path(page + "freshness", upkeep.freshness, name="freshness"),
    path(page + "still-true/<str:token>", upkeep.still_true, name="still_true"),
    path(page + "about", about.about, name="about"),
    path(page + "accessibility", about.accessibility, name="accessibility"),
    path(page + "privacy", about.privacy, name="privacy"),
    path(page + "parts", parts.parts, name="parts"),
    *partners,
]
