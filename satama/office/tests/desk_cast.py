"""Ritva, adviser of Satamala, at the desk in her browser; and those beside her."""

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from satama.accounts.folders import actions as folders
from satama.databank.models import Member
from satama.databank.tests import cast
from satama.threads import actions
from satama.threads.models import Thread

from .conftest import filled

ASKED = "Як отримати податкову картку?"


def person(name: str, role: str, **where):
    made = get_user_model().objects.create_user(f"{name}@satamala.example", first_name=name.title())
    Member.objects.create(user=made, role=role, **(where or {"region": cast.region()}))
    made.is_staff = True
    made.save()
    return made


def asks(text: str = ASKED, *, folder: bool = True, region=None, **more) -> Thread:
    """A question in Ukrainian, of somebody with a folder."""
    region = region or cast.region()
    own = folders.begin(language="uk", keep=90, on=region.today())[0] if folder else None
    said = {"kind": "question", "language": "uk", "text": text} | more
    return actions.ask(region, actions.Question(**said), folder=own)


class Staff:
    """Somebody of the staff: sees pages, fills in their forms and sends them."""

    def __init__(self, user) -> None:
        self.user, self.client = user, Client()
        self.client.force_login(user)
        self.answer = None

    def goes(self, path: str) -> "Staff":
        self.answer = self.client.get(f"/staff/desk/{path}")
        return self

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.content, "html.parser")

    @property
    def words(self) -> str:
        return " ".join(self.page.select_one("main").get_text(" ").split())

    def form(self, path: str) -> dict[str, str]:
        """What the form to this address would send as it stands; the last, if there are several."""
        forms = [f for f in self.page.select("form") if f.get("action") == f"/staff/desk/{path}"]
        return filled(forms[-1])

    def sends(self, path: str, **changes) -> "Staff":
        said = self.form(path) | changes
        self.answer = self.client.post(f"/staff/desk/{path}", said, follow=True)
        return self

    def does(self, thread: Thread, act: str, **changes) -> "Staff":
        return self.goes(f"{thread.pk}/").sends(f"{thread.pk}/{act}/", **changes)

    def answers(self, thread: Thread, button: str = "send", **changes) -> "Staff":
        return self.sends(f"{thread.pk}/", **{button: "1"} | changes)

    @property
    def textareas(self) -> dict[str, str]:
        form = self.page.select_one("form.desk-answer")
        return {t["name"]: t.get_text().removeprefix("\n") for t in form.select("textarea")}
