"""The one API: its name, its limit, and how it reads a question and refuses one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from .limit import A_MINUTE, Limit


class Readable(JSONRenderer):
    """Every script as itself, not as numbers of its letters."""

    json_dumps_params = {"ensure_ascii": False}


class Once(Parser):
    """Reads parameters as the page cache does: an empty one is not there. One given twice could
    mean two things, so it is refused."""

    def parse_querydict(
        self, data: MultiValueDict, list_fields: list[str], request: HttpRequest
    ) -> dict:
        for name in data:
            if len(data.getlist(name)) > 1:
                raise HttpError(422, "Every parameter may be given once.")
        return {name: value for name, value in data.items() if value}


api = NinjaAPI(
    title="Satama",
    version="1",
    description=(
        "Everything public of a welcome platform, for programs. No key and no account are needed. "
        f"An address may ask {A_MINUTE} times a minute. Texts are under CC BY 4.0."
    ),
    servers=[{"url": settings.PUBLIC_URL}],
    urls_namespace="api",
    openapi_url=None,  # views.py answers with the document and with a page made from it
    throttle=Limit(),
    renderer=Readable(),
    parser=Once(),
)


@api.exception_handler(ValidationError)
def say_what_is_wrong(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    said = " ".join(f"{error['loc'][-1]}: {error['msg']}." for error in fault.errors)
    return api.create_response(request, {"detail": said}, status=422)


@api.exception_handler(Throttled)
def say_when_to_come_back(request: HttpRequest, fault: Throttled) -> HttpResponse:
    said = f"At most {A_MINUTE} requests a minute, please. Ask again in {fault.wait} seconds."
    return api.create_response(request, {"detail": said}, status=429)
