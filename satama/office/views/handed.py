"""What another organisation sees of a hand-over. Opening the link changes and shows nothing:
mail scanners open every link."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from satama.databank.reading import Reader
from satama.threads import hand_overs
from satama.web.pages import show

from .. import doors
from ..desk import handing


@csrf_exempt  # the link alone proves who comes, and no cookie takes part
@require_http_methods(["GET", "HEAD", "POST"])
@doors.office
def handed(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    given = handing.opened(token, reader.region)
    read = bool(given) and request.method == "POST"
    if given and read:
        hand_overs.landed(given, on=reader.region.today())
    status = 200 if given else 410
    response = show(request, "office/handed.html", {"given": given, "read": read}, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
