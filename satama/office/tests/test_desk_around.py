"""Beside the inbox: a walk-in's question and code, what belonged elsewhere, settings, a machine."""

from datetime import date

import pytest

from satama.accounts.folders import code as codes
from satama.accounts.models import Folder
from satama.databank.models import MachineUse
from satama.databank.tests import cast
from satama.databank.tests.translators import Translator, deepl
from satama.office.models import Phrase, Sent, WrongDesk
from satama.threads.models import Desk, Thread

from .conftest import filled
from .desk_cast import ASKED, Staff, asks, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


@pytest.fixture
def mikko(satamala) -> Staff:
    return Staff(person("mikko", "coordinator"))


def code(staff: Staff) -> str:
    return staff.page.select_one(".desk-code").get_text()


def written(staff: Staff) -> dict[str, str]:
    """The form of a walk-in's question, filled in and not sent yet."""
    page = staff.goes("walk-in/").page
    return filled(page.select("main form")[-1]) | {"text": ASKED, "language": "ar"}


def test_a_walk_in_s_question_comes_with_a_code_to_print(ritva, amina):
    sent = written(ritva) | {"language": "uk"}
    ritva.answer = ritva.client.post("/staff/desk/walk-in/", sent)

    thread = Thread.objects.get()
    assert (thread.language, thread.messages.get().text) == ("uk", ASKED)
    given = code(ritva)
    word = ritva.page.select_one(".desk-word").get_text()
    assert word == codes.word(codes.read(given), "uk")
    assert amina.opens(given).at == "folder"

    ritva.client.post("/staff/desk/walk-in/", sent)
    assert Thread.objects.count() == 1
    assert given not in ritva.client.get(f"/staff/desk/{thread.pk}/").content.decode()


