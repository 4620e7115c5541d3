"""Ritva was signed out while she wrote, and no script kept it: nothing is lost or sent twice."""

import pytest
from django.test import Client

from satama.accounts.models import User
from satama.office.models import Contact
from satama.threads import actions
from satama.threads.models import Thread

from .conftest import filled
from .desk_cast import Staff, asks, person

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
PASSWORD = "seven herrings swim"
SIGN_IN = "/staff/sign-in/login/"
REPLY = "Так, у нас.\nПриходьте."


class Browser(Staff):
    """Sends what a browser without scripts sends, and the server asks for the token."""

    def __init__(self, user) -> None:
        super().__init__(user)
        self.client = Client(enforce_csrf_checks=True)
        user.set_password(PASSWORD)
        user.save()

    def enters(self) -> "Browser":
        token = filled(self.page_at(SIGN_IN).select_one("form.card"))["csrfmiddlewaretoken"]
        said = {"login": self.user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert self.client.post(SIGN_IN, said).status_code == 302
        return self

    def page_at(self, path: str):
        self.answer = self.client.get(path)
        return self.page

    def is_signed_out(self) -> None:
        del self.client.cookies["sessionid"]

    def posts(self, path: str, said: dict, origin: str = HOST, **more) -> "Browser":
        headers = {"Accept": "text/html,*/*;q=0.8", "Origin": origin, **more}
        self.answer = self.client.post(path, said, headers=headers)
        return self

    def presses(self) -> "Browser":
        """The button of the page on show, with all that is in its form."""
        form = self.page.select_one("main form:has(button.go)")
        return self.posts(form["action"], filled(form))

    @property
    def shown(self) -> dict[str, str]:
        """What can be read in the page's fields, by label."""
        form = self.page.select_one("main form")
        fields = form.select("textarea")
        labels = [form.select_one(f"[for={field['id']}]").get_text() for field in fields]
        words = [field.get_text().removeprefix("\n").replace("\r\n", "\n") for field in fields]
        return dict(zip(labels, words, strict=True))


@pytest.fixture
def ritva(satamala) -> Browser:
    return Browser(person("ritva", "adviser")).enters()


@pytest.fixture
def thread(satamala) -> Thread:
    return asks()


def writes(ritva: Browser, thread: Thread) -> tuple[str, dict]:
    """What her open form would send."""
    address = f"/staff/desk/{thread.pk}/"
    form = ritva.goes(f"{thread.pk}/").form(f"{thread.pk}/")
    return address, form | {"reply": REPLY, "own": "Yes.", "send": "1"}


def said(thread: Thread) -> list[tuple]:
    return list(thread.messages.filter(side="desk").values_list("text", "translation"))


def test_what_she_wrote_comes_back_and_is_sent_after_she_signed_in(ritva, thread):
    address, form = writes(ritva, thread)
    ritva.is_signed_out()

    ritva.posts(address, form)
    for _look in range(2):  # the second time pressed while she is still out
        head = (ritva.answer.status_code, ritva.answer["Cache-Control"])
        assert head == (403, "private, no-store")
        assert "You were signed out before you pressed the button." in ritva.words
        assert ritva.shown == {"Answer": REPLY, "The same in your language": "Yes."}
        link = ritva.page.select_one(f'a[href="{SIGN_IN}"]')
        assert (link["target"], link.get_text()) == ("_blank", "Sign in (opens in a new tab)")
        ritva.presses()
    asked_again = ritva.page.select_one("main form")

    ritva.enters()  # in another tab: the token is a new one
    ritva.posts(address, filled(asked_again))
    assert ritva.answer.status_code == 403 and said(thread) == []
    assert "You have signed in again since this form was opened." in ritva.words
    assert ritva.shown == {"Answer": REPLY, "The same in your language": "Yes."}

    ritva.presses()
    assert (ritva.answer.status_code, ritva.answer["Location"]) == (302, address)
    assert said(thread) == [("Yes.", REPLY)]


def test_what_was_said_meanwhile_is_still_noticed(ritva, thread):
    address, form = writes(ritva, thread)
    ritva.is_signed_out()
    ritva.posts(address, form)
    out = filled(ritva.page.select_one("main form"))
    actions.answer(thread, text="Інше.", language="uk", by=None, seen=int(form["seen"]))
    ritva.enters().posts(address, out).presses()

    assert ritva.answer.status_code == 200 and said(thread) == [("Інше.", "")]
    assert "Somebody wrote meanwhile" in ritva.words
    assert ritva.textareas["reply"].replace("\r\n", "\n") == REPLY


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_of_another_site_is_never_offered_for_pressing(ritva, thread, origin):
    address, form = writes(ritva, thread)
    form["csrfmiddlewaretoken"] = "a" * 64
    ritva.posts(address, form, origin)

    assert ritva.answer.status_code == 403 and said(thread) == []
    assert "We could not read the request" in ritva.words
    assert "Приходьте" not in ritva.answer.content.decode()


def test_who_has_no_role_gets_no_such_page(satamala, thread):
    kim = Browser(User.objects.create_user("kim@elsewhere.example")).enters()
    kim.posts(f"/staff/desk/{thread.pk}/", {"reply": REPLY, "csrfmiddlewaretoken": "a" * 64})

    assert "We could not read the request" in kim.words
    assert "Приходьте" not in kim.answer.content.decode()


def test_who_is_signed_out_sees_what_they_sent_and_nothing_of_the_thread(ritva, thread):
    ritva.goes(f"{thread.pk}/").is_signed_out()
    token = ritva.client.cookies["csrftoken"].value
    ritva.posts(f"/staff/desk/{thread.pk}/", {"reply": "Moi", "csrfmiddlewaretoken": token})

    assert ritva.shown == {"Answer": "Moi"}
    assert thread.messages.get().text not in ritva.answer.content.decode()


def test_each_small_form_has_its_own_words(ritva, thread):
    ritva.goes(f"{thread.pk}/")
    note = ritva.form(f"{thread.pk}/note/") | {"text": "Call her."}
    walk_in = filled(ritva.goes("walk-in/").page.select_one("main form")) | {"text": "Where?"}
    ritva.is_signed_out()

    assert ritva.posts(f"/staff/desk/{thread.pk}/note/", note).shown == {
        "Note for colleagues": "Call her."
    }
    assert ritva.posts("/staff/desk/walk-in/", walk_in).shown == {"What they ask": "Where?"}


def test_a_form_that_nobody_described_is_kept_too(ritva):
    token = filled(ritva.page_at("/staff/tally/").select_one("#tally"))["csrfmiddlewaretoken"]
    ritva.is_signed_out()
    form = {"name": "Kiitos käynnistä", "region": "7", "csrfmiddlewaretoken": token}
    ritva.posts("/staff/snippets/office/phrase/add/", form)

    assert ritva.shown == {"Name": "Kiitos käynnistä"}
    assert filled(ritva.page.select_one("main form"))["region"] == "7"


def test_passwords_and_files_are_not_echoed(ritva, tmp_path):
    token = filled(ritva.page_at("/staff/tally/").select_one("#tally"))["csrfmiddlewaretoken"]
    ritva.is_signed_out()
    file = tmp_path / "secret.csv"
    file.write_text("a secret")
    with file.open("rb") as opened:
        form = {"email": "new@satamala.example", "password1": PASSWORD, "file": opened}
        ritva.posts("/staff/users/new/", form | {"csrfmiddlewaretoken": token})

    assert ritva.shown == {"Email": "new@satamala.example"}
    assert "Files do not stay" in ritva.words
    html = ritva.answer.content.decode()
    assert PASSWORD not in html and "a secret" not in html


def test_a_contact_that_was_tapped_in_is_counted_once(ritva):
    form = filled(ritva.page_at("/staff/tally/").select_one("#tally")) | {"language": "en"}
    ritva.is_signed_out()
    ritva.posts("/staff/tally/", form)
    assert ritva.shown == {}
    out = filled(ritva.page.select_one("main form"))
    ritva.enters().posts("/staff/tally/", out).presses()

    assert ritva.answer.status_code == 200
    assert str(Contact.objects.get().key) == form["key"]


def test_a_script_and_a_form_with_nothing_in_it_are_led_to_the_door(ritva, thread):
    address, form = writes(ritva, thread)
    ritva.is_signed_out()
    empty = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]}

    by_scripts = {"Accept": "application/json"}, {"Accept": "*/*"}
    for answer in (
        *(ritva.posts(address, form, **one).answer for one in by_scripts),
        ritva.posts(f"{address}close/", empty).answer,
    ):
        assert answer.status_code == 302 and answer["Location"].startswith("/staff/sign-in/")
