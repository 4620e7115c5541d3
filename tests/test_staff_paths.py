"""Every address under /staff/ as every role, against one table."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from satama.base.models import Mail
from satama.databank.links.actions import list_links
from satama.databank.models import Link, Member, Redirect
from satama.databank.tests import cast
from satama.finder.models import Asked
from satama.office.models import Change, OutreachPlace, Phrase
from satama.threads import actions as threads

from . import staff_paths as table

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of small pictures to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
HOME = {table.NATIONAL: "maa", table.STRANGER: "toinen"}  # of the others: satamala
SORRY = "Sorry, you do not have permission to access this area."


def paths(patterns=None, spaces=(), route="") -> Iterator[tuple[str, str]]:
    """Names and routes of all that is under /staff/."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from paths(pattern.url_patterns, space, here)
        elif here.startswith("staff/"):
            yield ":".join((*spaces, pattern.name)) if pattern.name else here, here


@cache
def lines(name: str) -> list[set[str]]:
    return [
        who for who, names in table.TABLE if any(fnmatchcase(name, one) for one in names.split())
    ]


def test_every_address_has_one_line_and_every_line_an_address():
    names = {name for name, _route in paths()}
    wanted = {name: len(lines(name)) for name in names}
    said = {one for _who, names in table.TABLE for one in names.split()}

    assert {name: count for name, count in wanted.items() if count != 1} == {}
    assert {one for one in said if not any(fnmatchcase(name, one) for name in names)} == set()


def rows(slug: str) -> dict:
    """One of everything in a region."""
    region = cast.country() if slug == "maa" else cast.region(slug, rooms=["office"])
    organisation = cast.organisation(f"desk-{slug}", region=region)
    fact = cast.fact(f"web-{slug}", "url", f"https://{slug}.example/", region=region)
    picture = get_image_model().objects.create(title=slug, file=get_test_image_file())
    entry = cast.entry(f"pier-{slug}", region=region, image=picture)
    entry.save_revision().publish()
    entry.save_revision()
    asker = get_user_model().objects.create_user(f"kim@{slug}.example")
    return {
        "entry": entry,
        "fact": fact,
        "organisation": organisation,
        "place": cast.place(f"hall-{slug}", region=region),
        "topic": cast.topic(f"boats-{slug}", region=region),
        "municipality": cast.municipality(slug, region=region),
        "region": region,
        "closure": cast.closure(region=region, entry=entry, ends="2099-01-01T00:00Z"),
        "outreachplace": OutreachPlace.objects.create(region=region, name=slug, kind="clinic"),
        "change": Change.objects.create(region=region, day="2026-11-20", texts={"en": slug}),
        "redirect": Redirect.objects.create(
            region=region, path=f"entries/old-{slug}", to=f"entries/pier-{slug}"
        ),
        "member": Member.objects.create(user=asker, role="translator", region=region),
        "phrase": Phrase.objects.create(region=region, name=slug, texts={"en": ["Hello"]}),
        "thread": threads.ask(
            region, threads.Question(kind="question", language="en", text="?"), folder=None
        ),
        "mail": Mail.objects.create(to="amina@satamala.example", state="unsure"),
        "image": picture,
        "user": asker,
        "group": Group.objects.create(name=slug),
        "asked": Asked.objects.create(
            region=region, language="en", day=timezone.localdate(), text="dinghy", asked=2
        ),
    }


@pytest.fixture
def world(db, settings, tmp_path) -> dict[str, dict]:
    settings.MEDIA_ROOT = tmp_path
    cast.region(rooms=["office"])
    found = {slug: rows(slug) for slug in ("maa", "satamala", "toinen")}
    list_links(timezone.localdate(), timezone.now())
    for slug, held in found.items():
        held["link"] = Link.objects.get(address=f"https://{slug}.example/")
    return found


def person(role: str, world: dict[str, dict]):
    make = get_user_model().objects
    if role == table.ADMINISTRATOR:
        return make.create_superuser("admin@satamala.example")
    made = make.create_user(f"{role.replace(' ', '-')}@satamala.example")
    own = world["satamala"]
    member = {
        table.PARTNER: {"role": "owner", "organisation": own["organisation"]},
        table.STRANGER: {"role": "owner", "organisation": world["toinen"]["organisation"]},
        table.NATIONAL: {"role": "editor", "region": world["maa"]["region"]},
    }.get(role, {"role": role, "region": own["region"]})
    Member.objects.create(user=made, **member)
    return made


# What stands for a part of an address: the row that it names, or words.
PARTS = {
    "translating_text": {"pk": "entry", "language": "fi"},
    "finder_asked_add": {"pk": "asked"},
    "databank_links_replace": {"pk": "link"},
    "outreach_poster": {"pk": "outreachplace"},
    "databank_closures_open": {"pk": "closure"},
    "wagtailadmin_editing_sessions:ping": {"object_id": "entry"},
    "wagtailimages_chooser:chosen": {"pk": "image"},
    "desk_settings": {"region": "region"},
    "accounts_mails_again": {"pk": "mail"},
    "accounts_mails_delete": {"pk": "mail"},
}
PARTS |= {
    f"desk_{page}": {"pk": "thread"} for page in ("thread", "state", "hold", "given", "act", "grow")
}
PARTS |= {
    f"translating_{page}": PARTS["translating_text"] for page in ("next", "previous", "draft")
}
WORDS = {"app_label": "databank", "model_name": "entry", "action_name": "approve"}
WORDS |= {"filter_spec": "width-10", "action": "delete", "noun": "entries", "act": "close"}


