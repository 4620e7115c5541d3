"""Home, find, and suggestions while typing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from satama.databank import shelf
from satama.databank.linked import web_page
from satama.databank.reach import counting
from satama.databank.reading import Reader
from satama.databank.views.public import public
from satama.databank.views.topic import tree
from satama.web.pages import show
from satama.web.robots import is_robot

from . import asked, search
from .finding import Findings
from .forms import FILTERS, FindForm

PAGE = 20
FEW = 3
FIRST = 5  # answers that most people look at; what is further down is hardly found
NEAREST = 5  # entries that are shown when none fits well: more would hide the other ways to help


@public()
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    office = reader.region.office and shelf.with_heads(
        shelf.entries(reader).filter(slug=reader.region.office)
    )
    page = {
        "situations": [top for top, below in tree(reader) if top.situation],
        "tries": tries(),
        "office_card": next(iter(shelf.cards(reader, office)), None) if office else None,
        "open_now": search.open_now(reader),
        "suggest": True,
        "data": _site(request),
    }
    return show(request, "finder/home.html", page)


@public("q", *FILTERS, "page")
def find(request: HttpRequest, reader: Reader) -> HttpResponse:
    form = FindForm(request.GET, reader)
    wish = form.wish()
    page = {
        "form": form,
        "query": wish.words,
        "filtered": any(getattr(wish, name) for name in FILTERS),
        "suggest": True,
        **_answers(request, reader, wish),
    }
    response = show(request, "finder/find.html", page, part="finder/parts/results.html")
    if request.GET.get("q") or form.errors:
        # What a visitor typed stays theirs: no cache keeps it. Unknown filters make no pages.
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _answers(request: HttpRequest, reader: Reader, wish: search.Wish) -> dict:
    """One page of what is found, and ways on where that is little."""
    answer = search.find(reader, wish)
    found = [one.entry for one in answer.found][: None if answer.confident else NEAREST]
    number = _page_number(request, len(found))
    counted = wish.words and number == 1 and not reader.rehearsing and not _is_robot(request)
    few = len(found) < FEW or not answer.confident
    correction = search.correction(reader, wish.words) if few else ""
    meant = f"{wish.words} {correction}"
    return {
        "count": len(found),
        "confident": answer.confident,
        "asked": _counted(reader, wish, answer) if counted else None,
        "answers": search.answered(reader, found[(number - 1) * PAGE : number * PAGE], wish.words),
        "number": number,
        "earlier": _page_link(request, number - 1) if number > 1 else "",
        "later": _page_link(request, number + 1) if number * PAGE < len(found) else "",
        "few": few,
        "correction": correction,
        "topics": search.near_topics(reader, meant) if few else [],
        "urgent": search.urgent(reader, meant),
    }


def _counted(reader: Reader, wish: search.Wish, answer: Findings) -> int | None:
    row = asked.count(
        reader.region.pk,
        reader.language,
        wish.words,
        results=len(answer.found),
        confident=answer.confident,
        on=reader.region.today(),
    )
    if row is not None:
        counting.here.found([one.entry.pk for one in answer.found[:FIRST]], reader.language)
    return row


def _is_robot(request: HttpRequest) -> bool:
    return is_robot(request.headers.get("User-Agent", ""))


@csrf_exempt  # a browser's ping carries no token; it changes a count, for nobody in particular
@require_POST
@public(kept=False)
def opened(request: HttpRequest, reader: Reader, row: int) -> HttpResponse:
    """An answer was opened (the `ping` of its link)."""
    asked.opened(row, on=reader.region.today())
    return HttpResponse(status=204)


@public(kept=False)
def suggest(request: HttpRequest, reader: Reader) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\x00", " ")[:60]
    phrases = search.suggest(reader, typed) if typed.strip() else []
    return show(request, "finder/parts/suggestions.html", {"phrases": phrases})


@csrf_exempt  # it only reads; by POST, so that what somebody writes to a person is in no address
@require_POST
@public(kept=False)
def likely(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The entries that may answer what somebody is writing. Nothing of it is kept or counted."""
    words = request.POST.get("text", "").replace("\x00", " ")[:300]
    answer = search.find(reader, search.Wish(words=words)) if words.strip() else None
    found = [one.entry for one in answer.found[:FEW]] if answer and answer.confident else []
    return show(request, "finder/parts/likely.html", {"cards": search.cards(reader, found)})


def tries() -> list[str]:
    """Everyday questions to start from, in the page's language."""
    return [
        _("register my address"),
        _("day care"),
        _("tax card"),
        _("doctor today"),
        _("language course"),
    ]


def _page_number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("page", "1")
    last = max(1, -(-count // PAGE))
    return (
        min(int(asked), last)
        if asked.isascii() and asked.isdigit() and asked[:5] == asked and int(asked)
        else 1
    )


def _page_link(request: HttpRequest, number: int) -> str:
    kept = {name: request.GET[name] for name in ("q", *FILTERS) if request.GET.get(name)}
    return f"{request.frame.home}find?{urlencode({**kept, 'page': number})}"


def _site(request: HttpRequest) -> dict:
    frame = request.frame
    about = {
        "@type": "WebSite",
        "name": frame.name,
        "url": frame.canonical,
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{frame.canonical}find?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }
    return web_page(frame, frame.name, about)
