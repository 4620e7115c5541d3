"""`public`: the door of every public page. It finds the reader, sets the language and lets the
page be kept."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

from satama.base import languages
from satama.web.pages import Frame, LanguageLink, cacheable

from ..continuity import leading
from ..models import Region
from ..reading import Reader, regions


def public(*params: str, kept: bool = True) -> Callable:
    """A view of `/<region>/<language>/…`. `params` are the only parameters that change the page."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def show(request: HttpRequest, region: str, language: str, **parts) -> HttpResponse:
            if spoken := leading.spoken_instead(regions().get(region), language):
                return cacheable(_moved(f"/{region}/{spoken}/{_rest(request)}"))
            reader = reader_of(request, region, language)
            with translation.override(languages.plain(language)):
                request.reader = reader
                request.frame = frame(request, reader, params)
                try:
                    response = view(request, reader, **parts)
                except Http404:
                    if not (found := leading.way_on(reader, _rest(request))):
                        raise
                    day = f"?on={reader.on.isoformat()}" if reader.rehearsing else ""
                    response = _moved(f"{reader.base}{found}{day}")
            response.headers["Content-Language"] = language
            if reader.rehearsing or not kept:
                response.headers["Cache-Control"] = "private, no-store"
            elif response.status_code in (200, 301) and "Cache-Control" not in response.headers:
                cacheable(response, *params)
            return response

        show.params = params
        return show

    return decorate


def reader_of(request: HttpRequest, region_slug: str, language: str) -> Reader:
    """The reader an address names. Only staff may look at another day (`?on=2027-01-01`)."""
    region = regions().get(region_slug)
    if region is None or language not in region.languages:
        raise Http404
    asked = request.GET.get("on")
    if asked is None:
        return Reader(region, language, region.today())
    if not request.user.is_staff:
        raise PermissionDenied
    try:
        return Reader(region, language, date.fromisoformat(asked), rehearsing=True)
    except ValueError:
        raise Http404 from None


def frame(request: HttpRequest, reader: Reader, params: tuple[str, ...] = ()) -> Frame:
    """What stands around the page. The language switch keeps the page and its parameters."""
    rest = _rest(request)
    kept = {name: request.GET[name] for name in params if request.GET.get(name)}
    # Only what the page declares: a kept page must never hold what one visitor typed.
    shared = kept | ({"on": reader.on.isoformat()} if reader.rehearsing else {})
    region = reader.region
    return Frame(
        name=str(reader.say(region.names)),
        home=reader.base,
        language=reader.language,
        direction=languages.direction(reader.language),
        path=_address(region, reader.language, rest, kept),
        languages=[_link(reader, code, rest, shared) for code in region.languages],
        tokens=f"/{region.slug}/brand.css" if region.brand else "",
        day=reader.on if reader.rehearsing else None,
        rooms=tuple(region.rooms),
    )


def _rest(request: HttpRequest) -> str:
    """What stands after the language."""
    return request.path.split("/", 3)[3] if request.path.count("/") > 2 else ""


def _moved(address: str) -> HttpResponse:
    return HttpResponsePermanentRedirect(address)


def _link(reader: Reader, code: str, rest: str, query: dict[str, str]) -> LanguageLink:
    address = _address(reader.region, code, rest, query)
    return LanguageLink(code, languages.own_name(code), address, code == reader.language)


def _address(region: Region, language: str, rest: str, query: dict[str, str]) -> str:
    return f"/{region.slug}/{language}/{rest}" + (f"?{urlencode(query)}" if query else "")
