"""What machines are told of the office: schema.org, only what the page itself says."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from satama.databank import hours
from satama.databank.linked import web_page
from satama.databank.shelf import Door
from satama.web.pages import Frame

from .days import Opening

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def office_data(page: dict[str, Any], frame: Frame) -> dict[str, Any]:
    """The page, with the office as its main entity."""
    head, entry = page["words"].head, page["entry"]
    about: dict[str, Any] = {
        "@type": "GovernmentOffice",
        "name": head.title,
        "description": unescape(strip_tags(page["words"].summary)),
        "url": frame.canonical,
        "knowsLanguage": sorted(entry.spoken()),
        **dict(_ways(page["doors"])),
    }
    visits = next((one for one in page["openings"] if one.door.kind == "place"), None)
    if visits:
        about["openingHoursSpecification"] = [_week(line) for line in _lines(visits)]
        about["specialOpeningHoursSpecification"] = [
            special for day in visits.others for special in _special(day)
        ]
    return web_page(frame, head.title, about, modified=entry.checked)


def _ways(doors: Iterable[Door]) -> Iterable[tuple[str, Any]]:
    for door in doors:
        place = door.channel.place
        if door.rings:
            yield "telephone", door.number.replace(" ", "")
        elif door.kind == "email" and door.fact and door.fact.value:
            yield "email", door.fact.value
        elif place and place.address:
            named = {"streetAddress": place.address, "postalCode": place.postal_code}
            known = {key: said for key, said in (named | {"addressLocality": place.city}).items()}
            yield "address", {"@type": "PostalAddress"} | {k: v for k, v in known.items() if v}


def _lines(visits: Opening) -> list[tuple[hours.Line, Any]]:
    return [(line, span) for line in visits.week for span in line.spans]


def _week(one: tuple[hours.Line, Any]) -> dict[str, Any]:
    line, (opens, closes) = one
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": list(DAYS[line.first : line.last + 1]),
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
    }


def _special(day: hours.Day) -> Iterable[dict[str, Any]]:
    """A day that is not as usual; closed all day opens and closes at midnight."""
    for opens, closes in day.spans or [(None, None)]:
        yield {
            "@type": "OpeningHoursSpecification",
            "validFrom": day.on.isoformat(),
            "validThrough": day.on.isoformat(),
            "opens": f"{opens:%H:%M}" if opens else "00:00",
            "closes": f"{closes:%H:%M}" if closes else "00:00",
        }