def address(name: str, route: str, held: dict) -> tuple[str, bool]:
    """An address of a path, and whether it names a row of a region."""
    noun = re.match(r"wagtail(?:snippet\w+_(?:databank|office)_|users_)(\w+?)s?:", name)
    of = PARTS.get(name, {"pk": noun[1]} if noun else {"image_id": "image"})
    about = False

    def part(match) -> str:
        nonlocal about
        key = match[1]
        if of.get(key) in held:
            about = True
            row = held[of[key]]
            return row.slug if key == "region" else str(row.pk)
        if key.startswith("revision_id"):
            revisions = held["entry"].revisions.order_by("pk")
            return str((revisions.last() if key.endswith("b") else revisions.first()).pk)
        return of.get(key) or WORDS.get(key, "1")

    found = route.replace("^.*/$", "nowhere/")
    found = re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)", r"\1", found)
    found = re.sub(r"<(?:\w+:)?(\w+)>", part, found)
    return "/" + re.sub(r"[\^$\\]", "", re.sub(r"\([^()]*\)", "1", found)), about


def may(role: str, name: str, slug: str) -> bool:
    """Whether a role may open it with a row of a region. Choosers offer what is above, too, and
    every picture."""
    home = HOME.get(role, "satamala")
    near = slug == home or ("chooser" in name and slug == "maa") or "images_chooser" in name
    return role in lines(name)[0] and (near or role == table.ADMINISTRATOR)


def worth_asking(role: str, name: str, slug: str, about: bool) -> bool:
    """Other regions are for those who may at home. Wagtail's own pages are for its tests, and what
    is open to everybody for a visitor."""
    who = lines(name)[0]
    if who == table.EVERYBODY:
        return role == table.VISITOR and slug == "satamala"
    if slug != HOME.get(role, "satamala"):
        return about and role in who and role != table.ADMINISTRATOR
    return not (role == table.ADMINISTRATOR and who == table.ADMINISTRATORS)


def outcome(answer) -> str:
    sent = answer.get("Location", "")
    sorry = any(SORRY in str(one) for one in get_messages(answer.wsgi_request))
    to_the_door = sent.startswith(("/staff/sign-in/login", "/staff/login"))
    if answer.status_code == 403 or to_the_door or (sent == "/staff/" and sorry):
        return "refused"
    return {404: "missing", 405: "no method"}.get(answer.status_code, "open")


def answers(client: Client, method: str, url: str):
    """As if nobody had asked before, nor ever did."""
    session = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(session)
    return answer


# There is nothing behind these: no workflow runs, no file waits, no word is a link.
EMPTY = ["*workflow_*", "*_from_uploaded_*", "*delete_upload*", "*:revisions_unschedule", "*:url_*"]
EMPTY += [
    "wagtail_bulk_action",
    "wagtailadmin_tag_model_autocomplete",
    "staff/^.*/$",
]
EMPTY += ["translating_draft"]  # off by default
HIDDEN = [
    *EMPTY,
    "wagtailadmin_editing_sessions:ping",
    "finder_asked_add",
    "desk_*",
]  # refused as if there were nothing


def faults(name: str, allowed: bool, found: set[str]) -> set[str]:
    """Answers that should not have been given. A door may do anything but break."""
    if lines(name)[0] == table.EVERYBODY:
        return set()
    wanted = {"open", "no method"} if allowed else {"refused", "no method"}
    if any(fnmatchcase(name, one) for one in (EMPTY if allowed else HIDDEN)):
        wanted.add("missing")
    return found - wanted or (found if found == {"no method"} else set())


@pytest.mark.parametrize("role", table.ROLES)
def test_each_role_opens_what_the_table_says_and_nothing_else(role, world):
    client, wrong = Client(), {}
    if role != table.VISITOR:
        client.force_login(person(role, world))
    for name, route in paths():
        for slug, held in world.items():
            url, about = address(name, route, held)
            if not worth_asking(role, name, slug, about):
                continue
            found = {outcome(answers(client, method, url)) for method in ("get", "post")}
            bad = faults(name, may(role, name, slug), found)
            if bad:
                wrong[url] = name, bad

    assert wrong == {}


def leads(page: str) -> set[str]:
    """Where a page of staff leads: its links and buttons, and the menu, which is data for a
    script. What is done to many shows when a box is ticked."""
    data = re.search(r'wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    found = re.findall(r'"(/staff/[^"?#]*)', data[1] if data else "")
    found += re.findall(r'(?:href|data-w-action-url-value)="(/staff/[^"?#]*)', page)
    return {one for one in found if not re.search("/(sign-in|logout|bulk)/", one)}


@pytest.mark.parametrize("role", sorted(table.STAFF - table.ADMINISTRATORS))
def test_no_page_leads_to_a_refusal(role, world):
    """From the first page on, one address of each shape."""
    client, seen, dead = Client(), set(), {}
    client.force_login(person(role, world))
    waiting = [("", "/staff/")]
    while waiting:
        above, url = waiting.pop()
        shape = re.sub(r"\d+", "1", url)
        if shape in seen:
            continue
        seen.add(shape)
        answer = answers(client, "get", url)
        if outcome(answer) in ("refused", "missing"):
            dead[url] = above
        if answer["Content-Type"].startswith("text/html"):
            waiting += [(url, one) for one in sorted(leads(answer.content.decode()))]

    assert dead == {}
    own = {
        table.TRANSLATOR: {"translating"},
        table.ADVISER: {"desk", "tally", "contacts", "closures"},
    }.get(role)
    if own:
        assert {one.split("/")[2] for one in seen} == {"", "account", "second-factor"} | own
    else:
        assert "/staff/snippets/databank/entry/edit/1/" in seen
