"""What stands on every answer of the API, also on those that Django gives before it is asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

API = "/api/"
READING = ("GET", "HEAD")
SENTENCES = {
    400: "The request cannot be understood.",
    403: "That is not allowed.",
    404: "There is nothing at this address.",
}
ONLY_READING = "Nothing can be changed here: only GET is answered."
OUR_FAULT = "Something broke, and the fault is ours. Please try again in a moment."


def answers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pages of any other site may read the answers; every refusal is JSON."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return get_response(request)
        if request.method not in READING:
            return refusal(405, ONLY_READING, Allow=", ".join(READING))
        asked, request.method = request.method, "GET"  # HEAD is GET without its body
        response = get_response(request)
        request.method = asked
        if response.status_code >= 400:
            response = as_json(response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return respond


def as_json(response: HttpResponse) -> HttpResponse:
    """The same refusal as JSON, kept by nobody."""
    if not response.headers["Content-Type"].startswith("application/json"):
        status = response.status_code
        return refusal(status, SENTENCES.get(status, OUR_FAULT))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def refusal(status: int, sentence: str, **headers: str) -> HttpResponse:
    kept = {"Cache-Control": "private, no-store"}
    return JsonResponse({"detail": sentence}, status=status, headers=headers | kept)
