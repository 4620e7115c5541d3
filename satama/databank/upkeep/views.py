"""The page that the weekly mail leads to: what is asked about, as it reads now, and three answers
for each. Its public sister says how fresh everything is."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from satama.accounts.who import may_enter
from satama.web.pages import show

from ..reading import Reader
from ..roles.policy import where_to_edit
from ..views.public import public
from .answers import MOST, Answered, answer, versions
from .freshness import freshness_of, links_asked
from .link import LinkRefused, NobodyThere, person_of
from .register import Thing, due_for
from .told import told

# The link alone proves who answers, and no cookie takes part: there is nothing to forge. With
# `no-referrer` a browser sends no origin that Django could compare.
UNSEEN = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@csrf_exempt
@public(kept=False)
def still_true(request: HttpRequest, reader: Reader, token: str) -> HttpResponse:
    """GET shows, POST acts and shows what is left."""
    try:
        person = _person(token)
    except LinkRefused as refusal:
        page = {"lost": True, "reason": type(refusal).__name__}
        response = show(request, "databank/still_true_refused.html", page, status=refusal.status)
    else:
        today, done = reader.region.today(), Answered()
        if request.method == "POST":
            done = answer(request.POST, by=person, on=today)
        found = due_for(person, today)
        page = {"lost": True, "done": done, "more": max(0, len(found) - MOST)}
        page["rows"] = _rows(found[:MOST], reader, person, done)
        response = show(request, "databank/still_true.html", page)
    for name, value in UNSEEN.items():
        response.headers[name] = value
    return response


def _person(token: str):
    """Raises LinkRefused."""
    person = get_user_model().objects.filter(pk=person_of(token), is_active=True).first()
    if person is None:
        raise NobodyThere
    return person


def _rows(found: list[Thing], reader: Reader, person, done: Answered) -> list[dict]:
    seen = versions(found)
    enters = may_enter(person)
    changed = {thing.key for thing in done.changed}
    return [
        {
            "told": one,
            "key": one.thing.key,
            "seen": seen[one.thing.key],
            "edit": where_to_edit(one.thing.row) if enters else "",
            "changed": one.thing.key in changed,
        }
        for one in told(found, reader.language, reader.region.today())
    ]


@public()
def freshness(request: HttpRequest, reader: Reader) -> HttpResponse:
    page = {"fresh": freshness_of(reader), "links_asked": links_asked()}
    return show(request, "databank/freshness.html", page)
