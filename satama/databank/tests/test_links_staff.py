"""Ritva sees which links do not work and replaces one everywhere; Kim may not."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from satama.databank.links.actions import (
    NotAnAddress,
    NothingNamesIt,
    SameAddress,
    list_links,
    replace,
)
from satama.databank.models import Entry, FactValue, Link, Organisation, Place, Text

from . import cast

REPORT = "/staff/reports/links/"
OLD, NEW = "https://old.example/pier", "https://new.example/quay"
NOUNS = ("fact", "entry", "organisation", "place")
SEE, CHANGE = "view_link", [f"change_{noun}" for noun in NOUNS]
TODAY = date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def staff(*codenames: str, name: str = "ritva") -> Client:
    """A browser in which a person with these rights, and that to enter, is signed in."""
    person = get_user_model().objects.create_user(f"{name}@satamala.example", is_staff=True)
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    enter, _made = Permission.objects.get_or_create(codename="access_admin", content_type=admin)
    rights = Permission.objects.filter(content_type__app_label="databank", codename__in=codenames)
    person.user_permissions.add(enter, *rights)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ritva(db) -> Client:
    return staff(SEE, *CHANGE)


def link(address: str = OLD, **changes) -> Link:
    """An address on the list, broken since yesterday."""
    list_links(TODAY, timezone.now())
    fields = {"state": "broken", "since": date(2026, 11, 22), "failures": 1, "said": "404"}
    fields |= {"asked": timezone.now(), "due": timezone.now() + timedelta(days=1)} | changes
    Link.objects.filter(address=address).update(**fields)
    return Link.objects.get(address=address)


def everywhere() -> None:
    """The old address in every place that may have it, and near others that stay."""
    cast.fact("pier", "url", cast.dated(OLD, "2026-01-01", source=OLD))
    cast.fact("before", "url", cast.dated(OLD, until="2025-12-31", source=OLD))
    cast.fact("deeper", "url", f"{OLD}/deeper")
    cast.organisation(url=OLD, source=OLD)
    cast.place(source=OLD)
    body = f"See [the pier]({OLD}) or {OLD}. Not {OLD}/deeper."
    words = {"body": body, "documents": [f"<{OLD}>", "Passport"]}
    cast.entry(texts={"fi": words, "sv": {}}, source=OLD)


def rows(client: Client, asking: str = "") -> list[list[str]]:
    answer = client.get(REPORT + asking)
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select("table.listing tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("td")] for row in found]


def page(of: Link) -> str:
    return f"{REPORT}{of.pk}/replace/"


def test_the_report_says_what_is_wrong_and_what_names_it(ritva):
    fact = cast.fact("pier", "url", cast.dated(OLD, source=OLD))
    cast.entry("swim", source=OLD)
    link()

    assert rows(ritva) == [
        [
            f"{OLD} Broken since Nov. 22, 2026. There is no such page. (404) Replace everywhere",
            "Fact pier (Value, Source) Entry swim (Source)",
        ]
    ]
    assert f"/staff/snippets/databank/fact/edit/{fact.pk}/" in ritva.get(REPORT).content.decode()


def test_what_is_broken_comes_first_and_what_is_unsure_only_when_asked_for(ritva):
    states = {"moved": {"moved_to": NEW, "failures": 0}, "unsure": {}, "broken": {}}
    for state in states:
        cast.fact(state, "url", f"https://{state}.example/")
    cast.fact("good", "url", "https://good.example/")
    for state, more in states.items():
        link(f"https://{state}.example/", state=state, **more)

    def shown(asking: str = "") -> list[str]:
        return [row[0].split("/")[2] for row in rows(ritva, asking)]

    assert shown() == ["broken.example", "moved.example"]
    assert f"Moved since Nov. 22, 2026. It is now at {NEW}" in rows(ritva)[1][0]
    assert shown("?state=unsure") == ["unsure.example"]
    assert shown("?state=x") == ["broken.example", "moved.example", "unsure.example"]


def test_the_report_takes_as_many_queries_for_thirty_rows_as_for_one(ritva, queries):
    def named(number: int) -> None:
        address = f"https://pier.example/{number}"
        cast.fact(f"pier-{number}", "url", cast.dated(address, source=address))
        cast.organisation(f"port-{number}", url=address, source=address)
        cast.entry(f"swim-{number}", {"en": {"body": f"<{address}>"}}, source=address)
        link(address)

    named(0)
    queries(ritva, REPORT)
    one = queries(ritva, REPORT)
    for number in range(1, 30):
        named(number)

    assert queries(ritva, REPORT) == one
    assert len(rows(ritva)) == 30


def test_an_address_is_replaced_everywhere_after_a_look(ritva):
    everywhere()
    of = link()

    shown = ritva.get(page(of), {"new": NEW})
    assert FactValue.objects.filter(value=OLD).count() == 2
    done = ritva.post(page(of), {"new": NEW}, follow=True)

    assert [(row["name"], row["where"]) for row in shown.context["named"]] == [
        ("pier", "Value, Source"),
        ("Tax Office", "Web address, Source"),
        ("Town Hall", "Source"),
        ("tax-card", "Source, Text: fi"),
    ]
    assert "The address was replaced in 8 places." in done.content.decode()
    assert list(FactValue.objects.order_by("pk").values_list("value", "source")) == [
        (NEW, NEW),
        (OLD, OLD),
        (f"{OLD}/deeper", ""),
    ]
    assert Organisation.objects.values_list("url", "source").get() == (NEW, NEW)
    assert (Place.objects.get().source, Entry.objects.get().source) == (NEW, NEW)
    assert Text.objects.values_list("body", "documents").get(language="fi") == (
        f"See [the pier]({NEW}) or {NEW}. Not {OLD}/deeper.",
        [f"<{NEW}>", "Passport"],
    )


def test_what_another_person_has_locked_keeps_its_address(ritva):
    kim = get_user_model().objects.create_user("kim@satamala.example")
    locked = {"source": OLD, "locked": True, "locked_at": timezone.now()}
    cast.entry("theirs", **locked, locked_by=kim)
    alone = ritva.post(page(link()), {"new": NEW}, follow=True)
    assert "It stands only in what you may not change now." in alone.content.decode()

    cast.entry("free", source=OLD)
    cast.entry("mine", **locked, locked_by=get_user_model().objects.get(email__startswith="ritva"))
    drafts = {entry.slug: entry.save_revision() for entry in Entry.objects.all()}
    shown = ritva.get(page(link()), {"new": NEW})
    done = ritva.post(page(link()), {"new": NEW}, follow=True)

    assert [row["name"] for row in shown.context["stays"]] == ["theirs"]
    assert "It stays in 1 place that you may not change, or another person has locked." in (
        done.content.decode()
    )
    after = {"free": NEW, "mine": NEW, "theirs": OLD}
    assert dict(Entry.objects.values_list("slug", "source")) == after
    for slug, draft in drafts.items():
        draft.refresh_from_db()
        assert draft.content["source"] == after[slug]


def test_the_history_says_who_replaced_it(ritva):
    everywhere()

    ritva.post(page(link()), {"new": NEW})

    told = ModelLogEntry.objects.values_list("action", "label", "user__email")
    assert sorted(told) == [
        ("wagtail.edit", label, "ritva@satamala.example")
        for label in ("Tax Office", "Town Hall", "pier", "tax-card")
    ]


def test_the_new_address_is_asked_anew(ritva):
    cast.fact("pier", "url", OLD)
    cast.fact("quay", "url", NEW)
    of = link()
    link(NEW)

    ritva.post(page(of), {"new": NEW})

    kept = Link.objects.get()
    assert (kept.address, kept.due) == (NEW, timezone.now())


def test_where_it_moved_to_is_on_offer(ritva):
    cast.fact("pier", "url", OLD)
    of = link(state="moved", failures=0, moved_to=NEW)

    assert ritva.get(page(of)).context["form"]["new"].value() == NEW


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "This field is required."),
        ("quay", "Write a whole web address that begins with http:// or https://."),
        ("javascript:alert(1)", "Write a whole web address that begins with"),
        (f"https://a.example/{'x' * 500}", "at most 500 characters"),
        (OLD, "This is the address that it has now."),
    ],
)
def test_a_wrong_new_address_is_refused_in_words(ritva, new, said):
    cast.fact("pier", "url", OLD)

    answer = ritva.post(page(link()), {"new": new})

    assert said in answer.content.decode()
    assert FactValue.objects.get().value == OLD


def test_what_nothing_names_any_more_is_said(ritva):
    fact = cast.fact("pier", "url", OLD)
    of = link()
    fact.delete()

    assert "Nothing has this address any more." in (
        ritva.post(page(of), {"new": NEW}, follow=True).content.decode()
    )
    assert ritva.get(f"{REPORT}0/replace/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [(OLD, OLD, SameAddress), (OLD, "quay", NotAnAddress), (NEW, OLD, NothingNamesIt)],
)
def test_the_act_refuses_by_name(old, new, refusal):
    cast.fact("pier", "url", OLD)

    with pytest.raises(refusal):
        replace(old, new=new, by=None, on=TODAY)
    assert FactValue.objects.get().value == OLD


def test_all_or_nothing(ritva, monkeypatch):
    everywhere()
    of = link()

    def fails(*_, **__):
        raise OSError

    monkeypatch.setattr(Text, "save", fails)
    with pytest.raises(OSError):
        ritva.post(page(of), {"new": NEW})

    assert NEW not in FactValue.objects.values_list("value", flat=True)
    assert ModelLogEntry.objects.count() == 0


def test_who_may_only_look_sees_no_way_to_replace():
    cast.fact("pier", "url", OLD)
    of, looking = link(), staff(SEE, name="looking")

    assert "Replace everywhere" not in looking.get(REPORT).content.decode()
    assert "/staff/snippets/" not in str(
        BeautifulSoup(looking.get(REPORT).content, "html.parser").select("table.listing")
    )
    assert looking.post(page(of), {"new": NEW}).status_code in (302, 403)
    assert FactValue.objects.get().value == OLD


@pytest.mark.parametrize("lacking", [SEE, *CHANGE])
def test_replacing_takes_the_right_to_every_noun(lacking):
    cast.fact("pier", "url", OLD)
    kim = staff(*({SEE, *CHANGE} - {lacking}), name="kim")

    assert kim.post(page(link()), {"new": NEW}).status_code in (302, 403)
    assert FactValue.objects.get().value == OLD


def test_kim_may_not_see_the_report():
    kim = staff(*CHANGE, name="kim")

    assert kim.get(REPORT).status_code == 302
    assert "Links that do not work" not in kim.get("/staff/").content.decode()


def test_a_visitor_may_not():
    cast.fact("pier", "url", OLD)
    of = link()

    for answer in (Client().get(REPORT), Client().post(page(of), {"new": NEW})):
        assert (answer.status_code, "/staff/sign-in/" in answer["Location"]) == (302, True)
    assert FactValue.objects.get().value == OLD


def test_a_right_for_a_group_can_be_given():
    admin = Client()
    admin.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))

    page = admin.get("/staff/groups/new/").content.decode()

    assert f'value="{Permission.objects.get(codename=SEE).pk}"' in page
