"""schema.org JSON-LD of public pages: only what the page itself says (shared research: standards,
5)."""

from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from satama.web.pages import Frame

from .reading import Reader

TYPES = {"service": "GovernmentService", "office": "GovernmentOffice", "place": "Place"} | {
    "course": "Course"
}
ORGANISATIONS = {"municipality", "authority", "wellbeing-county", "municipal-service"}


def entry_data(page: dict[str, Any], reader: Reader, frame: Frame) -> dict[str, Any]:
    """The page, with the thing it is about as its main entity."""
    entry, head = page["entry"], page["words"].head
    about: dict[str, Any] = {
        "@type": TYPES.get(entry.kind, "Thing"),
        "name": head.title,
        "description": unescape(strip_tags(page["words"].summary)),
    }
    if entry.organisation and entry.kind in ("service", "course"):
        about["provider"] = {
            "@type": "GovernmentOrganization"
            if entry.organisation.kind in ORGANISATIONS
            else "Organization",
            "name": str(reader.say(entry.organisation.names)),
        }
    phones = [
        door.fact.value
        for door in page["doors"]
        if door.kind == "phone" and door.fact and door.fact.value
    ]
    if phones and entry.kind in ("office", "place"):
        about["telephone"] = phones[0].replace(" ", "")
    return web_page(frame, head.title, about, modified=entry.checked)


def web_page(
    frame: Frame, name: str, about: dict[str, Any], modified: Any = None
) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": frame.canonical,
        "name": name,
        "inLanguage": frame.language,
        "isPartOf": {
            "@type": "WebSite",
            "name": frame.name,
            "url": settings.PUBLIC_URL + frame.home,
        },
        "mainEntity": about,
    }
    if modified:
        data["dateModified"] = modified.isoformat()
    return data
