"""An entry's picture: on its page, and as the file that a browser asks for."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.images import permissions
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from ..models import Entry
from ..reading import Reader, Said

WIDTHS = (480, 960)
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
A_WEEK = "public, max-age=604800, immutable"  # another picture has another name


@dataclass(frozen=True)
class Picture:
    """What a page needs to show it. webp, jpeg: addresses with their widths, as `srcset` has
    them."""

    shows: Said
    credit: str
    webp: str
    jpeg: str
    src: str
    width: int
    height: int


def picture_of(entry: Entry, reader: Reader) -> Picture | None:
    """None also when the file is gone: a page without its picture is better than none."""
    if entry.image is None:
        return None
    specs = {
        kind: [f"width-{width}|format-{kind}" for width in WIDTHS] for kind in ("webp", "jpeg")
    }
    try:
        made = entry.image.get_renditions(*specs["webp"], *specs["jpeg"])
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None
    sets = {
        kind: ", ".join(f"{made[spec].url} {made[spec].width}w" for spec in named)
        for kind, named in specs.items()
    }
    largest = made[specs["jpeg"][-1]]
    return Picture(
        shows=_shows(entry, reader),
        credit=entry.image.description,
        **sets,
        src=largest.url,
        width=largest.width,
        height=largest.height,
    )


def _shows(entry: Entry, reader: Reader) -> Said:
    """In the reader's language, or as the source says it."""
    texts = {text.language: text for text in entry.texts.all()}
    first = entry.source_of(texts.values())
    for text in (texts.get(reader.language), first):
        if text and text.alt:
            return Said(text.alt, text.language, text.language == reader.language)
    return Said("", reader.language, True)


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture in a size that a page shows."""
    return _file(f"images/{name}", A_WEEK)


def original(request: HttpRequest, name: str) -> HttpResponse:
    """As it was uploaded: for staff who may choose pictures."""
    rights = permissions.permission_policy
    if not rights.user_has_any_permission(request.user, ["choose", "add", "change"]):
        raise Http404
    return _file(f"original_images/{name}", "private, no-store")


def _file(path: str, kept: str) -> HttpResponse:
    type = TYPES.get(PurePosixPath(path).suffix)
    if type is None or not default_storage.exists(path):
        raise Http404
    with default_storage.open(path) as file:
        return HttpResponse(file.read(), content_type=type, headers={"Cache-Control": kept})