def test_pressed_twice_it_is_one_question_with_one_code_until_they_have_it(ritva):
    sent = written(ritva)
    shown = set()
    for _press in range(2):
        ritva.answer = ritva.client.post("/staff/desk/walk-in/", sent)
        shown.add(code(ritva))
    thread = Thread.objects.get()
    assert len(shown) == 1

    ritva.sends(f"{thread.pk}/given/")
    assert Folder.objects.get().saved
    assert not Sent.objects.exclude(code="").exists()
    answer = ritva.client.post("/staff/desk/walk-in/", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/staff/desk/{thread.pk}/")


def test_nothing_typed_is_lost_when_the_form_is_not_right(ritva):
    ritva.goes("walk-in/")
    ritva.answer = ritva.client.post(
        "/staff/desk/walk-in/", {"text": ASKED, "language": "xx", "slip": "old"}
    )
    assert ritva.page.select_one("textarea[name=text]").get_text().strip() == ASKED
    assert not Thread.objects.exists()


def test_one_press_counts_that_it_belongs_elsewhere_and_knows_nobody(ritva, mikko):
    kela, thread = cast.organisation("kela", names={"en": "Kela"}), asks()
    for _time in range(2):
        ritva.does(thread, "wrong", to=kela.pk)

    row = WrongDesk.objects.get()
    assert (row.organisation, row.month, row.times) == (kela, date(2026, 11, 1), 2)
    names = {field.name for field in WrongDesk._meta.fields}
    assert names == {"id", "region", "organisation", "month", "times"}
    cells = [cell.get_text() for cell in mikko.goes("elsewhere/").page.select("td")]
    assert cells == ["2026-11", "Kela", "2"]


def test_another_region_s_counts_are_not_shown(mikko):
    region = cast.region("toinen")
    far = cast.organisation("far", region=region, names={"en": "Far"})
    WrongDesk.objects.create(region=region, organisation=far, month="2026-11-01", times=3)
    assert "Far" not in mikko.goes("elsewhere/").words


def test_the_counts_are_for_coordinators(ritva):
    assert ritva.goes("elsewhere/").answer["Location"] == "/staff/"


def test_a_coordinator_sets_what_the_region_promises(mikko, ritva):
    sent = {"promise": "3", "folder_days": "60", "thread_days": "30", "machine": "on"}
    mikko.client.post("/staff/desk/settings/satamala/", sent)
    desk = Desk.objects.get()
    assert (desk.promise, desk.folder_days, desk.thread_days, desk.machine) == (3, 60, 30, True)

    answer = mikko.client.post("/staff/desk/settings/satamala/", sent | {"promise": "99"})
    assert answer.status_code == 200
    assert mikko.client.get("/staff/desk/settings/toinen/").status_code == 404
    ritva.client.post("/staff/desk/settings/satamala/", sent | {"promise": "9"})
    desk.refresh_from_db()
    assert desk.promise == 3


def test_a_coordinator_writes_a_phrase_in_several_languages(mikko, ritva):
    add = "/staff/snippets/office/phrase/add/"
    sent = {"region": cast.region().pk, "kind": "greeting", "name": "Hello"}
    sent |= {"texts-en": "Hello!\n\nThank you.", "texts-ar": "مرحبا!"}
    mikko.client.post(add, sent)
    assert Phrase.objects.get().texts == {"en": ["Hello!", "Thank you."], "ar": ["مرحبا!"]}

    ritva.client.post(add, sent | {"name": "Mine"})
    mikko.client.post(add, {**sent, "region": cast.region("toinen").pk, "name": "Theirs"})
    assert not Phrase.objects.filter(region=cast.region("toinen")).exists()
    assert not Phrase.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("noun", ["entries", "facts"])
def test_entries_and_facts_of_the_region_are_offered(ritva, noun):
    cast.fact("pier-fee", "money", "5 EUR")
    cast.entry("pier")
    cast.fact("far-fee", "money", "5 EUR", region=cast.region("toinen"))
    cast.entry("far", region=cast.region("toinen"))

    page = ritva.goes(f"choose/{noun}/?region={cast.region('toinen').pk}").page
    offered = [button["data-key"] for button in page.select("[data-write]")]
    assert offered == ["pier" if noun == "entries" else "pier-fee"]
    assert ritva.goes("choose/people/").answer.status_code == 404


@pytest.fixture
def site(settings):
    with Translator() as opened:
        opened.at("/v2/translate", deepl())
        settings.TRANSLATOR, settings.TRANSLATOR_KEY = f"deepl+{opened.url}", "key"
        yield opened


def wishes(on: bool) -> None:
    Desk.objects.create(region=cast.region(), machine=on)
    region = cast.region()
    region.machine_budget = 1000
    region.save()


def test_no_word_leaves_the_house_unless_the_region_wants_it(ritva, site):
    wishes(False)
    thread = asks("Hello there")
    first = thread.messages.get()
    assert ritva.goes(f"{thread.pk}/").page.select("[name=draft]") == []
    ritva.does(thread, "translate", message=first.pk, draft="on")
    ritva.goes(f"{thread.pk}/").answers(thread, "draft", own="Yes.")

    assert site.posted == [] and not MachineUse.objects.exists()
    first.refresh_from_db()
    assert first.translation == ""
    assert ritva.textareas["own"] == "Yes."


def test_a_machine_translates_a_message_and_it_says_so(ritva, site):
    wishes(True)
    thread = asks("Hello there")
    first = thread.messages.get()
    ritva.does(thread, "translate", message=first.pk, draft="on")

    first.refresh_from_db()
    assert (first.text, first.translation, first.machine) == ("Hello there", "HELLO THERE", True)
    assert "Translated by a machine." in ritva.words
    assert MachineUse.objects.get().characters == len("Hello there")


@pytest.mark.parametrize(("checked", "machine"), [({}, True), ({"checked": "on"}, False)])
def test_a_machine_drafts_the_reply_that_nobody_has_sent_yet(ritva, site, checked, machine):
    wishes(True)
    cast.entry("tax-card", texts={"en": "Tax card"})
    thread = asks()
    ritva.goes(f"{thread.pk}/").answers(thread, "draft", own="See [it](entry:tax-card).")

    assert ritva.textareas["reply"] == "SEE [IT](entry:tax-card)."
    assert not thread.messages.filter(side="desk").exists()
    ritva.answers(thread, **checked)
    answer = thread.messages.get(side="desk")
    assert (answer.translation, answer.machine) == ("SEE [IT](entry:tax-card).", machine)


def test_beyond_the_budget_nothing_leaves_and_nothing_typed_is_lost(ritva, site):
    wishes(True)
    thread = asks()
    ritva.goes(f"{thread.pk}/").answers(thread, "draft", own="Yes. " * 300)
    assert site.posted == []
    assert ritva.textareas["own"].startswith("Yes. Yes.")
    assert "characters for drafts by a machine the region has" in ritva.words
