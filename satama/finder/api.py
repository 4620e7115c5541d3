"""Search as JSON: an endpoint that config/urls.py puts into the API."""

import re
from collections.abc import Callable
from html import unescape
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, ConfigDict, JsonValue
from pydantic_core import PydanticCustomError

from satama.base import languages
from satama.databank import shelf
from satama.databank.models import Municipality
from satama.databank.models.entry import AUDIENCES, KINDS
from satama.databank.reading import Reader, regions
from satama.web.pages import cacheable

from .search import Wish, cards, find

LONGEST = 300  # characters of a question
LANGUAGE_CODE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
SAMPLE: dict[str, JsonValue] = {
    "slug": "tax-card",
    "kind": "service",
    "language": "en",
    "title": "Tax card",
    "summary": "Your employer needs it before your first pay.",
    "url": f"{settings.PUBLIC_URL}/{settings.REGION}/en/entries/tax-card",
    "score": 0.93,
}


def optional(description: str, **schema: Any) -> Any:
    """A parameter that may be left out; the document shows no default for it."""

    def tell(known: dict[str, Any]) -> None:
        known.pop("default")
        known.update(schema)

    return Field("", description=description, json_schema_extra=tell)


def must(fit: Callable[[str], object], sentence: str) -> AfterValidator:
    """A value that does not fit is refused with the sentence."""

    def check(value: str) -> str:
        if not fit(value):
            raise PydanticCustomError("unfit", "{sentence}", {"sentence": sentence})
        return value

    return AfterValidator(check)


Kind = Annotated[str, must(KINDS.__contains__, f"Say one of {', '.join(KINDS)}")]
Audience = Annotated[str, must(AUDIENCES.__contains__, f"Say one of {', '.join(AUDIENCES)}")]
Code = Annotated[str, must(re.compile(LANGUAGE_CODE).fullmatch, "Say a language code such as uk")]


class Asked(Schema):
    """What is asked, and for whom. Filters that are left out do not matter."""

    region: str = Field(
        description="The region's slug.", json_schema_extra={"example": settings.REGION}
    )
    language: str = Field(
        description="The reader's language: one of the region's.",
        json_schema_extra={"example": "en"},
    )
    q: str = optional(
        f"Words or a question in any language; what is longer than {LONGEST} characters is cut. "
        "Without it, what fits the filters comes in the order of its topics.",
        example="tax card",
    )
    topic: str = optional("A topic's slug; the topics below it count too.")
    kind: Kind = optional("The kind of entry.", enum=list(KINDS))
    municipality: str = optional("The slug of a municipality of the region.")
    audience: Audience = optional("For whom it is.", enum=list(AUDIENCES))
    served: Code = optional("A language that the service works in.", pattern=f"^{LANGUAGE_CODE}$")
    open_now: bool = Field(False, description="Only what is open at this moment.")
    limit: int = Field(10, ge=1, le=50, description="How many results at most: 1 to 50.")


class Result(Schema):
    """An entry that was found, in the best language there is for the reader."""

    slug: str = Field(description="Its name in addresses; lasts.")
    kind: str = Field(description="Its kind.", json_schema_extra={"enum": list(KINDS)})
    language: str = Field(description="The language that title and summary are in.")
    title: str = Field(description="At most 90 characters.")
    summary: str = Field(description="One or two sentences, plain words, today's facts in them.")
    url: str = Field(description="Its page, for people.", json_schema_extra={"format": "uri"})
    score: float = Field(
        description="How well it fits the words: more is better. "
        "To be compared within one answer only. 0 when no words were asked."
    )


class Answers(Schema):
    """What was found, best first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"confident": True, "results": [SAMPLE]}]}
    )

    confident: bool = Field(description="False: nothing fits well; better ask a person.")
    results: list[Result] = Field(description="The entries, best first.")


class Refusal(Schema):
    """Why there is no answer."""

    detail: str = Field(description="A sentence for the person who writes the program.")


router = Router()
REFUSALS = {status: Refusal for status in (404, 422, 429)}


@router.get("/search", response={200: Answers} | REFUSALS, operation_id="search", summary="Search")
def search(request: HttpRequest, asked: Query[Asked], response: HttpResponse) -> Answers:
    """Finds what is public in a region, by words, by filters or by both.

    An empty parameter is one that is left out. Words are in no log and in no cache.
    """
    reader = reader_of(asked)
    wish = wish_of(asked, reader)
    if asked.q:
        response.headers["Cache-Control"] = "private, no-store"
    else:
        cacheable(response, *Asked.model_fields)  # with q: another key than the one without
    with translation.override(languages.plain(reader.language)):
        return answers(reader, wish, asked.limit)


def answers(reader: Reader, wish: Wish, limit: int) -> Answers:
    """The best of what was found, as everybody may read it."""
    answer = find(reader, wish)
    found = answer.found[:limit]
    shown = cards(reader, [one.entry for one in found])
    results = [result(reader, card, one.score) for card, one in zip(shown, found, strict=True)]
    return Answers(confident=answer.confident, results=results)


def result(reader: Reader, card: shelf.Card, score: float) -> Result:
    path = reverse("entry", args=[reader.region.slug, reader.language, card.entry.slug])
    return Result(
        slug=card.entry.slug,
        kind=card.entry.kind,
        language=card.title.language,
        title=card.title.text,
        summary=unescape(strip_tags(card.summary.text)),
        url=settings.PUBLIC_URL + path,
        score=round(score, 3),
    )


def reader_of(asked: Asked) -> Reader:
    region = regions().get(asked.region)
    if region is None:
        raise HttpError(404, "region: There is no such region.")
    if asked.language not in region.languages:
        spoken = ", ".join(region.languages)
        raise HttpError(404, f"language: The region has no such language. It has {spoken}.")
    return Reader(region, asked.language, region.today())


def wish_of(asked: Asked, reader: Reader) -> Wish:
    """What is asked for; a topic or municipality that the region lacks is refused, not left out:
    a program would take everything for an answer."""
    if asked.topic and asked.topic not in {t.slug for t in shelf.topics(reader).values()}:
        raise HttpError(422, "topic: The region has no such topic.")
    towns = Municipality.objects.filter(region__in=reader.lineage, member=True)
    if asked.municipality and asked.municipality not in towns.values_list("slug", flat=True):
        raise HttpError(422, "municipality: The region has no such municipality.")
    return Wish(
        words=asked.q.replace("\x00", " ")[:LONGEST],
        topic=asked.topic,
        audience=asked.audience,
        served=asked.served,
        municipality=asked.municipality,
        kind=asked.kind,
        open=asked.open_now,
    )
