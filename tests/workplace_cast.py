"""Who works at the workplace in test_workplace.py and what waits for them there. Runs in the
server's own shell: `make` prints where to go and with which cookie, `forget` clears it away."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model

from satama.accounts.models import User
from satama.databank.models import (
    Channel,
    Entry,
    EntryTopic,
    Fact,
    FactValue,
    Link,
    LinkHost,
    Member,
    Organisation,
    Redirect,
    Region,
    Text,
    Topic,
)
from satama.databank.partners import actions as partners
from satama.databank.translating.actions import made_now
from satama.databank.upkeep.link import token_for
from satama.finder.models import Asked

CHOIR = "harbour-choir"
NEWCOMER = "new@kokkola.example"  # whom the coordinator lets in
DRAFT = "harbour-walk"  # whose form is filled in
NEW = "rowing-on-saturdays"  # what the editor writes
STAFF = {
    "translator": "translator@kokkola.example",
    "editor": "editor@kokkola.example",
    "coordinator": "coordinator@kokkola.example",
    "national": "editor@finland.example",
    "administrator": "administrator@satama.example",
}
PARTNERS = {"writer": "writer@choir.example", "owner": "owner@choir.example"}
WORDS = {
    "title": "Iltalaulua satamassa",
    "summary": "Laula kuorossa maanantaisin. Nuotteja ei tarvitse osata.",
    "body": "Maksu on [[choir-fee]] kaudessa. Ensimmäinen kerta on maksuton.",
}
IN_ENGLISH = {
    "title": "Evening singing in the harbour",
    "summary": "Sing in a choir on Mondays. You need not read music.",
    "body": "The fee is [[choir-fee]] for a season.",
}

IN_SWEDISH = {
    "title": "Kvällssång i hamnen",
    "summary": "Sjung i kör på måndagar. Du behöver inte kunna noter.",
    "body": "Avgiften är [[choir-fee]] per säsong.",
}


def make() -> None:
    region, today = Region.objects.get(slug="kokkola"), timezone.localdate()
    choir = Organisation.objects.create(
        region=region,
        slug=CHOIR,
        kind="association",
        names={"fi": "Satamakuoro", "sv": "Hamnkören", "en": "Harbour Choir"},
        url="https://choir.example/",
        checked=today,
    )
    people = _people(region, choir)
    _facts(region, choir, today)
    entry = _singing(region, choir, today)
    _concert(choir, people["writer"], today)
    draft = Entry.objects.create(region=region, slug=DRAFT, kind="event", live=False)
    Text.objects.create(
        entry=draft,
        language="fi",
        title="Kävely satamassa",
        summary="Opas kertoo sataman tarinan.",
        body="Lähdemme rannasta.",
    )
    _broken("https://choir.example/old", today)
    Asked.objects.create(
        region=region, language="en", day=today, text="choir rehearsal", asked=7, results=0
    )
    token = token_for(people["owner"].pk)
    made = {"cookies": {role: _cookie(person) for role, person in people.items()}}
    made |= {"entry": entry.pk, "draft": draft.pk, "choir": choir.pk, "region": region.pk}
    made |= {"token": token, "day": str(today + timedelta(days=60))}
    made["country"] = Entry.objects.filter(region__parent=None).order_by("slug")[0].pk
    print(json.dumps(made))


def _people(region: Region, choir: Organisation) -> dict[str, User]:
    """A name says the role: pictures of these pages show nobody."""
    found = {}
    for role, email in (STAFF | PARTNERS).items():
        if role == "administrator":
            person = User.objects.create_superuser(email, first_name="Administrator")
        else:
            named = "National editor" if role == "national" else role.capitalize()
            person = User.objects.create_user(email, first_name=named)
            place: dict[str, Any] = {"organisation": choir} if role in PARTNERS else {}
            place = place or {"region": region.parent if role == "national" else region}
            Member.objects.create(
                user=person, role="editor" if role == "national" else role, **place
            )
        found[role] = person
    return found


def _facts(region: Region, choir: Organisation, today: Any) -> None:
    rise = today + timedelta(days=60)
    values: dict[tuple[str, str], list[dict[str, Any]]] = {
        ("choir-fee", "money"): [
            {"value": "12 EUR", "valid_until": rise - timedelta(days=1)},
            {"value": "15 EUR", "valid_from": rise},
        ],
        ("choir-phone", "phone"): [{"value": "+358 40 123 4567"}],
        ("choir-page", "url"): [{"value": "https://choir.example/old"}],
        ("choir-autumn", "text"): [
            {"value": "17–19", "valid_until": today + timedelta(days=10)},
        ],
    }
    for (key, type), rows in values.items():
        fact = Fact.objects.create(region=region, key=key, type=type, owner=choir)
        for row in rows:
            source = {"source": "https://choir.example/", "checked": today, "confirmed": True}
            FactValue.objects.create(fact=fact, **source, **row)


def _singing(region: Region, choir: Organisation, today: Any) -> Entry:
    """Public; nobody has looked at it for long; its translations are older than its Finnish."""
    entry = Entry.objects.create(
        region=region,
        organisation=choir,
        slug="evening-singing",
        kind="group",
        audiences=["everyone"],
        checked=today - timedelta(days=400),
        confirmed=True,
    )
    for position, (kind, key) in enumerate([("phone", "choir-phone"), ("web", "choir-page")]):
        fact = Fact.objects.get(key=key)
        Channel.objects.create(entry=entry, position=position, kind=kind, fact=fact)
    EntryTopic.objects.create(entry=entry, topic=Topic.objects.order_by("pk")[3], position=0)
    source = Text.objects.create(entry=entry, language="fi", **WORDS)
    source.body = source.body.split(". ")[0] + "."
    source.save()
    translated = {"en": IN_ENGLISH, "sv": IN_SWEDISH}
    made_now([Text.objects.create(entry=entry, language=k, **v) for k, v in translated.items()])
    source.body = WORDS["body"]
    source.save()
    return entry


def _concert(choir: Organisation, writer: User, today: Any) -> None:
    """The choir has written it; an editor is to release it."""
    given = {
        "kind": "event",
        "language": "en",
        "title": "Songs of the sea",
        "summary": "An evening concert in the harbour. Everyone is welcome.",
        "body": "The doors open at 18.",
        "fees": "",
        "application": "",
        "audiences": ["everyone"],
        "charge": "free",
        "languages_served": ["fi", "en"],
        "valid_until": today + timedelta(days=30),
        "topic": Topic.objects.order_by("pk")[3].pk,
        "phone": "+358 40 123 4567",
        "email": "",
        "web": "",
        "place": None,
        "address": "",
    }
    entry = partners.begin(choir, given=given, by=writer)
    partners.send(entry, by=writer)


def _broken(address: str, today: Any) -> None:
    now = timezone.now()
    host, _made = LinkHost.objects.get_or_create(name="choir.example", defaults={"free_at": now})
    Link.objects.create(
        address=address,
        host=host,
        state="broken",
        since=today - timedelta(days=3),
        asked=now,
        failures=3,
        said="404",
        due=now + timedelta(days=7),
    )


def _cookie(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def forget() -> None:
    """Published addresses stay reachable: those of the choir lead to the Welcome Office."""
    choir = Organisation.objects.filter(slug=CHOIR).first()
    if choir:
        own = Entry.objects.filter(Q(organisation=choir) | Q(slug__in=[NEW, DRAFT]))
        public = own.filter(live=True)
        old = {f"entries/{entry.slug}": "entries/welcome-office" for entry in public}
        old[f"organisations/{CHOIR}"] = "organisations/kela"
        for path, to in old.items():
            Redirect.objects.update_or_create(region=choir.region, path=path, defaults={"to": to})
        own.delete()
        Fact.objects.filter(owner=choir).delete()
        choir.delete()
    get_image_model().objects.filter(title="The harbour").delete()
    Link.objects.filter(host__name="choir.example").delete()
    LinkHost.objects.filter(name="choir.example").delete()
    Asked.objects.filter(text="choir rehearsal").delete()
    User.objects.filter(email__in=[*STAFF.values(), *PARTNERS.values(), NEWCOMER]).delete()
