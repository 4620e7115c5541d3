"""Addresses without a page: the bare front door, the site map, a region's colours, health for
machines."""

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from satama.web.pages import OFFICE, cacheable

from .. import brand, shelf, version
from ..models import Region
from ..reading import Reader, regions


def front(request: HttpRequest, region: str = "") -> HttpResponse:
    """Lead on to the region of the host name, in the visitor's first language that it speaks."""
    found = regions().get(region) if region else region_of(request)
    if found is None:
        raise Http404
    response = redirect(f"/{found.slug}/{language_of(request, found)}/")
    response.headers["Vary"] = "Accept-Language, Host"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def region_of(request: HttpRequest) -> Region | None:
    host = request.get_host().split(":")[0]
    by_host = next((r for r in regions().values() if r.host == host), None)
    return by_host or regions().get(settings.REGION) or next(iter(regions().values()), None)


def language_of(request: HttpRequest, region: Region) -> str:
    """The first of the browser's languages that the region speaks; otherwise its first."""
    spoken = {code.lower(): code for code in region.languages}
    for part in request.headers.get("Accept-Language", "")[:500].split(","):
        code = part.split(";")[0].strip().lower()
        for known in (code, code.split("-")[0]):
            if known in spoken:
                return spoken[known]
    return region.languages[0]


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of every region that is switched on, with its other languages."""
    places = []
    for region in regions().values():
        if region.parent_id is None and region.slug != settings.REGION:
            continue
        reader = Reader(region, region.languages[0], region.today())
        rows = [(rest, None) for rest in ("", "find", "topics", "emergency", "about", "freshness")]
        rows += [("office", None), ("feedback/changes", None)] if OFFICE in region.rooms else []
        rows += [(f"topics/{topic.slug}", None) for topic in shelf.topics(reader).values()]
        rows += [
            (f"entries/{slug}", checked)
            for slug, checked in shelf.entries(reader).values_list("slug", "checked")
        ]
        places += [(region, rest, checked) for rest, checked in rows]
    page = {"places": places, "base": settings.PUBLIC_URL}
    return cacheable(render(request, "databank/sitemap.xml", page, "application/xml"))


def robots(request: HttpRequest) -> HttpResponse:
    closed = "Disallow: /staff/\nDisallow: /*/partner\n"
    text = f"User-agent: *\n{closed}Sitemap: {settings.PUBLIC_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def colours(request: HttpRequest, region: str) -> HttpResponse:
    """The region's own tokens, as a style sheet."""
    found = regions().get(region)
    if found is None:
        raise Http404
    return cacheable(HttpResponse(brand.css(found.brand), content_type="text/css; charset=utf-8"))


def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it where a page names none."""
    return redirect(static("web/icon.svg"))


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve visitors: the database answers and holds a region."""
    try:
        version.read()
        cache.get("ready")
        missing = not Region.objects.exists()
    except DatabaseError:
        missing = True
    body = {"status": "not ready" if missing else "ok"}
    return JsonResponse(body, status=503 if missing else 200, headers={"Cache-Control": "no-store"})
